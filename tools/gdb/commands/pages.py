"""The page tables, as the CPU sees them (Intel SDM Vol. 3A 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import gdb

from commands import Subcommand, Trouble, read_physical_words, register

PRESENT, WRITABLE, USER, LARGE, NO_EXECUTE = 1 << 0, 1 << 1, 1 << 2, 1 << 7, 1 << 63
ADDRESS = 0x000F_FFFF_FFFF_F000
ENTRIES = 512
CR0_PG = 1 << 31
EFER_LMA = 1 << 10
LEVELS = {4: "PML4", 3: "PDPT", 2: "directory", 1: "table"}


@dataclass
class Run:
    """Neighbouring pages of one size with the same rights, one behind the other in memory."""

    start: int
    physical: int
    length: int
    page: int
    rights: str

    def continues(self, other: "Run") -> bool:
        """Whether this run goes on where the other one ends."""
        return (self.start == other.start + other.length and self.page == other.page
                and self.physical == other.physical + other.length
                and self.rights == other.rights)

    def __str__(self) -> str:
        pages = self.length // self.page
        return (f"{canonical(self.start):016x}-{canonical(self.start + self.length - 1):016x}  "
                f"{self.rights}  physical {self.physical:#010x}  "
                f"{pages} page{'s' if pages > 1 else ''} of {size_name(self.page)}")


class Pages(Subcommand):
    """The page tables in force: microk pages [ADDRESS]

Without ADDRESS all that is mapped: r readable, w writable, x executable, u for user mode too. With
ADDRESS (any expression) the entries that the CPU reads on its way to it."""

    name = "pages"

    def run(self, argument: str) -> None:
        if not register("cr0") & CR0_PG or not register("efer") & EFER_LMA:
            raise Trouble("the CPU has not switched to 64-bit paging yet")
        root = register("cr3") & ADDRESS
        if argument:
            address = gdb.parse_and_eval(argument)
            walk(root, int(address.cast(gdb.lookup_type("unsigned long"))))
            return
        for run in coalesced(mapped(root, 4, 0, WRITABLE | USER)):
            print(run)


def mapped(table: int, level: int, base: int, allowed: int) -> Iterator[Run]:
    """Every page below a table. `allowed` has the rights that all levels above have granted, with
    NO_EXECUTE standing for a level that forbids execution."""
    span = page_size(level)
    for index, entry in enumerate(read_physical_words(table, ENTRIES)):
        if not entry & PRESENT:
            continue
        start = base + index * span
        rights = combine(allowed, entry)
        if level == 1 or entry & LARGE:
            yield Run(start, entry & ADDRESS & ~(span - 1), span, span, rights_name(rights))
        else:
            yield from mapped(entry & ADDRESS, level - 1, start, rights)


def combine(allowed: int, entry: int) -> int:
    """Rights shrink on the way down: a page is writable if every level says so, and not
    executable if any does."""
    return (allowed & entry & (WRITABLE | USER)) | ((allowed | entry) & NO_EXECUTE)


def coalesced(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours that differ in nothing, made one."""
    last: Run | None = None
    for run in runs:
        if last and run.continues(last):
            last.length += run.length
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def walk(table: int, address: int) -> None:
    """Prints the entries on the way to an address."""
    allowed = WRITABLE | USER
    for level in (4, 3, 2, 1):
        index = address >> (12 + 9 * (level - 1)) & (ENTRIES - 1)
        entry = read_physical_words(table + 8 * index, 1)[0]
        print(f"{LEVELS[level]:>9}[{index:3}] at {table + 8 * index:#010x} = {entry:016x}"
              + ("" if entry & PRESENT else "  not present"))
        if not entry & PRESENT:
            print(f"{address:#x} is not mapped")
            return
        allowed = combine(allowed, entry)
        if level == 1 or (level < 4 and entry & LARGE):
            inside = address & (page_size(level) - 1)
            physical = (entry & ADDRESS & ~(page_size(level) - 1)) + inside
            print(f"{address:#x} is physical {physical:#x}, {rights_name(allowed)}, in a page of "
                  f"{size_name(page_size(level))}")
            return
        table = entry & ADDRESS


def page_size(level: int) -> int:
    """The bytes that one entry of a level maps."""
    return 1 << (12 + 9 * (level - 1))


def rights_name(rights: int) -> str:
    """rwx and u for user, as letters."""
    return ("r" + ("w" if rights & WRITABLE else "-") + ("-" if rights & NO_EXECUTE else "x")
            + ("u" if rights & USER else "-"))


def size_name(size: int) -> str:
    """4 KB, 2 MB or 1 GB."""
    for shift, unit in ((30, "GB"), (20, "MB")):
        if size >> shift:
            return f"{size >> shift} {unit}"
    return f"{size >> 10} KB"


def canonical(address: int) -> int:
    """An address of the upper half has all its upper bits set."""
    return address | 0xFFFF << 48 if address & 1 << 47 else address


Pages()
