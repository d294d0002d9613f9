"""Where a build keeps its user programs.

    programs.list           their names, in the order in which they are loaded with the kernel
    programs/NAME           what is loaded
    programs/NAME.debug     the same with its debug information

The Makefile makes these beside the kernel; a recording has copies of them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Mapping, Sequence

LIST = "programs.list"
FOLDER = "programs"
DEBUG = ".debug"

# From stage 06 on: what each program may have, behind a line with the program's name.
PRIVILEGES = "privileges"
OF_PROGRAM = "program "


def built(folder: Path) -> tuple[Path, ...]:
    """The programs of a build, in order; none where there is no list."""
    names = (folder / LIST).read_text().split() if (folder / LIST).is_file() else []
    return tuple(folder / FOLDER / name for name in names)


def privileges_by_program(text: str) -> dict[str, str]:
    """The parts of the file with the privileges, without their first lines, by program."""
    parts = re.split(f"^{OF_PROGRAM}", text, flags=re.MULTILINE)[1:]
    return dict(part.split("\n", 1) for part in parts)


def privileges_file(parts: Mapping[str, str]) -> str:
    """The file with these parts."""
    return "".join(f"{OF_PROGRAM}{name}\n{part}" for name, part in parts.items())


def copy(modules: Sequence[Path], folder: Path) -> None:
    """Makes another folder hold these programs, with what their debug information is."""
    (folder / FOLDER).mkdir()
    for module in modules:
        for file in (module, module.with_name(module.name + DEBUG)):
            if file.exists():
                shutil.copyfile(file, folder / FOLDER / file.name)
    (folder / LIST).write_text(" ".join(module.name for module in modules) + "\n")
