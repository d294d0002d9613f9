"""untyped_place(): where in an untyped an object goes (guest/06-capabilities/retype.c)."""

from __future__ import annotations

from typing import Optional

from grader.expect import Failure
from grader.image.views import Struct
from grader.snapshot import Snapshot
from judges.stage02.history import judge_each
from judges.stage04.world import Copied
from .names import NO_MEMORY, NONE, error_text

PLACES, FILLS, OBJECTS = 384, 10, 40


def fills_made(snapshot: Snapshot) -> int:
    """The objects that a place was looked for, one behind the other."""
    return sum(bool(place.finished) for fill in Copied(snapshot, "guest_fills").view
               for place in fill.places)


def judge_places(snapshot: Snapshot) -> str:
    """See history.Judge."""
    return judge_each(Copied(snapshot, "guest_places").view, _call, _judge)


def judge_fills(snapshot: Snapshot) -> str:
    """The same; and that no object lies upon another one."""
    for fill in Copied(snapshot, "guest_fills").view:
        if not fill.begun:
            return ""
        objects: list[tuple[int, int]] = []
        for place in fill.places:
            if not place.begun:
                break
            if not place.finished:
                return _call(place)
            objects = [] if not place.untyped.child else objects
            _judge_apart(place, objects)
            _judge(place)
    return ""


def _call(place: Struct) -> str:
    return (f"untyped_place() of {place.size.bytes:#x} bytes, aligned to {place.size.alignment:#x},"
            f" in {place.untyped.badge:#x} bytes from {place.untyped.start:#x} on,")


def _first_free(place: Struct) -> int:
    return int(place.untyped.extra) if place.untyped.child else 0


def _begin(place: Struct) -> int:
    """The first offset that is free and aligned, in numbers that have no end."""
    address = place.untyped.start + _first_free(place)
    return int(address + -address % place.size.alignment - place.untyped.start)


def _expected(place: Struct) -> Optional[int]:
    """The offset; None when there is no place."""
    begin = _begin(place)
    return begin if begin + place.size.bytes <= place.untyped.badge else None


def _why(place: Struct, offset: Optional[int]) -> str:
    """Whether the object fits in."""
    if offset is not None:
        return f"the object fits in at offset {offset:#x}"
    begin = _begin(place)
    left = int(place.untyped.badge) - begin
    return (f"the object does not fit in: it would begin at offset {begin:#x}, "
            + (f"with {left:#x} bytes left" if left >= 0 else "beyond the end"))


def _judge(place: Struct) -> None:
    what = _call(place)
    if place.untyped.child:
        what += f" of which {place.untyped.extra:#x} are in use,"
    else:
        what += f" of which none is in use (it has no child; `extra` is {place.untyped.extra:#x}),"
    offset = _expected(place)
    error = NO_MEMORY if offset is None else NONE
    if place.result != error:
        raise Failure(f"{what} returns the wrong error: {_why(place, offset)}",
                      expected=error_text(error), got=error_text(place.result))
    if offset is None and place.offset != place.unset:
        raise Failure(f"{what} sets `*offset`, although it refuses", expected="left alone",
                      got=f"{place.offset:#x}")
    if offset is not None and place.offset != offset:
        raise Failure(f"{what} finds the wrong place", expected=_place(place, offset),
                      got=_place(place, place.offset))
    if place.changed:
        raise Failure(f"{what} changes what it is given", expected="only `*offset` is written")


def _place(place: Struct, offset: int) -> str:
    return f"offset {offset:#x}, address {place.untyped.start + offset:#x}"


def _judge_apart(place: Struct, objects: list[tuple[int, int]]) -> None:
    """Also what the model gets wrong must not be believed: an object is nobody else's memory."""
    if place.result != NONE:
        return
    begin, end = place.offset, place.offset + place.size.bytes
    for other_begin, other_end in objects:
        if begin < other_end and other_begin < end:
            raise Failure(f"{_call(place)} finds a place that is in use",
                          expected=f"nothing from {other_begin:#x} to {other_end:#x}",
                          got=f"from {begin:#x} to {end:#x}")
    objects.append((begin, end))
