"""What the built objects show: a student's source that meddles with the test programs.

A report counts only with the boot's secret key, and the key is in a file-static variable of
guest.c. What is left is to call the test programs' own functions, or to get a student's header
compiled into them. Both show in the objects: as an undefined symbol guest_..., or as a dependency.
Test programs that include a student's source on purpose hold nothing else, and count as student's.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Collection

from elftools.elf.sections import SymbolTableSection

from ..image.symbols import open_elf

GUEST_NAMES = ("guest_",)


def trespasses(build: Path, student_files: Collection[str]) -> list[str]:
    """A sentence for every object with a student's text in it that uses a name of the tests."""
    found = []
    for dependencies in sorted(build.rglob("*.o.d")):
        theirs = sorted(set(_dependencies(dependencies)) & set(student_files))
        if not theirs:
            continue
        names = sorted(name for name in _undefined(dependencies.with_suffix(""))
                       if name.startswith(GUEST_NAMES))
        if names:
            found.append(f"{' and '.join(theirs)} must not use {', '.join(names)}: "
                         "names beginning with guest_ belong to the grader's test programs")
    return found


def _dependencies(path: Path) -> list[str]:
    """The files that a make rule of the compiler's names, relative to the tree."""
    text = path.read_text(errors="replace").replace("\\\n", " ")
    return [str(Path(word)) for word in re.split(r"(?<!\\)\s+", text) if not word.endswith(":")]


def _undefined(path: Path) -> list[str]:
    table = open_elf(path).get_section_by_name(".symtab")
    if not isinstance(table, SymbolTableSection):
        return []
    return [symbol.name for symbol in table.iter_symbols()
            if symbol["st_shndx"] == "SHN_UNDEF" and symbol.name]
