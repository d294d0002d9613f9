"""space_share_page() and fault_send() among functions of the test's own (guest/05-paging/share.c,
fault.c)."""

from __future__ import annotations

from grader.expect import Failure, expect_equal
from grader.image.views import Struct, address_of, fields
from grader.snapshot import Snapshot
from judges.stage02.history import judge_each
from judges.stage04.world import Copied
from .tables import rights_text

SHARES, FAULTS = 96, 64
NONE, NO_MEMORY, BUSY, BAD_ADDRESS, PEER_ENDED, BAD_SLOT, NO_RIGHT = 0, 2, 6, 8, 12, 13, 14
NAMES = {NONE: "ERROR_NONE", NO_MEMORY: "ERROR_NO_MEMORY", BUSY: "ERROR_BUSY",
         BAD_ADDRESS: "ERROR_BAD_ADDRESS", PEER_ENDED: "ERROR_PEER_ENDED",
         BAD_SLOT: "ERROR_BAD_SLOT", NO_RIGHT: "ERROR_NO_RIGHT"}
FOREVER = (1 << 64) - 1     # TIMEOUT_INFINITE
FAULT_INFO = 0x1000 | 3     # MESSAGE_FAULT | MESSAGE_FAULT_WORDS
ENDPOINT, SEND = 0x7, 0x1   # enum slot_allows


def _error(number: int) -> str:
    return NAMES.get(number, f"error {number}")


# --- space_share_page ---

def judge_shares(snapshot: Snapshot) -> str:
    """See history.Judge."""
    return judge_each(Copied(snapshot, "guest_shares").view, _share, _judge_share)


def _share(run: Struct) -> str:
    return f"space_share_page(to {run.to:#x}, {rights_text(run.rights)})"


def _why(run: Struct) -> tuple[int, str]:
    """What it has to return, and why."""
    if run.frame == 0:
        return BAD_ADDRESS, "nothing is mapped at `from`"
    if run.has & run.rights != run.rights:
        return NO_RIGHT, f"`from` has {rights_text(run.has)}"
    if run.uses_are_full:
        return BUSY, "the frame has too many uses"
    if run.map_error != NONE:
        return run.map_error, f"page_map() returns {_error(run.map_error)}"
    return NONE, f"`from` has {rights_text(run.has)}"


def _judge_share(run: Struct) -> None:
    expected, why = _why(run)
    what = f"{_share(run)}, when {why},"
    if run.result != expected:
        raise Failure(f"{what} returns the wrong error", expected=_error(expected),
                      got=_error(run.result))
    if run.strangers:
        raise Failure(f"{what} calls something about another frame or another place",
                      expected="only this frame, `from` and `to`",
                      got=f"{run.strangers} such calls")
    if run.was_lost:
        raise Failure(f"{what} drops a use of the frame that it has not added: the frame may go to "
                      "somebody else")
    should = int(expected == NONE)
    expect_equal(f"{what} how many uses more the frame has afterwards", run.uses_added, should)
    expect_equal(f"{what} how often the frame is mapped afterwards", run.mapped, should)
    if expected == NONE:
        place = (run.mapped_root, run.mapped_at, run.mapped_frame)
        if place != (run.to_root, run.to, run.frame):
            raise Failure(f"{what} maps the wrong page", got=_mapped(*place),
                          expected=_mapped(run.to_root, run.to, run.frame))
        if run.mapped_rights != run.rights:
            raise Failure(f"{what} gives the new page the wrong rights",
                          expected=rights_text(run.rights), got=rights_text(run.mapped_rights))


def _mapped(root: int, address: int, frame: int) -> str:
    return f"frame {frame:#x} at {address:#x} under root {root:#x}"


# --- fault_send ---

def judge_faults(snapshot: Snapshot) -> str:
    """See history.Judge."""
    thread = address_of(snapshot.kernel.guest_fault_thread)
    return judge_each(Copied(snapshot, "guest_faults").view, _fault,
                      lambda run: _judge_fault(_fault(run), run, thread))


def _fault(run: Struct) -> str:
    return f"fault_send(thread, {run.address:#x}, access {rights_text(run.access)})"


def _judge_fault(what: str, run: Struct, thread: int) -> None:
    allows = run.slot.allows
    expected = (BAD_SLOT if not allows & ENDPOINT else NO_RIGHT if not allows & SEND
                else run.send_error)
    sends = bool(allows & ENDPOINT and allows & SEND)
    what += ", when " + (f"endpoint_send() returns {_error(run.send_error)}," if sends
                         else f"the pager's slot allows {allows:#x},")
    if run.result != expected:
        raise Failure(f"{what} returns the wrong error", expected=_error(expected),
                      got=_error(run.result))
    expect_equal(f"{what} the number of calls of endpoint_send()", run.calls, int(sends))
    if sends:
        _judge_sent(what, run, thread)
    if bool(run.is_faulting) != (expected == NONE):
        raise Failure(f"{what} leaves the wrong mark", expected=f"is_faulting {expected == NONE}",
                      got=f"is_faulting {bool(run.is_faulting)}")
    before, after = fields(run.before), fields(run.after)
    for name, value in before.items():
        if after[name] != value:
            raise Failure(f"{what} changes the thread's own registers: {name.upper()}",
                          expected=f"{value:#x}", got=f"{after[name]:#x}")


def _judge_sent(what: str, run: Struct, thread: int) -> None:
    arguments = (("sender", run.sender, thread), ("endpoint", run.endpoint, int(run.slot.endpoint)),
                 ("badge", run.badge, run.slot.badge), ("is_call", run.is_call, 1),
                 ("timeout", run.timeout, FOREVER))
    for name, got, expected in arguments:
        if got != expected:
            raise Failure(f"{what} calls endpoint_send() with the wrong {name}",
                          expected=f"{expected:#x}", got=f"{got:#x}")
    if not run.was_faulting:
        raise Failure(f"{what} calls endpoint_send() before the thread is marked", hint="by the "
                      "mark the kernel knows which of its registers are the message",
                      expected="is_faulting True", got="is_faulting False")
    message = {"rsi": FAULT_INFO, "r8": run.address, "r9": run.access, "r10": run.before.rip,
               "rcx": run.address}
    for name, got in fields(run.message).items():
        if got != message.get(name, 0):
            raise Failure(f"{what} sends the wrong message: {name.upper()} of `fault`",
                          expected=f"{message.get(name, 0):#x}", got=f"{got:#x}")
