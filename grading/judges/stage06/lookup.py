"""slots_lookup(): numbers, kinds, rights (guest/06-capabilities/lookup.c)."""

from __future__ import annotations

from grader.expect import Failure
from grader.image.views import Struct, address_of
from grader.snapshot import Snapshot
from judges.stage02.history import judge_each
from judges.stage04.world import Copied
from .names import BAD_SLOT, NO_RIGHT, NONE, allows_text, error_text, kind_of

LOOKUPS = 256


def judge_lookups(snapshot: Snapshot) -> str:
    """See history.Judge."""
    places = {address_of(slot): number
              for number, slot in enumerate(snapshot.kernel.guest_lookup_memory.slots)}
    return judge_each(Copied(snapshot, "guest_lookups").view, _call,
                      lambda run: _judge(run, places))


def _call(run: Struct) -> str:
    return f"slots_lookup({run.count} slots, number {run.number:#x}, {allows_text(run.allows)})"


def _expected(run: Struct) -> tuple[int, int | None, str]:
    """The error, the slot that is found, and why."""
    number = int(run.number)
    if number >= run.count:
        return BAD_SLOT, None, "there is no such slot"
    has = int(run.slots[number].allows)
    why = f"the slot holds {allows_text(has)}"
    if kind_of(has) != kind_of(run.allows):
        return BAD_SLOT, None, why
    return (NONE if has & run.allows == run.allows else NO_RIGHT), number, why


def _judge(run: Struct, places: dict[int, int]) -> None:
    error, number, why = _expected(run)
    what = f"{_call(run)}, when {why},"
    if run.result != error:
        raise Failure(f"{what} returns the wrong error", expected=error_text(error),
                      got=error_text(run.result))
    if number is None and run.found != run.unset:
        raise Failure(f"{what} sets `*found`, although there is no slot of that kind",
                      expected="left alone", got=_place(places, run.found))
    if number is not None and places.get(run.found) != number:
        raise Failure(f"{what} finds the wrong slot" if run.found != run.unset else
                      f"{what} does not set `*found`", expected=f"slot {number}",
                      got=_place(places, run.found))
    if run.changed:
        raise Failure(f"{what} changes slots", expected="nothing is written but `*found`")


def _place(places: dict[int, int], address: int) -> str:
    return f"slot {places[address]}" if address in places else f"{address:#x}"
