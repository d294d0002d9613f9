"""Address spaces that begin and end (guest/05-paging/page_spaces.c)."""

from __future__ import annotations

from collections import Counter

from grader.expect import Failure, expect_equal
from grader.image.views import Array, Struct
from grader.machine.paging import ENTRIES
from grader.snapshot import Snapshot
from judges.stage02.history import steps
from judges.stage04.world import Copied
from .tables import ROOT_ENTRIES

CREATIONS, DESTRUCTIONS, CYCLES = 16, 8, 400


def made(variable: str, snapshot: Snapshot) -> int:
    """The calls of a test that came to an end."""
    return sum(bool(run.finished) for run in getattr(snapshot.kernel, variable))


# --- page_create ---

def judge_creations(snapshot: Snapshot) -> str:
    """See history.Judge."""
    zero = words(Copied(snapshot, "guest_frame_zero").view)
    for run in Copied(snapshot, "guest_creations").view:
        if not run.begun:
            return ""
        if not run.finished:
            return "page_create()"
        if words(run.kernel_after) != words(run.kernel_root):
            raise Failure("page_create() changes the kernel's own root")
        _judge_root(run, snapshot)
    if list(snapshot.ram.words(0, ENTRIES)) != zero:
        raise Failure("page_create() has written to physical memory from 0 on", expected="nothing "
                      "is written when page_table_take() returns 0")
    return ""


def words(array: Array) -> list[int]:
    """An array of words, at once."""
    data = array.raw()
    return [int.from_bytes(data[at:at + 8], "little") for at in range(0, len(data), 8)]


def _judge_root(run: Struct, snapshot: Snapshot) -> None:
    if run.takes != 1:
        raise Failure("page_create() asks for the wrong number of tables", expected="1",
                      got=str(run.takes))
    if run.result != run.taken:
        when = " when there is no memory" if run.refused else ""
        raise Failure(f"page_create() returns the wrong root{when}", expected=f"{run.taken:#x}",
                      got=f"{run.result:#x}")
    if run.refused:
        return
    kernel = words(run.kernel_root)
    for place, entry in enumerate(snapshot.ram.words(run.taken, ENTRIES)):
        expected = kernel[place] if place >= ROOT_ENTRIES else 0
        if entry != expected:
            half = "the kernel's" if place >= ROOT_ENTRIES else "the program's"
            raise Failure(f"entry {place} of a new root, in {half} half, is wrong",
                          expected=f"{expected:#x}", got=f"{entry:#x}")


# --- page_destroy ---

def judge_destructions(snapshot: Snapshot) -> str:
    """Everything is given back once, and nothing else."""
    for run in Copied(snapshot, "guest_destructions").view:
        if not run.begun:
            return ""
        if not run.finished:
            return f"page_destroy() of a space of {run.frame_count} pages"
        _judge_order(run, snapshot.kernel.guest_destroyed_mark)
        _judge_given("page", "page_frame_drop()", run.frames, run.frame_count, run.dropped,
                     run.dropped_count)
        _judge_given("table", "page_table_give()", run.tables, run.table_count, run.given,
                     run.given_count)
    return ""


def _judge_order(run: Struct, mark: int) -> None:
    """Nobody has read in a table that had been given back."""
    if mark in list(steps(run.given, run.given_count)) + list(steps(run.dropped,
                                                                    run.dropped_count)):
        raise Failure("page_destroy() reads in a table that it has given back already",
                      hint="somebody else may have it by then")


def _judge_given(kind: str, function: str, owned: Array, owned_count: int, given: Array,
                 given_count: int) -> None:
    should = Counter(steps(owned, owned_count))
    got = Counter(steps(given, given_count))
    for address, count in got.items():
        if address not in should:
            raise Failure(f"page_destroy() gives a {kind} to {function} that is none of the "
                          "space's", expected=f"its {owned_count} {kind}s", got=f"{address:#x}")
        if count > should[address]:
            raise Failure(f"page_destroy() gives a {kind} back more than once", expected="once",
                          got=f"{count} times {function} of {address:#x}")
    if missing := should - got:
        what = "root" if kind == "table" and owned[0] in missing else kind
        raise Failure(f"page_destroy() does not give every {kind} back",
                      expected=f"{owned_count} calls of {function}",
                      got=f"{given_count}; a {what} is missing: {min(missing):#x}")


# --- the allocator's own count ---

def judge_cycles(snapshot: Snapshot) -> str:
    """After each end of a space as many frames are free as before it began, but for those that
    another one still shows."""
    for number, run in enumerate(Copied(snapshot, "guest_cycles").view):
        if not run.finished:
            return f"page_destroy() in cycle {number}"
        what = (f"in cycle {number}, with {run.pages} pages of which another space shows "
                f"{run.shared},")
        owned = run.free_before - run.free_with_first
        expect_equal(f"{what} the number of frames that the first space's end sets free",
                     run.free_without_first - run.free_with_both, owned - run.shared)
        if not run.kept:
            raise Failure(f"{what} a frame that is still shown is not as it was when the first "
                          "space has ended", expected="in use, with its content")
        expect_equal(f"{what} the number of free frames after both have ended", run.free_after,
                     run.free_before)
    return ""
