"""Which kernels a grading needs.

The test programs of a stage are linked into a kernel of their own, so that what they ask of the
linker, and their names, are no other stage's affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Collection

from .stage_info import StageInfo

GUESTS = "grading/guest"
COMMON = ("common", "start")    # parts of every kernel with tests, as far as a tree has them
PROGRAMS = "programs"           # in a stage's folder: its test programs in user mode
PLAIN = "plain"                 # the kernel without test programs


@dataclass(frozen=True)
class Target:
    """One build of the tree."""

    name: str                   # a stage's, or PLAIN
    settings: tuple[str, ...]   # variables for make


def targets(tree: Path, stage: StageInfo, wanted: Collection[int]) -> list[Target]:
    """What has to be built for the tests of these stages, by number."""
    stages = [name for name in stage.stages if int(name[:2]) in wanted]
    found = [Target(name, (f"GUEST={_folders(tree, [*COMMON, name])}",))
             for name in stages if _has_sources(tree / GUESTS / name)]
    if stage.programs:
        programs = [f"{name}/{PROGRAMS}" for name in stages]
        found.append(Target(PLAIN, (f"GUEST_PROGRAMS={_folders(tree, programs)}",)))
    return found


def _folders(tree: Path, names: Collection[str]) -> str:
    return " ".join(f"{GUESTS}/{name}" for name in names if (tree / GUESTS / name).is_dir())


def _has_sources(folder: Path) -> bool:
    return any(path.suffix in (".c", ".asm") for path in folder.glob("*"))
