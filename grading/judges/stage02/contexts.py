"""A thread's registers, made and loaded (guest/02-tasks/contexts.c)."""

from __future__ import annotations

from typing import Iterator

from grader.expect import Failure
from grader.image.views import Struct, fields
from grader.snapshot import Snapshot
from .history import finished, words

ROUNDS = 32                 # in guest/02-tasks/contexts.c
KERNEL_CODE, KERNEL_DATA = 0x08, 0x10
FIRST_FLAGS = 0x202         # IF and bit 1
FLAG_NAMES = {0: "CF", 2: "PF", 4: "AF", 6: "ZF", 7: "SF", 9: "IF", 10: "DF", 11: "OF",
              12: "IOPL bit 0", 13: "IOPL bit 1", 18: "AC", 21: "ID"}
NOT_LOADED = ("vector", "error")
EXCEPTIONS = {0: "divide error", 6: "invalid opcode", 8: "double fault", 12: "stack-segment fault",
              13: "general protection", 14: "page fault"}

WHY = {
    "rip": "the function",
    "rdi": "the first argument",
    "rsi": "the second argument",
    "cs": "KERNEL_CODE_SELECTOR",
    "ss": "KERNEL_DATA_SELECTOR",
    "rflags": "IF and the bit that is always 1, no other",
    "rsp": "stack_end - 8, as if a call had just pushed a return address",
}
NOTHING = "0: nothing of the control block's former owner may be left"


# --- context_init ---

def judge_init(snapshot: Snapshot) -> str:
    """All 22 fields of each context, and what lies around it; see history.Judge."""
    for number, made in enumerate(snapshot.kernel.guest_init_rounds):
        what = f"context_init, call {number + 1}"
        if not made.finished:
            return f"{what}," if made.begun else ""
        _judge_made(what, made)
    return ""


def contexts_made(snapshot: Snapshot) -> int:
    """The calls that came to an end."""
    return finished(snapshot.kernel.guest_init_rounds)


def _judge_made(what: str, made: Struct) -> None:
    expected = {"rip": made.function, "rdi": made.first, "rsi": made.second, "cs": KERNEL_CODE,
                "ss": KERNEL_DATA, "rflags": FIRST_FLAGS, "rsp": made.stack_end - 8}
    garbage = fields(made.garbage.context)
    got = fields(made.after.context)
    # The fields that say something first: a context that is all garbage is told by its rip.
    for name in [*expected, *(name for name in got if name not in expected)]:
        should = expected.get(name, 0)
        if got[name] != should:
            note = ", which stood there before" if got[name] == garbage[name] else \
                _same_as(got[name], expected)
            raise Failure(f"{what}: {name} is wrong",
                          expected=f"{should:#x} ({WHY[name]})" if name in WHY else NOTHING,
                          got=f"{got[name]:#x}{note}",
                          around=[f"function {made.function:#x}, stack_end {made.stack_end:#x}",
                                  f"first {made.first:#x}, second {made.second:#x}"])
    _judge_first_stack(what, made)
    _judge_room(what, made.garbage, made.after)


def _same_as(value: int, expected: dict[str, int]) -> str:
    """A remark on a value that belongs to another field."""
    owner = next((name for name, other in expected.items() if other == value), None)
    return f", which belongs into {owner}" if owner else ""


def _judge_first_stack(what: str, made: Struct) -> None:
    """The stack's last word is 0; what is above is not the stack's."""
    after, before = words(made.stack_after.raw()), words(made.stack_garbage.raw())
    last = (made.stack_end - made.stack_start) // 8 - 1
    if after[last] != 0:
        raise Failure(f"{what}: the word at rsp is wrong", got=f"{after[last]:#x}",
                      expected="0, where a return address would stand: nobody has called")
    if after[last + 1:] != before[last + 1:]:
        raise Failure(f"{what}: memory behind the stack has changed",
                      expected=f"nothing written at stack_end ({made.stack_end:#x}) or above",
                      got="another value there")


