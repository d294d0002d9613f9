"""transfer_slot() and fault_deliver() among functions of the test's own
(guest/06-capabilities/transfer.c, handler.c)."""

from __future__ import annotations

from grader.expect import Failure, expect_equal
from grader.image.views import Struct, address_of
from grader.snapshot import Snapshot
from judges.stage02.history import judge_each
from judges.stage04.world import Copied
from .names import ENDPOINT, NONE, RIGHTS_ALL, error_text, rights_text

TRANSFERS, DELIVERIES = 160, 128
TRANSFER = 0x8000           # MESSAGE_TRANSFER
SLOT_SHIFT, SLOT_MASK = 16, 0xFFFF
SLOT_SIZE = 64              # bytes


# --- transfer_slot ---

def judge_transfers(snapshot: Snapshot) -> str:
    """See history.Judge."""
    receiver = address_of(snapshot.kernel.guest_receiver.thread)
    return judge_each(Copied(snapshot, "guest_transfers").view, _transfer,
                      lambda run: _judge_transfer(run, receiver))


def _transfer(run: Struct) -> str:
    if not run.info & TRANSFER:
        return f"transfer_slot() with info {run.info:#x}, without MESSAGE_TRANSFER,"
    return (f"transfer_slot() of slot {_sent(run)} to slot {run.receive_slot:#x} (info "
            f"{run.info:#x}), with {run.withheld:#x} withheld,")


def _sent(run: Struct) -> int:
    return run.info >> SLOT_SHIFT & SLOT_MASK


def _info(run: Struct) -> int:
    """What the receiver has to be told."""
    if not run.info & TRANSFER:
        return int(run.info)
    rest = run.info & ~(TRANSFER | SLOT_MASK << SLOT_SHIFT)
    if run.copy_error != NONE:
        return int(rest)
    return int(rest | TRANSFER | run.receive_slot << SLOT_SHIFT)


def _judge_transfer(run: Struct, receiver: int) -> None:
    what = _transfer(run)
    travels = bool(run.info & TRANSFER)
    if travels and run.copies == 0 and not 1 <= run.receive_slot <= SLOT_MASK:
        what += " when there is no such slot,"    # slots_copy() need not be asked
    else:
        expect_equal(f"{what} the number of calls of slots_copy()", run.copies, int(travels),
                     hint="Whether the copy is refused, slots_copy() decides." if travels else "")
        if travels:
            _judge_copy(what, run, receiver)
            what += f" when slots_copy() returns {error_text(run.copy_error)},"
    expected = _info(run)
    if run.result != expected:
        raise Failure(f"{what} returns the wrong info word", expected=_info_text(expected),
                      got=_info_text(run.result))
    if run.changed:
        raise Failure(f"{what} changes a thread, its slots or its buffer", expected="slots_copy() "
                      "does all that is to be done; the sender keeps its own")


def _info_text(info: int) -> str:
    flag = "with" if info & TRANSFER else "without"
    return f"{info:#x}: {flag} MESSAGE_TRANSFER, slot {info >> SLOT_SHIFT & SLOT_MASK}"


def _judge_copy(what: str, run: Struct, receiver: int) -> None:
    expected = RIGHTS_ALL & ~run.withheld
    if run.rights & RIGHTS_ALL != expected:
        raise Failure(f"{what} calls slots_copy() with the wrong rights",
                      expected=rights_text(ENDPOINT, expected),
                      got=rights_text(ENDPOINT, run.rights & RIGHTS_ALL))
    if run.thread != receiver:
        raise Failure(f"{what} calls slots_copy() for the wrong thread", expected="the receiver",
                      got=f"{run.thread:#x}")
    if run.number != run.receive_slot:
        raise Failure(f"{what} calls slots_copy() for the wrong slot of the receiver's",
                      expected=f"{run.receive_slot:#x}", got=f"{run.number:#x}")
    if run.from_slot != run.sender_slots + _sent(run) * SLOT_SIZE:
        raise Failure(f"{what} copies the wrong slot", expected=f"the sender's slot {_sent(run)}",
                      got=_slot_text(run))


