"""The kernel's folders as Doxygen's groups; kernel/README.md says what each is for."""

import re
from functools import lru_cache
from pathlib import Path

ROW = re.compile(r"^\| `([\w/]+)/` \| (.+) \|$", re.MULTILINE)
TOP = "kernel"


def group_of(source: Path) -> str:
    """The group of a source file: its folder's, or the next one's above that has a group."""
    folders = source.resolve().parent.parts
    inside = folders[len(folders) - folders[::-1].index(TOP):]
    known = described_folders(Path(*folders[:len(folders) - len(inside)]))
    while inside and "/".join(inside) not in known:
        inside = inside[:-1]
    return identifier("/".join(inside))


@lru_cache(maxsize=None)
def described_folders(kernel: Path) -> dict[str, str]:
    """Folder to sentence, from the README's table, in its order."""
    readme = kernel / "README.md"
    return dict(ROW.findall(readme.read_text(encoding="utf-8"))) if readme.is_file() else {}


def identifier(folder: str) -> str:
    return folder.replace("/", "_") or TOP


def definitions(kernel: Path) -> str:
    """Comments that define all groups, for Doxygen to read."""
    lines = [f"/// @defgroup {TOP} The kernel",
             "/// All of it, by folder. Each folder uses only what stands below it in this list;",
             "/// @ref kernel-readme says in which order to read."]
    for folder, sentence in described_folders(kernel).items():
        parent = identifier(folder.rpartition("/")[0])
        lines += ["", f"/// @defgroup {identifier(folder)} {TOP}/{folder}",
                  f"/// @ingroup {parent}",
                  f"/// @brief {sentence[0].upper()}{sentence[1:].rstrip('.')}."]
    return "\n".join(lines) + "\n"
