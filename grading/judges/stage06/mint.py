"""cap_mint(): copies that are less than the original (guest/06-capabilities/mint.c)."""

from __future__ import annotations

from typing import Optional

from grader.expect import Failure
from grader.image.views import Struct
from grader.snapshot import Snapshot
from judges.stage02.history import judge_each
from judges.stage04.world import Copied
from .names import (DEVICE, ENDPOINT, FRAME, INVALID, NO_RIGHT, NONE, NOTIFICATION, PORTS, READ,
                    RIGHTS_ALL, SHIFTS, allows_text, error_text, kind_of, same_but)

MINTS = 320
PAGE = 4096

# What a copy is: allows, badge, start, pages.
Copy = tuple[int, int, int, int]
FIELDS = ("allows", "badge", "start", "pages")
KEPT = ("parent", "child", "next", "previous", "extra")


def judge_mints(snapshot: Snapshot) -> str:
    """See history.Judge."""
    return judge_each(Copied(snapshot, "guest_mints").view, _call, _judge)


def _call(run: Struct) -> str:
    return f"cap_mint({_text(run.before)}, rights {run.rights:#x}, badge {run.badge:#x})"


def _text(slot: Struct) -> str:
    kind = kind_of(slot.allows)
    text = allows_text(slot.allows)
    if kind == FRAME:
        return f"{text} of {slot.pages} pages from {slot.start:#x} on"
    if kind == PORTS:
        return f"{text} {slot.start:#x} to {slot.badge:#x}"
    return f"{text} with badge {slot.badge:#x}" if kind in SHIFTS else text


def _expected(slot: Struct, rights: int, badge: int) -> tuple[int, Optional[Copy]]:
    """The error; without one, the copy."""
    kind, allows = kind_of(slot.allows), int(slot.allows)
    if kind in SHIFTS:
        left = allows >> SHIFTS[kind] & RIGHTS_ALL & rights
        if not left or kind == FRAME and not left & READ:
            return NO_RIGHT, None
        allows = left << SHIFTS[kind] | allows & DEVICE
    if kind == FRAME:
        return _part(slot, allows, badge)
    if kind == PORTS:
        return _ports(slot, badge)
    if kind in (ENDPOINT, NOTIFICATION) and 0 in (badge, slot.badge):
        return NONE, (allows, slot.badge + badge, int(slot.start), slot.pages)
    if badge not in (0, slot.badge if kind in SHIFTS else 0):
        return INVALID, None
    return NONE, (allows, slot.badge, int(slot.start), slot.pages)


def _part(slot: Struct, allows: int, part: int) -> tuple[int, Optional[Copy]]:
    """Of a frame."""
    first, pages = (part >> 16, part & 0xFFFF) if part else (0, slot.pages)
    if pages == 0 or first + pages > slot.pages:
        return INVALID, None
    return NONE, (allows, slot.badge, slot.start + first * PAGE, pages)


def _ports(slot: Struct, part: int) -> tuple[int, Optional[Copy]]:
    first, last = (part >> 16, part & 0xFFFF) if part else (slot.start, slot.badge)
    if not slot.start <= first <= last <= slot.badge:
        return INVALID, None
    return NONE, (slot.allows, last, first, slot.pages)


def _judge(run: Struct) -> None:
    what = _call(run)
    error, copy = _expected(run.before, run.rights, run.badge)
    if run.result != error:
        raise Failure(f"{what} returns the wrong error", expected=error_text(error),
                      got=error_text(run.result))
    if copy is None:
        return
    if run.after.allows != copy[0]:
        raise Failure(f"{what} makes a copy that allows the wrong things",
                      expected=_allows(copy[0]), got=_allows(run.after.allows))
    for name, expected in zip(FIELDS[1:], copy[1:]):
        got = int(getattr(run.after, name))
        if got != expected:
            raise Failure(f"{what} makes a copy whose `{name}` is wrong",
                          expected=f"{expected:#x}", got=f"{got:#x}")
    if changed := same_but(run.before, run.after, *KEPT):
        raise Failure(f"{what} changes the copy's `{changed}`", expected="left alone")


def _allows(allows: int) -> str:
    """With the number: one bit more or less may not show in words."""
    return f"{allows_text(allows)}, {allows:#x}"
