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


def regions(ram: GuestRam, cr3: int) -> list[Region]:
    """Everything that is mapped, by address; neighbours that continue each other are one."""
    found: list[Region] = []
    for region in _leaves(ram, cr3 & ADDRESS, 0, 0, Rights(True, True, True)):
        last = found[-1] if found else None
        if last and _continues(last, region):
            found[-1] = Region(last.virtual, last.physical, last.length + region.length,
                               last.rights)
        else:
            found.append(region)
    return found


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


def _leaves(ram: GuestRam, table: int, level: int, base: int, rights: Rights) -> Iterator[Region]:
    """The mappings below one table, which covers the addresses from `base` on."""
    shift = LEVEL_SHIFTS[level]
    for index, entry in enumerate(ram.words(table, ENTRIES)):
        if not entry & PRESENT:
            continue
        virtual = base + (index << shift)
        if level == 0 and virtual & SIGN:
            virtual |= CANONICAL
        narrowed = _narrowed(rights, entry)
        if _is_leaf(entry, level):
            physical = entry & ADDRESS & ~((1 << shift) - 1)
            yield Region(virtual, physical, 1 << shift, narrowed)
        else:
            yield from _leaves(ram, entry & ADDRESS, level + 1, virtual, narrowed)


def _is_leaf(entry: int, level: int) -> bool:
    return level == 3 or level > 0 and bool(entry & LARGE)


def _narrowed(rights: Rights, entry: int) -> Rights:
    return Rights(rights.writable and bool(entry & WRITABLE), rights.user and bool(entry & USER),
                  rights.executable and not entry & NO_EXECUTE)


def _continues(last: Region, region: Region) -> bool:
    return (region.virtual == last.end and region.physical == last.physical + last.length
            and region.rights == last.rights)
