"""page_map() and page_unmap(), call by call (guest/05-paging/page_map.c, page_unmap.c)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Iterable

from grader.expect import Failure
from grader.image.views import Struct
from grader.machine.paging import ADDRESS
from grader.snapshot import Snapshot
from judges.stage04.world import Copied
from .tables import (LEVELS, TABLE_FLAGS, Place, Tree, flags_text, judge_upper_half, page_flags,
                     read_tree, rights_text, table_place, way_text)

ROUNDS, CALLS = 12, 40
PAGES = 24                  # of a round of page_unmap.c: what the test itself has mapped
NONE, NO_MEMORY, BUSY = 0, 2, 6
NAMES = {NONE: "ERROR_NONE", NO_MEMORY: "ERROR_NO_MEMORY", BUSY: "ERROR_BUSY"}


@dataclass
class Space:
    """What is known of an address space: pages by address, and which tables there are."""

    pages: dict[int, tuple[int, int]] = field(default_factory=dict)     # frame, rights
    tables: set[Place] = field(default_factory=lambda: {(LEVELS, 0)})
    taken: int = 0

    def missing(self, address: int) -> list[Place]:
        """The tables that a page at an address still needs, from the root down."""
        places = (table_place(address, level) for level in range(LEVELS - 1, 0, -1))
        return [place for place in places if place not in self.tables]


def calls_made(snapshot: Snapshot) -> int:
    """The calls that came to an end."""
    return sum(bool(call.finished) for run in snapshot.kernel.guest_page_rounds
               for call in run.calls)


def _error(number: int) -> str:
    return NAMES.get(number, f"error {number}")


# --- page_map ---

def judge_places(snapshot: Snapshot) -> str:
    """Every page is where it has to be; see history.Judge."""
    return _judge_map(snapshot, _judge_places)


def judge_rights(snapshot: Snapshot) -> str:
    """Every entry has the right flags."""
    return _judge_map(snapshot, _judge_flags)


def judge_refusals(snapshot: Snapshot) -> str:
    """Calls that are refused, and what remains of them."""
    return _judge_map(snapshot, _judge_kept)


def _judge_map(snapshot: Snapshot, judge: Callable[[int, Space, Tree], None]) -> str:
    poison = snapshot.kernel.guest_page_poison
    for number, run in enumerate(Copied(snapshot, "guest_page_rounds").view):
        if not run.begun:
            return ""
        space = Space()
        for call in run.calls:
            if not call.begun:
                break
            if not call.finished:
                return f"{_call(call)}, when {_why(call, space)[1]},"
            _judge_call(call, space)
        tree = read_tree(snapshot.ram, run.root)
        judge(number, space, tree)
        _judge_tables(number, run, space, tree)
        judge_upper_half(snapshot.ram, run, poison, number)
    return ""


def _call(call: Struct) -> str:
    return (f"page_map(root, {call.address:#x}, frame {call.frame:#x}, "
            f"{rights_text(call.rights)})")


def _why(call: Struct, space: Space) -> tuple[int, str]:
    """What it has to return, and why."""
    missing = len(space.missing(call.address))
    if missing > call.budget:
        tables = "table is" if missing == 1 else "tables are"
        return NO_MEMORY, f"{missing} {tables} missing and {call.budget} can be had"
    if call.address in space.pages:
        return BUSY, "a page is mapped there"
    return NONE, "nothing is in its way"


def _judge_call(call: Struct, space: Space) -> None:
    """What it returns, and the tables that it has taken."""
    missing = space.missing(call.address)
    expected, why = _why(call, space)
    if call.result != expected:
        raise Failure(f"{_call(call)} returns the wrong error when {why}",
                      expected=_error(expected), got=_error(call.result))
    taken = call.taken - space.taken
    if taken > len(missing):
        raise Failure(f"{_call(call)} takes too many tables", expected=f"{len(missing)}",
                      got=str(taken))
    space.taken = call.taken
    space.tables.update(missing[:taken])
    if expected == NONE:
        space.pages[call.address] = (call.frame, call.rights)


def _judge_places(number: int, space: Space, tree: Tree) -> None:
    """Each page leads to its frame, and there is no other."""
    if tree.cut:
        raise Failure(f"the tables of address space {number} cannot be walked: {tree.cut}")
    for address, (frame, _) in space.pages.items():
        got = tree.pages.get(address)
        if got is None or got & ADDRESS != frame:
            raise Failure(f"the page at {address:#x} is not mapped to its frame",
                          expected=f"frame {frame:#x}",
                          got="nothing" if got is None else f"frame {got & ADDRESS:#x}",
                          around=way_text(tree, address))
    _judge_others(number, space, tree)


def _judge_others(number: int, space: Space, tree: Tree) -> None:
    for address in tree.pages:
        if address not in space.pages:
            raise Failure(f"in address space {number} there is a page that nobody has mapped",
                          expected="nothing", got=f"a page at {address:#x}",
                          around=way_text(tree, address))


def _judge_flags(number: int, space: Space, tree: Tree) -> None:
    """Tables are open to everything; each page has the flags of its rights."""
    for (level, address), entry in tree.entries.items():
        if entry & ~ADDRESS != TABLE_FLAGS:
            raise Failure(f"an entry of level {level + 1} that leads to a table, for {address:#x}, "
                          "has the wrong flags", expected=flags_text(TABLE_FLAGS),
                          got=flags_text(entry), around=[f"in address space {number}"])
    for address, (_, rights) in space.pages.items():
        got = tree.pages.get(address)
        if got is None or got & ~ADDRESS != page_flags(rights):
            raise Failure(f"the page at {address:#x}, which was mapped with "
                          f"{rights_text(rights)}, has the wrong flags",
                          expected=flags_text(page_flags(rights)),
                          got="no page" if got is None else flags_text(got))


def _judge_kept(number: int, space: Space, tree: Tree) -> None:
    """A page that was there stays; one that was refused is not there."""
    for address, (frame, rights) in space.pages.items():
        entry = frame | page_flags(rights)
        if tree.pages.get(address, 0) != entry:
            raise Failure(f"the page at {address:#x} is not as it was mapped first",
                          expected=f"{entry:#x}", got=f"{tree.pages.get(address, 0):#x}",
                          around=[f"in address space {number}", *way_text(tree, address)])
    _judge_others(number, space, tree)


def _judge_tables(number: int, run: Struct, space: Space, tree: Tree) -> None:
    """Exactly the tables that were taken hang in the space, each once, where they are needed."""
    taken = [run.taken[place] for place in range(run.taken_count)]
    hung = [table for place, table in tree.tables.items() if place[0] < LEVELS]
    for place, table in tree.tables.items():
        if table not in taken and place[0] < LEVELS:
            raise Failure(f"address space {number} has a table that nobody has given out",
                          expected="one of those", got=f"{table:#x}, of level {place[0]}")
    if lost := [table for table in taken if table not in hung]:
        raise Failure(f"{len(lost)} of the tables that were taken for address space {number} hang "
                      "nowhere", expected="each in its place", got=f"{lost[0]:#x} is lost")
    if len(set(hung)) != len(hung) or set(tree.tables) != space.tables:
        raise Failure(f"the tables of address space {number} are not where they have to be",
                      expected=_places(space.tables), got=_places(tree.tables))


def _places(places: Iterable[Place]) -> str:
    count = [sum(level == each for level, _ in places) for each in range(LEVELS - 1, 0, -1)]
    return "{} of level 3, {} of level 2, {} of level 1".format(*count)


# --- page_unmap ---

def judge_unmap(snapshot: Snapshot) -> str:
    """What it returns, and what is left of each address space."""
    poison = snapshot.kernel.guest_page_poison
    for number, run in enumerate(Copied(snapshot, "guest_page_rounds").view):
        if not run.begun:
            return ""
        pages = {call.address: call.frame for call in list(run.calls)[:PAGES]}
        taken_away: dict[int, str] = {}
        for call in list(run.calls)[PAGES:]:
            if not call.begun:
                break
            what = f"page_unmap(root, {call.address:#x})"
            if not call.finished:
                return what
            _judge_unmapped(what, call, pages.pop(call.address, 0), call.address in taken_away)
            taken_away[call.address] = what
        _judge_left(number, pages, taken_away, read_tree(snapshot.ram, run.root))
        judge_upper_half(snapshot.ram, run, poison, number)
    return ""


def _judge_unmapped(what: str, call: Struct, frame: int, was_there: bool) -> None:
    if call.result != frame:
        there = (f"frame {frame:#x} is mapped there" if frame else
                 "the page was taken away before" if was_there else "nothing is mapped there")
        raise Failure(f"{what} returns the wrong frame when {there}", expected=f"{frame:#x}",
                      got=f"{call.result:#x}",
                      hint="afterwards its entry has to be 0" if was_there and not frame else "")


def _judge_left(number: int, pages: dict[int, int], taken_away: dict[int, str],
                tree: Tree) -> None:
    for address, what in taken_away.items():
        if address in tree.pages and address not in pages:
            raise Failure(f"after {what}, the page's entry is not 0", expected="0",
                          got=f"{tree.pages[address]:#x}", around=way_text(tree, address))
    for address, frame in pages.items():
        if tree.pages.get(address, 0) & ADDRESS != frame:
            raise Failure(f"in address space {number} the page at {address:#x}, which nobody has "
                          "taken away, is not as it was", expected=f"frame {frame:#x}",
                          got=f"{tree.pages.get(address, 0):#x}", around=way_text(tree, address))


# --- what the CPU remembers ---

VISITS = 48
PAGE_FAULT = 14


def visits_made(snapshot: Snapshot) -> int:
    """The visits that came to an end."""
    return sum(bool(visit.finished) for visit in snapshot.kernel.guest_visits)


def judge_visits(snapshot: Snapshot) -> str:
    """A page of the loaded space cannot be read any more when it has been taken away."""
    for visit in Copied(snapshot, "guest_visits").view:
        if not visit.begun:
            return ""
        what = f"page_unmap() of the loaded space's page at {visit.address:#x}"
        if not visit.finished:
            return what
        if visit.first != visit.word:
            raise Failure(f"before {what}, the page reads otherwise than its frame is",
                          expected=f"{visit.word:#x}", got=f"{visit.first:#x}",
                          hint="the CPU still knew the page that was there before")
        if visit.result != visit.frame:
            raise Failure(f"{what} returns the wrong frame", expected=f"{visit.frame:#x}",
                          got=f"{visit.result:#x}")
        if visit.returned:
            raise Failure(f"after {what}, the CPU still knows it: it can be read",
                          expected="a page fault", got=f"the word {visit.second:#x}",
                          hint="the CPU keeps entries in its TLB (Intel SDM Vol. 3A 4.10)")
        if visit.caught.vector != PAGE_FAULT or visit.caught.address != visit.address:
            raise Failure(f"after {what}, reading it leads to the wrong exception",
                          expected=f"a page fault at {visit.address:#x}",
                          got=f"vector {visit.caught.vector} at {visit.caught.address:#x}")
    return ""
