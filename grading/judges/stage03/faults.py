"""Tasks that end by an exception, as fault_end_task() ends them (guest/03-syscalls/fault.c)."""

from __future__ import annotations

from grader.expect import Failure, expect
from grader.image.views import Struct
from grader.snapshot import Snapshot
from judges.stage02.history import finished

ROUNDS = 24                 # in guest/03-syscalls/fault.c
STATUS = (1 << 64) - 1      # FAULT_STATUS, -1
HALF = 1 << 63


def judge_faults(snapshot: Snapshot) -> str:
    """What was printed and done for each exception; see history.Judge."""
    for number, made in enumerate(snapshot.kernel.guest_fault_rounds):
        what = f"fault_end_task(), call {number + 1} (vector {made.saved.vector})"
        if not made.finished:
            return f"{what}," if made.begun else ""
        _judge_line(what, made)
        _judge_end(what, made, snapshot)
    return ""


def faults_made(snapshot: Snapshot) -> int:
    """The exceptions that were dealt with."""
    return finished(snapshot.kernel.guest_fault_rounds)


def fault_line(name: str, rip: int, words: str) -> str:
    """The line that says why a task ends."""
    return f"[fault] {name}: at {rip:016x}, {words}; the task ends"


def _judge_line(what: str, made: Struct) -> None:
    expected = fault_line(made.name.text(), made.saved.rip, made.words.text())
    got = made.line.text()
    if got != expected + "\n":
        raise Failure(f"{what}: the line is wrong", expected=expected,
                      got=got.removesuffix("\n") or "nothing was printed",
                      hint="" if got.endswith("\n") or not got else "its end (\\n) is missing")


def _judge_end(what: str, made: Struct, snapshot: Snapshot) -> None:
    if made.faulted:
        raise Failure(f"{what} made an exception itself, vector {made.caught.vector}",
                      got=f"at {snapshot.place(made.caught.rip)}")
    expect(made.ends == 1, f"{what}: program_end() was called {made.ends} times",
           expected="once, before the kernel is left")
    expect(made.ended == made.thread, f"{what}: the wrong task was ended",
           expected=f"sched.current, {made.thread:#x}", got=f"{made.ended:#x}")
    expect(made.status == STATUS, f"{what}: the exit status is wrong",
           expected="-1 (FAULT_STATUS)", got=str(made.status - (made.status // HALF << 64)))
    expect(made.length_at_end == made.line_length, f"{what}: the line was not printed first",
           expected="the line, then program_end(): with the first task the machine stops there",
           got=f"{made.length_at_end} of {made.line_length} characters printed at the end")
    expect(made.leaves == 1, f"{what} did not leave the kernel", expected="sched_leave() called",
           got="a return to the caller")