def _slot_text(run: Struct) -> str:
    """What slots_copy() was told to copy. The two spaces overlap: first the likely mistake."""
    if run.from_slot == run.receiver_slots + _sent(run) * SLOT_SIZE:
        return f"the receiver's slot {_sent(run)}"
    number, odd = divmod(run.from_slot - run.sender_slots, SLOT_SIZE)
    if odd or not -SLOT_MASK <= number <= SLOT_MASK:
        return f"{run.from_slot:#x}"
    return f"the sender's slot {number}"


# --- fault_deliver ---

SEND, END, FOLLOW, LEAVE = 1, 2, 3, 4
DEEDS = {SEND: "fault_send", END: "fault_end_task", FOLLOW: "priority_follow", LEAVE: "sched_leave"}
PAGE_FAULT = 14
FETCHED, WRITTEN = 1 << 4, 1 << 1   # bits of a page fault's error code
READ, WRITE, EXECUTE = 1, 2, 4
ACCESSES = {READ: "MEMORY_READ", WRITE: "MEMORY_WRITE", EXECUTE: "MEMORY_EXECUTE"}
EXCEPTION = 0x100           # FAULT_EXCEPTION


def judge_deliveries(snapshot: Snapshot) -> str:
    """See history.Judge."""
    thread = snapshot.kernel.guest_delivery_thread
    for run in Copied(snapshot, "guest_deliveries").view:
        if not run.begun:
            return ""
        what = _exception(run)
        if not run.finished:
            return what
        if run.faulted:
            raise Failure(f"{what} makes an exception itself, vector {run.caught.vector}",
                          got=f"at {snapshot.place(run.caught.rip)}")
        _judge_delivery(what, run, address_of(thread), address_of(thread.context))
    return ""


def _exception(run: Struct) -> str:
    if run.saved.vector == PAGE_FAULT:
        return f"fault_deliver() of a page fault (error code {run.saved.error:#x})"
    return f"fault_deliver() of vector {run.saved.vector} (error code {run.saved.error:#x})"


def _words(run: Struct) -> tuple[int, int]:
    """What the handler has to be told."""
    error = run.saved.error
    if run.saved.vector != PAGE_FAULT:
        return error, EXCEPTION | run.saved.vector
    return run.address, EXECUTE if error & FETCHED else WRITE if error & WRITTEN else READ


def _words_text(first: int, second: int) -> str:
    """Words 0 and 1, with what the handler takes the latter for."""
    if second & ~0xFF == EXCEPTION:
        return f"{first:#x}, {second:#x}: FAULT_EXCEPTION and vector {second & 0xFF}"
    return f"{first:#x}, {second:#x}" + (f": {ACCESSES[second]}" if second in ACCESSES else "")


def _judge_delivery(what: str, run: Struct, thread: int, context: int) -> None:
    deeds = [(run.deeds[place], run.subjects[place]) for place in range(run.deed_count)]
    expected = [(SEND, thread), (FOLLOW, thread), (LEAVE, 0)]
    if run.send_error != NONE:
        expected = [(SEND, thread), (END, context)]
    asked = [deed for deed, _ in deeds].count(SEND)
    if asked == 1 and (got := tuple(run.words)) != _words(run):
        raise Failure(f"{what} tells the handler the wrong words",
                      expected=_words_text(*_words(run)), got=_words_text(*got))
    if run.returned:
        raise Failure(f"{what} returns", expected=_deeds(expected, thread, context),
                      got=_deeds(deeds, thread, context))
    if deeds != expected:
        when = f"when fault_send() returns {error_text(run.send_error)}"
        raise Failure(f"{what} does the wrong things {when}",
                      expected=_deeds(expected, thread, context),
                      got=_deeds(deeds, thread, context))
    if run.changed:
        raise Failure(f"{what} changes the program's registers", expected="left as they were")


def _deeds(deeds: list[tuple[int, int]], thread: int, context: int) -> str:
    """In words. A thread begins with its registers: the two have the same address."""
    texts = []
    for deed, subject in deeds:
        known = {thread: "sched.current"} if deed in (SEND, FOLLOW) else {context: "saved", 0: ""}
        texts.append(f"{DEEDS.get(deed, deed)}({known.get(subject, hex(subject))})")
    return ", ".join(texts) or "nothing"
