"""System calls by their numbers (guest/03-syscalls/dispatch.c)."""

from __future__ import annotations

from grader.expect import Failure
from grader.image.views import Struct
from grader.snapshot import Snapshot
from judges.stage02.history import finished

ROUNDS = 400                # in guest/03-syscalls/dispatch.c
NOBODY = (1 << 64) - 1      # no function was called
NO_CALL = (7, 0)            # ERROR_UNKNOWN_CALL and 0
ORDINALS = ("first", "second", "third", "fourth")


def judge_dispatch(snapshot: Snapshot) -> str:
    """Which function each number led to; see history.Judge."""
    for number, made in enumerate(snapshot.kernel.guest_dispatch_rounds):
        what = f"syscall_enter(), call {number + 1}: number {made.number} " \
               f"({made.number:#x}), call_table_size {made.table_size}"
        if not made.finished:
            return f"{what}," if made.begun else ""
        if made.faulted:
            raise Failure(f"{what}: an exception, vector {made.caught.vector}",
                          expected="a function called, or the number refused",
                          got=f"it was raised at {snapshot.place(made.caught.rip)}")
        _judge_function(what, made)
        _judge_result(what, made)
    return ""


def calls_made(snapshot: Snapshot) -> int:
    """The calls that came to an end."""
    return finished(snapshot.kernel.guest_dispatch_rounds)


def _judge_function(what: str, made: Struct) -> None:
    there = made.number < made.table_size
    if not there and made.called != NOBODY:
        raise Failure(f"{what}: a function was called", expected="none: there is no such call",
                      got=f"the one at place {made.called} of the memory from call_table on")
    if there and made.called != made.number:
        raise Failure(f"{what}: the wrong function was called",
                      expected=f"call_table[{made.number}]",
                      got="none" if made.called == NOBODY else f"call_table[{made.called}]")
    if there:
        for which, got, should in zip(ORDINALS, made.arrived, made.arguments):
            if got != should:
                raise Failure(f"{what}: the {which} argument did not arrive",
                              expected=f"{should:#x}", got=f"{got:#x}")


def _judge_result(what: str, made: Struct) -> None:
    there = made.number < made.table_size
    should = (made.given.error, made.given.value) if there else NO_CALL
    got = (made.result.error, made.result.value)
    if got != should:
        names = "what the function returned" if there else "ERROR_UNKNOWN_CALL and 0"
        raise Failure(f"{what}: the result is wrong",
                      expected=f"error {should[0]:#x}, value {should[1]:#x}: {names}",
                      got=f"error {got[0]:#x}, value {got[1]:#x}")
