"""What the commands share: their form, reading the machine, and names of addresses."""

from __future__ import annotations

import re
import struct
from typing import Callable

import gdb


class Trouble(Exception):
    """A command cannot show what it was asked for; the message is the one line that says why."""


class Subcommand(gdb.Command):
    """`microk NAME`. A subclass has a name, a docstring for `help`, and run()."""

    name = ""

    def __init__(self) -> None:
        super().__init__(f"microk {self.name}", gdb.COMMAND_STATUS)

    def invoke(self, argument: str, from_tty: bool) -> None:
        """gdb's entry. Whatever goes wrong is told in one line."""
        try:
            self.run(argument.strip())
        except gdb.MemoryError as error:
            print(f"microk {self.name}: {error}: the kernel's page tables may not be in force yet")
        except (Trouble, gdb.error) as error:
            print(f"microk {self.name}: {error}")

    def run(self, argument: str) -> None:
        """Prints what the command is for."""
        raise NotImplementedError


def variable(name: str) -> gdb.Value:
    """A global variable of the kernel."""
    symbol = gdb.lookup_global_symbol(name) or gdb.lookup_static_symbol(name)
    if symbol is None:
        raise Trouble(f"this kernel has no '{name}'")
    return symbol.value()


def text(characters: gdb.Value) -> str:
    """A char array for people. It may hold anything: what cannot be printed becomes a ?."""
    string = characters.string(encoding="ascii", errors="replace")
    return "".join(each if each.isascii() and each.isprintable() else "?" for each in string)


def register(name: str) -> int:
    """A register of the CPU as it stands now."""
    return int(gdb.parse_and_eval(f"${name}").cast(gdb.lookup_type("unsigned long")))


def read_words(address: int, count: int) -> tuple[int, ...]:
    """64-bit words at a virtual address."""
    data = gdb.selected_inferior().read_memory(address, 8 * count)
    return struct.unpack(f"<{count}Q", data)


def read_physical_words(address: int, count: int) -> tuple[int, ...]:
    """64-bit words at a physical address: QEMU's stub can be told to go round the page tables."""
    gdb.execute("maintenance packet Qqemu.PhyMemMode:1", to_string=True)
    try:
        return read_words(address, count)
    finally:
        gdb.execute("maintenance packet Qqemu.PhyMemMode:0", to_string=True)


def place(address: int, after_call: bool = False) -> str:
    """An address in words: function+offset, and the source line where that is known. After a call
    that is its function's last instruction, the address belongs to the next function already: then
    what is named is the call."""
    known = address - after_call
    name = gdb.execute(f"info symbol {known:#x}", to_string=True).split(" in section")[0].strip()
    if name.startswith("No symbol"):
        return f"{address:#018x}"
    line = gdb.find_pc_line(known)
    source = f"  {line.symtab.filename}:{line.line}" if line.symtab else ""
    routine = re.split(r" \+ |\[", name)[0]    # gdb shows NASM's routine.label as routine[label]
    return f"{address:#018x} {routine}{source}"


# Who knows contexts: each takes what the user typed ("" for nothing) and gives back a title and
# the struct context that is meant, or None when it knows none of that name.
ContextFinder = Callable[[str], "tuple[str, gdb.Value] | None"]
context_finders: list[ContextFinder] = []


def find_context(wanted: str) -> tuple[str, gdb.Value]:
    """The saved registers that the user means. Later files know better: they are asked first."""
    for finder in reversed(context_finders):
        found = finder(wanted)
        if found is not None:
            return found
    raise Trouble(f"there are no saved registers named '{wanted}'")
