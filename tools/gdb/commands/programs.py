"""Symbols of user programs.

The programs stand beside the kernel whose symbols gdb has: programs.list, programs/NAME.debug.
Where each is linked at a place of its own gdb knows all of them from the start. Where several are
linked at the same place an address belongs to another program in each task, and the user says which
one is meant.
"""

from __future__ import annotations

import struct
from pathlib import Path

import gdb

from commands import Subcommand, Trouble

LOADABLE = 1    # PT_LOAD
SEGMENT = struct.Struct("<IIQQQQQQ")    # a program header: type, ..., address, ..., size in memory

loaded: list[str] = []


def folder() -> Path:
    """Where the kernel is that gdb debugs."""
    return Path(gdb.current_progspace().filename or ".").parent


def all_programs() -> list[str]:
    """The names of the programs, in the order in which they are loaded. Other files that are loaded
    with them have no symbols."""
    names = folder() / "programs.list"
    listed = names.read_text().split() if names.is_file() else []
    return [name for name in listed if file_of(name).is_file()]


def file_of(name: str) -> Path:
    """The file with a program's symbols."""
    return folder() / "programs" / f"{name}.debug"


def extent(name: str) -> range:
    """The addresses from a program's first to its last byte, as its ELF file says."""
    data = file_of(name).read_bytes()
    start, = struct.unpack_from("<Q", data, 32)         # e_phoff
    count, = struct.unpack_from("<H", data, 56)         # e_phnum
    segments = [SEGMENT.unpack_from(data, start + i * SEGMENT.size) for i in range(count)]
    loads = [(each[3], each[3] + each[6]) for each in segments if each[0] == LOADABLE and each[6]]
    return range(min(low for low, _ in loads), max(high for _, high in loads))


def overlap(one: str, other: str) -> bool:
    """Whether two programs are linked at the same addresses."""
    first, second = extent(one), extent(other)
    return first.start < second.stop and second.start < first.stop


def load(name: str) -> None:
    """Gives gdb a program's symbols, and takes those away that would be at the same addresses."""
    for other in [other for other in loaded if overlap(name, other)]:
        gdb.execute(f"remove-symbol-file -a {extent(other).start:#x}", to_string=True)
        loaded.remove(other)
    gdb.execute(f"add-symbol-file {file_of(name)}", to_string=True)
    loaded.append(name)


def load_all() -> None:
    """The symbols of all programs, unless some are linked at the same place."""
    names = [name for name in all_programs() if file_of(name).is_file()]
    if not any(overlap(one, other) for one in names for other in names if one < other):
        for name in names:
            load(name)


class Program(Subcommand):
    """Symbols of user programs: microk program [NAME]

With NAME gdb takes this program's symbols, and forgets those of programs that are linked at the
same place. Without it: which programs there are, where each is, and whose symbols gdb has (*)."""

    name = "program"

    def run(self, argument: str) -> None:
        names = all_programs()
        if argument:
            if argument not in names:
                raise Trouble(f"there is no program '{argument}'; there are "
                              + (", ".join(names) or "none"))
            load(argument)
            return
        for name in names:
            place = extent(name)
            print(f"{'*' if name in loaded else ' '} {place.start:#x}-{place.stop - 1:#x}  {name}")


Program()
load_all()
