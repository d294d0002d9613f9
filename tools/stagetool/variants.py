"""How much of the system the stages have otherwise than the finished tree.

A file of which there is another form later counts. One that only early stages have is a copy of
nothing.
"""

from dataclasses import dataclass

from .layout import SYSTEM_FOLDERS, Layout


@dataclass(frozen=True)
class Variant:
    """A file under stages/NN-name/."""

    stage: str
    path: str
    lines: int


def all_variants(layout: Layout) -> list[Variant]:
    newest = layout.tree(layout.kit.newest)
    return [Variant(stage.name, path, count_lines(file.read_bytes()))
            for stage in layout.kit.stages
            for path, file in layout.variants(stage).items() if path in newest]


def system_lines(layout: Layout) -> int:
    """The lines of the newest stage's sources: what the variants' sum is measured by."""
    tree = layout.tree(layout.kit.newest)
    return sum(count_lines(file.read_bytes()) for path, file in tree.items()
               if path.split("/")[0] in SYSTEM_FOLDERS)


def count_lines(data: bytes) -> int:
    return data.count(b"\n")


def share(layout: Layout) -> float:
    """The variants' sum as a part of the tree."""
    return sum(variant.lines for variant in all_variants(layout)) / (system_lines(layout) or 1)


def report(layout: Layout) -> str:
    rows = [f"{variant.lines:5}  {variant.stage}  {variant.path}"
            for variant in all_variants(layout)]
    total = sum(variant.lines for variant in all_variants(layout))
    rows.append(f"{total:5}  of {system_lines(layout)} lines: {share(layout):.1%}")
    return "\n".join(rows)
