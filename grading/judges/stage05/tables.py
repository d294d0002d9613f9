"""Page tables as the tests of page_table.c leave them (guest/05-paging/pages.h), entry by entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator, Optional

from grader.errors import BadAddress
from grader.expect import Failure
from grader.image.views import Struct
from grader.machine.paging import ADDRESS, ENTRIES, NO_EXECUTE, PAGE, PRESENT, USER, WRITABLE
from grader.machine.ram import GuestRam

LEVELS = 4
ROOT_ENTRIES = ENTRIES // 2
TABLE_FLAGS = PRESENT | WRITABLE | USER
FLAG_NAMES = ((PRESENT, "present"), (WRITABLE, "writable"), (USER, "user"),
              (NO_EXECUTE, "no execute"))
READ, WRITE, EXECUTE = 1, 2, 4
RIGHT_NAMES = ((READ, "MEMORY_READ"), (WRITE, "MEMORY_WRITE"), (EXECUTE, "MEMORY_EXECUTE"))
MOST_TABLES = 4096

Place = tuple[int, int]     # (level, first address) of a table


def page_flags(rights: int) -> int:
    """The flags of a page's entry, by what it may be used for."""
    return (PRESENT | USER | (WRITABLE if rights & WRITE else 0)
            | (0 if rights & EXECUTE else NO_EXECUTE))


def flags_text(entry: int) -> str:
    """`present, user`, and the bits that have no business there."""
    words = [name for bit, name in FLAG_NAMES if entry & bit]
    others = entry & ~ADDRESS & ~sum(bit for bit, _ in FLAG_NAMES)
    return ", ".join(words + ([f"and bits {others:#x}"] if others else [])) or "none"


def rights_text(rights: int) -> str:
    """`MEMORY_READ | MEMORY_WRITE`."""
    return " | ".join(name for bit, name in RIGHT_NAMES if rights & bit)


def reach(level: int) -> int:
    """Bytes that an entry of a level covers: level 1 a page."""
    return PAGE << 9 * (level - 1)


def table_place(address: int, level: int) -> Place:
    """The table of a level that an address is looked up in."""
    return level, address & -reach(level + 1)


def index(address: int, level: int) -> int:
    """The entry that an address selects in a table."""
    return address // reach(level) % ENTRIES


@dataclass
class Tree:
    """The lower half of an address space, as it stands in memory."""

    pages: dict[int, int] = field(default_factory=dict)         # address: entry
    tables: dict[Place, int] = field(default_factory=dict)      # where: physical address
    entries: dict[Place, int] = field(default_factory=dict)     # where: the entry that leads there
    cut: str = ""           # why the walk could not be finished


def read_tree(ram: GuestRam, root: int) -> Tree:
    """Everything that hangs on a root."""
    tree = Tree(tables={(LEVELS, 0): root})
    pending = [(LEVELS, 0, root)]
    while pending:
        level, base, table = pending.pop()
        try:
            words = ram.words(table, ROOT_ENTRIES if level == LEVELS else ENTRIES)
        except BadAddress:
            tree.cut = f"the table of level {level} for {base:#x} is at {table:#x}: no memory there"
            continue
        for number, entry in enumerate(words):
            if entry:
                pending += _entry(tree, level, base + number * reach(level), entry)
        if len(tree.tables) > MOST_TABLES:
            tree.cut = "the tables go round"
            return tree
    return tree


def _entry(tree: Tree, level: int, address: int, entry: int) -> list[tuple[int, int, int]]:
    if level == 1:
        tree.pages[address] = entry
        return []
    place = (level - 1, address)
    tree.tables[place], tree.entries[place] = entry & ADDRESS, entry
    return [(level - 1, address, entry & ADDRESS)]


def way(tree: Tree, address: int) -> Iterator[tuple[int, Optional[int]]]:
    """(level, entry) on the way to an address, from the root on; None: nothing there."""
    for level in range(LEVELS, 1, -1):
        entry = tree.entries.get(table_place(address, level - 1))
        yield level, entry
        if entry is None:
            return
    yield 1, tree.pages.get(address)


def way_text(tree: Tree, address: int) -> list[str]:
    """The entries on the way to an address, for a reader."""
    found = [f"the way to {address:#x}:"]
    for level, entry in way(tree, address):
        what = "nothing" if entry is None else f"{entry:#x} ({flags_text(entry)})"
        found.append(f"  level {level}, entry {index(address, level)}: {what}")
    return found


def judge_upper_half(ram: GuestRam, run: Struct, poison: int, number: int) -> None:
    """Nobody has touched what is the kernel's."""
    words = ram.words(run.root, ENTRIES)
    for place in range(ROOT_ENTRIES, ENTRIES):
        if words[place] != poison | TABLE_FLAGS:
            raise Failure(f"in address space {number}, entry {place} of the root has changed, in "
                          "the kernel's half", expected=f"{poison | TABLE_FLAGS:#x}",
                          got=f"{words[place]:#x}")
    changed = [(place, word) for place, word in enumerate(ram.words(poison, ENTRIES)) if word]
    if changed:
        raise Failure("a table that hangs in the kernel's half has been written to",
                      expected="all entries 0",
                      got=f"entry {changed[0][0]} is {changed[0][1]:#x}")
