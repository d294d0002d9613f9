"""How much of the system the stages have otherwise than the finished tree.

A file of which there is another form in the newest stage counts. One that only early stages have is
a copy of nothing, and so is one that has retired.
"""

from dataclasses import dataclass
from pathlib import Path

from .layout import SYSTEM_FOLDERS, Layout
from .retired import retired_files


@dataclass(frozen=True)
class Variant:
    """A file under stages/NN-name/."""

    stage: str
    path: str
    lines: int


def all_variants(layout: Layout) -> list[Variant]:
    newest = built_files(layout)
    return [Variant(stage.name, path, count_lines(file.read_bytes()))
            for stage in layout.kit.stages
            for path, file in layout.variants(stage).items()
            if path in newest and newest[path] != file]


def system_lines(layout: Layout) -> int:
    """The lines of the newest stage's sources: what the variants' sum is measured by."""
    return sum(count_lines(file.read_bytes()) for path, file in built_files(layout).items()
               if path.split("/")[0] in SYSTEM_FOLDERS)


def built_files(layout: Layout) -> dict[str, Path]:
    """The newest stage's tree, without what has retired."""
    retired = retired_files(layout.kit.stages)
    return {path: file for path, file in layout.tree(layout.kit.newest).items()
            if path not in retired}


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
