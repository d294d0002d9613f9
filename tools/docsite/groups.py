"""The tree's folders as Doxygen's groups; the READMEs of the large ones say what each is for."""

import re
from functools import lru_cache
from pathlib import Path, PurePosixPath

ROW = re.compile(r"^\| `([\w/]+)/` \| ([^|]+) \|", re.MULTILINE)
KERNEL = "kernel"
TOPS = {
    KERNEL: "The kernel",
    "drivers": "Drivers",
    "servers": "Servers",
    "user": "User programs and their libraries",
}


def tops(tree: Path) -> list[str]:
    """The folders of the system's sources that a tree has."""
    return [top for top in TOPS if (tree / top).is_dir()]


def group_of(source: PurePosixPath, tree: Path) -> str:
    """The group of a source file: its folder's, or the next one's above that has a group."""
    top, *inside = source.parent.parts
    known = described_folders(tree / top)
    while inside and "/".join(inside) not in known:
        inside = inside[:-1]
    return identifier(top, "/".join(inside))


@lru_cache(maxsize=None)
def described_folders(top: Path) -> dict[str, str]:
    """Folder to sentence, from the README's table, in its order."""
    readme = top / "README.md"
    return dict(ROW.findall(readme.read_text(encoding="utf-8"))) if readme.is_file() else {}


def identifier(top: str, folder: str) -> str:
    """Doxygen's name of a group. Those of the kernel's folders do without the kernel's name."""
    words = [top] * (top != KERNEL or not folder) + [folder] * bool(folder)
    return "/".join(words).replace("/", "_")


def definitions(tree: Path) -> str:
    """Comments that define all groups, for Doxygen to read."""
    lines: list[str] = []
    for top in tops(tree):
        lines += [f"/// @defgroup {top} {TOPS[top]}",
                  "/// All of it, by folder.", *about_order(tree / top), ""]
        for folder, sentence in described_folders(tree / top).items():
            lines += [f"/// @defgroup {identifier(top, folder)} {top}/{folder}",
                      f"/// @ingroup {identifier(top, folder.rpartition('/')[0])}",
                      f"/// @brief {sentence[0].upper()}{sentence[1:].rstrip('.')}.", ""]
    return "\n".join(lines)


def about_order(top: Path) -> list[str]:
    """Where to read in which order."""
    if not (top / "README.md").is_file():
        return []
    floors = "Each folder uses only what stands below it in this list; " * (top.name == KERNEL)
    return [f"/// {floors}@ref {top.name}-readme says in which order to read."]