def _judge_room(what: str, before: Struct, after: Struct) -> None:
    """The words beside the context."""
    for side in ("before", "behind"):
        if getattr(before, side).raw() != getattr(after, side).raw():
            raise Failure(f"{what}: the memory {side} the context has changed",
                          expected="only the context's own 176 bytes written",
                          got=f"another value {side} them")


# --- context_restore ---

def judge_restore(snapshot: Snapshot) -> str:
    """The registers that each context led to."""
    for number, run in enumerate(snapshot.kernel.guest_restore_rounds):
        what = f"context_restore, call {number + 1}"
        if not run.begun:
            return ""
        if run.faulted:
            raise _fault(what, run, snapshot)
        if not run.arrived:
            return f"{what},"
        _judge_loaded(what, run)
        _judge_untouched(what, run)
    return ""


def contexts_loaded(snapshot: Snapshot) -> int:
    """The calls that led to where they should."""
    return finished(snapshot.kernel.guest_restore_rounds, "arrived")


def _fault(what: str, run: Struct, snapshot: Snapshot) -> Failure:
    caught = run.caught
    name = EXCEPTIONS.get(caught.vector, "exception")
    at = f" (address {caught.address:#x})" if caught.vector == 14 else ""
    return Failure(f"{what} did not lead to the saved rip",
                   expected=f"to go on at {run.before.context.rip:#x}, the context's rip",
                   got=f"{name}, vector {caught.vector}{at}, raised at "
                       f"{snapshot.place(caught.rip)}",
                   hint=_popped_wrong(caught.rip, run.before.context, snapshot))


def _popped_wrong(rip: int, context: Struct, snapshot: Snapshot) -> str:
    """What may have gone wrong, by where the exception was raised."""
    names = [name for name, value in fields(context).items() if value == rip and name != "rip"]
    if names:
        return f"the CPU took the context's {names[0]} for rip"
    function = snapshot.image.symbols.function_at(rip) or ""
    if function.partition("+")[0].partition(".")[0] == "context_restore":
        return ("if that is the iretq: it wants RSP at the context's rip, with cs, rflags, rsp and "
                "ss above it")
    return ""


def _judge_loaded(what: str, run: Struct) -> None:
    saved, got = fields(run.before.context), fields(run.got)
    wrong = [name for name in saved if name not in NOT_LOADED and got[name] != saved[name]]
    if not wrong:
        return
    name = wrong[0]
    owner = next((other for other in saved if saved[other] == got[name]), None)
    note = f", which is the saved {owner}" if owner else ""
    others = [f"wrong too: {', '.join(wrong[1:])}"] if wrong[1:] else []
    if name == "rflags":
        note = f": {', '.join(_flags(saved[name], got[name]))}"
    raise Failure(f"{what}: {name} was not loaded as it was saved",
                  expected=f"{saved[name]:#x}", got=f"{got[name]:#x}{note}", around=others)


def _flags(saved: int, got: int) -> Iterator[str]:
    for bit, name in FLAG_NAMES.items():
        if (saved ^ got) >> bit & 1:
            yield f"{name} is {got >> bit & 1} instead of {saved >> bit & 1}"


def _judge_untouched(what: str, run: Struct) -> None:
    """The context and the stack that it leads to are only read."""
    before, after = fields(run.before.context), fields(run.after.context)
    for name, value in before.items():
        if after[name] != value:
            raise Failure(f"{what}: the context was written to; its {name} has changed",
                          expected=f"{value:#x}, as it was", got=f"{after[name]:#x}")
    _judge_room(what, run.before, run.after)
    top = (run.before.context.rsp - run.stack_start) // 8
    if words(run.stack_before.raw())[top:] != words(run.stack_after.raw())[top:]:
        raise Failure(f"{what}: the stack that rsp leads to was written to",
                      expected="what is on the interrupted stack unchanged",
                      got="another value at or above the saved rsp")
