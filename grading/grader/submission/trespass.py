"""What the built objects show: a student's source that reaches where it has no business.

A report counts only with the boot's secret key, and the key is in a file-static variable of
guest.c. What is left is to call the test programs' own functions, or to get a student's header
compiled into them. Both show in the objects: as an undefined symbol guest_..., or as a dependency.
(Test programs that include a student's source on purpose use no such name, and count as student's.)
A source that includes a file from outside the tree, the reference solution say, shows as well, by
#include and %include. What the assembler reads itself, by .incbin say, does not: such sources have
been refused before, by their text (inclusions.py).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Collection

from elftools.elf.sections import SymbolTableSection

from ..image.symbols import open_elf

GUEST_NAMES = "guest_"
SHOWN_NAMES = 3
TARGET = re.compile(r"^\S+ ?:(?=\s|$)", re.MULTILINE)    # "x.o:" of gcc, "x.o :" of nasm


def trespasses(tree: Path, build: Path, student_files: Collection[str]) -> list[str]:
    """A sentence for everything of the kind in the objects with a student's text in them."""
    found = []
    for dependencies in sorted(build.rglob("*.o.d")):
        read = _dependencies(dependencies, tree)
        theirs = sorted(read & set(student_files))
        if not theirs:
            continue
        whose = " and ".join(theirs)
        outside = sorted(path for path in read if path.startswith("/")
                         and not Path(path).is_relative_to(build))
        if outside:
            found.append(f"{whose} includes {', '.join(outside)}, which is outside the tree")
        names = sorted(name for name in _undefined(dependencies.with_suffix(""))
                       if name.startswith(GUEST_NAMES))
        if names:
            where = dependencies.relative_to(build).as_posix().removesuffix(".o.d")
            found.append(f"{whose} must not be compiled together with "
                         f"{', '.join(names[:SHOWN_NAMES])} (in {where}): names beginning with "
                         f"{GUEST_NAMES} belong to the grader's test programs")
    return found


def _dependencies(path: Path, tree: Path) -> set[str]:
    """The files that a make rule of the compiler's names: relative to the tree if inside it.

    What it makes is none of them: that is at its old place when the whole tree has been moved.
    """
    text = TARGET.sub("", path.read_text(errors="replace").replace("\\\n", " "))
    words = [word for word in re.split(r"(?<!\\)\s+", text) if word]
    return {os.path.relpath(full, tree) if full.is_relative_to(tree) else str(full)
            for full in (Path(os.path.normpath(tree / word)) for word in words)}


def _undefined(path: Path) -> list[str]:
    table = open_elf(path).get_section_by_name(".symtab")
    if not isinstance(table, SymbolTableSection):
        return []
    return [symbol.name for symbol in table.iter_symbols()
            if symbol["st_shndx"] == "SHN_UNDEF" and symbol.name]
