"""The page tables, walked from outside (4-level paging, Intel SDM Vol. 3A 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Optional

from ..errors import BadAddress
from .ram import GuestRam

PRESENT = 1 << 0
WRITABLE = 1 << 1
USER = 1 << 2
LARGE = 1 << 7          # in a directory: the entry maps memory instead of naming a table
NO_EXECUTE = 1 << 63
ADDRESS = 0x000F_FFFF_FFFF_F000

PAGE = 4096
ENTRIES = 512
LEVEL_SHIFTS = (39, 30, 21, 12)  # what one entry of PML4, PDPT, PD and PT covers, as a power of two
SIGN = 1 << 47
MOST_TABLES = 10_000    # of one set: page tables that name each other have no end
USER_ROOT_ENTRIES = ENTRIES // 2    # the PML4's first half, which maps the user's addresses
CANONICAL = 0xFFFF_0000_0000_0000


@dataclass(frozen=True)
class Rights:
    """What a mapping allows, all levels taken together."""

    writable: bool
    user: bool
    executable: bool

    def __str__(self) -> str:
        return ", ".join(["readable"] + [word for word, has in (
            ("writable", self.writable), ("executable", self.executable), ("user", self.user))
            if has])


@dataclass(frozen=True)
class Region:
    """A run of virtual memory onto one run of physical memory, with the same rights throughout."""

    virtual: int
    physical: int
    length: int
    rights: Rights

    @property
    def end(self) -> int:
        """One past the last virtual address."""
        return self.virtual + self.length

    def __str__(self) -> str:
        return (f"{self.virtual:#x}..{self.end:#x} -> physical {self.physical:#x} ({self.rights})")


def regions(ram: GuestRam, cr3: int, root_entries: int = ENTRIES) -> list[Region]:
    """Everything that is mapped (by the PML4's first entries, so many), by address; neighbours that
    continue each other are one."""
    found: list[Region] = []
    for region in _leaves(Walk(ram), cr3 & ADDRESS, 0, 0, Rights(True, True, True), root_entries):
        last = found[-1] if found else None
        if last and _continues(last, region):
            found[-1] = Region(last.virtual, last.physical, last.length + region.length,
                               last.rights)
        else:
            found.append(region)
    return found


class Walk:
    """Tables read on one way through them all."""

    def __init__(self, ram: GuestRam) -> None:
        self._ram, self._left = ram, MOST_TABLES

    def entries(self, table: int, count: int) -> Iterator[tuple[int, int]]:
        """(index, entry) of the present ones among a table's first entries."""
        self._left -= 1
        if self._left < 0:
            raise BadAddress(f"the page tables go round: more than {MOST_TABLES} of them are named")
        return ((index, entry) for index, entry in enumerate(self._ram.words(table, count))
                if entry & PRESENT)


def tables(ram: GuestRam, cr3: int, root_entries: int = ENTRIES) -> Iterator[int]:
    """The physical address of every table: the root, and what the entries name."""
    yield cr3 & ADDRESS
    for _, _, entry in directory_entries(ram, cr3, root_entries):
        yield entry & ADDRESS


def directory_entries(ram: GuestRam, cr3: int,
                      root_entries: int = ENTRIES) -> Iterator[tuple[int, int, int]]:
    """(level, virtual address, entry) of every entry that names a table; level 0 is the PML4's."""
    walk, pending = Walk(ram), [(0, 0, cr3 & ADDRESS)]
    while pending:
        level, base, table = pending.pop()
        for index, entry in walk.entries(table, ENTRIES if level else root_entries):
            if not _is_leaf(entry, level):
                virtual = base + (index << LEVEL_SHIFTS[level])
                yield level, virtual, entry
                if level < 2:
                    pending.append((level + 1, virtual, entry & ADDRESS))


def translate(ram: GuestRam, cr3: int, virtual: int) -> Optional[int]:
    """The physical address behind a virtual one, or None where nothing is mapped."""
    table = cr3 & ADDRESS
    for level, shift in enumerate(LEVEL_SHIFTS):
        index = virtual >> shift & ENTRIES - 1
        try:
            entry = ram.words(table + 8 * index, 1)[0]
        except BadAddress:
            return None
        if not entry & PRESENT:
            return None
        if _is_leaf(entry, level):
            offset = virtual & (1 << shift) - 1
            return (entry & ADDRESS & ~((1 << shift) - 1)) + offset
        table = entry & ADDRESS
    return None


def _leaves(walk: Walk, table: int, level: int, base: int, rights: Rights,
            count: int = ENTRIES) -> Iterator[Region]:
    """The mappings below one table's first entries; it covers the addresses from `base` on."""
    shift = LEVEL_SHIFTS[level]
    for index, entry in walk.entries(table, count):
        virtual = base + (index << shift)
        if level == 0 and virtual & SIGN:
            virtual |= CANONICAL
        narrowed = _narrowed(rights, entry)
        if _is_leaf(entry, level):
            physical = entry & ADDRESS & ~((1 << shift) - 1)
            yield Region(virtual, physical, 1 << shift, narrowed)
        else:
            yield from _leaves(walk, entry & ADDRESS, level + 1, virtual, narrowed)


def _is_leaf(entry: int, level: int) -> bool:
    return level == 3 or level > 0 and bool(entry & LARGE)


def _narrowed(rights: Rights, entry: int) -> Rights:
    return Rights(rights.writable and bool(entry & WRITABLE), rights.user and bool(entry & USER),
                  rights.executable and not entry & NO_EXECUTE)


def _continues(last: Region, region: Region) -> bool:
    return (region.virtual == last.end and region.physical == last.physical + last.length
            and region.rights == last.rights)
