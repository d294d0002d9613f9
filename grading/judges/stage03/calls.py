"""System calls on their way in and out (guest/03-syscalls/entry.c, exit.c)."""

from __future__ import annotations

from typing import Any, Callable, Iterable

from grader.expect import Failure, expect, listed
from grader.image.views import Struct, address_of
from grader.invariants.descriptors import CONTEXT_SIZE
from grader.snapshot import Snapshot
from judges.stage02.contexts import EXCEPTIONS, FLAG_NAMES
from judges.stage02.history import finished

ROUNDS = 24             # in guest/03-syscalls/entry.c and exit.c
SYSCALL = 256           # CONTEXT_SYSCALL, the vector of a context that a call has saved
KEPT = ("rbx", "rbp", "r12", "r13", "r14", "r15")
SCRUBBED = ("rdi", "rsi", "r8", "r9", "r10")
GENERAL = ("rax", "rcx", "rdx", "r11", *KEPT, *SCRUBBED)
USER_CODE, USER_DATA = 0x33, 0x2B
COMPATIBILITY = 0x23    # what SYSRET loads into CS for 32-bit code
STACK_FAULT, PAGE_FAULT = 12, 14
WORD = 8
DEEPEST = 256           # bytes that an entry may have on the kernel's stack
BELOW = 256             # bytes below RSP that the program's stack would be used at
INTERRUPT_FLAG = 1 << 9

# Where each of syscall_enter()'s arguments comes from (System V ABI 3.2.3).
ARGUMENTS = {"rdi": ("rdi", "the first argument"), "rsi": ("rsi", "the second argument"),
             "rdx": ("rdx", "the third argument"),
             "rcx": ("r10", "the fourth argument, which came in r10"),
             "r8": ("rax", "the call's number, which came in rax")}
SAVED = {"rip": ("rcx", "where the program goes on, which came in rcx"),
         "rflags": ("r11", "the program's flags, which came in r11"),
         "rsp": ("rsp", "the program's stack pointer")}

JudgeRound = Callable[[str, Struct, Snapshot], None]


# --- syscall_entry ---

def judge_arguments(snapshot: Snapshot) -> str:
    """What arrived at syscall_enter(); see history.Judge."""
    return _each(snapshot.kernel.guest_entry_rounds, "syscall_entry", _judge_enter, snapshot)


def judge_saved(snapshot: Snapshot) -> str:
    """What was saved, and what went on to syscall_exit."""
    return _each(snapshot.kernel.guest_entry_rounds, "syscall_entry", _judge_through, snapshot)


def entries_made(snapshot: Snapshot) -> int:
    """The rounds that came to an end."""
    return finished(snapshot.kernel.guest_entry_rounds)


def _judge_enter(what: str, made: Struct, snapshot: Snapshot) -> None:
    _expect_entered(what, made, snapshot)
    enter, given = made.enter, made.registers
    for name, (source, why) in ARGUMENTS.items():
        got, should = getattr(enter, name), getattr(given, source)
        if got != should:
            raise Failure(f"{what}: {name} at syscall_enter() is wrong",
                          expected=f"{should:#x}, {why}",
                          got=f"{got:#x}{_same_as(got, given, source)}")
    _expect_kernel_stack(f"{what}: at syscall_enter()", enter.rsp, snapshot)
    expect((enter.rsp + WORD) % 16 == 0,
           f"{what}: the stack is not aligned for syscall_enter()",
           expected="RSP a multiple of 16 before the call (System V ABI 3.2.2)",
           got=f"{enter.rsp + WORD:#x}")
    expect(not enter.rflags & INTERRUPT_FLAG, f"{what}: interrupts are on in syscall_enter()",
           expected="IF 0, as SYSCALL has left it", got=f"RFLAGS {enter.rflags:#x}")
    _expect_stack_untouched(what, made)


def _expect_entered(what: str, made: Struct, snapshot: Snapshot) -> None:
    """syscall_enter() was called, once; and if not, why."""
    if made.enter.vector == 1:
        return
    if made.faulted:
        raise _fault(what, "did not get to syscall_enter()", made, snapshot)
    raise Failure(f"{what}: syscall_enter() was called {made.enter.vector} times", expected="once")


def _judge_through(what: str, made: Struct, snapshot: Snapshot) -> None:
    _expect_entered(what, made, snapshot)
    _judge_context(what, made)
    _expect_beside(what, made, snapshot)
    _expect_kept(f"{what}: at syscall_enter()", made.enter, made.registers)
    _expect_stack_untouched(what, made)
    if made.exit.vector != 1:
        if made.faulted:
            raise _fault(what, "did not get to syscall_exit", made, snapshot)
        raise Failure(f"{what} went on to syscall_exit {made.exit.vector} times", expected="once")
    for name in ("rax", "rdx"):
        got, should = getattr(made.exit, name), getattr(made.answer, name)
        expect(got == should, f"{what}: {name} at syscall_exit is wrong",
               expected=f"{should:#x}, as syscall_enter() returned it", got=f"{got:#x}")
    _expect_kept(f"{what}: at syscall_exit", made.exit, made.registers)


def _judge_context(what: str, made: Struct) -> None:
    """RIP, RFLAGS, RSP and the vector are in the thread's context."""
    before, after = made.before.thread.context, made.after.thread.context
    for name, (source, why) in SAVED.items():
        got, should = getattr(after, name), getattr(made.registers, source)
        if got != should:
            raise Failure(f"{what}: {name} in the current thread's context is wrong",
                          expected=f"{should:#x}, {why}",
                          got=_changed(got, getattr(before, name))
                          + _same_as(got, made.registers, source))
    expect(after.vector == SYSCALL, f"{what}: the context is not marked as saved by a system call",
           expected=f"vector {SYSCALL} (CONTEXT_SYSCALL)",
           got=_changed(after.vector, before.vector))


def _changed(got: int, before: int) -> str:
    return f"{got:#x}" + (", which stood there before" if got == before else "")


# --- syscall_exit ---

def judge_return(snapshot: Snapshot) -> str:
    """The registers that a program goes on with."""
    return _each(snapshot.kernel.guest_return_rounds, "syscall_exit", _judge_landing, snapshot)


def judge_put_away(snapshot: Snapshot) -> str:
    """The context of a thread that does not go on."""
    return _each(snapshot.kernel.guest_away_rounds, "syscall_exit", _judge_away, snapshot)


def returns_made(snapshot: Snapshot) -> int:
    """The rounds of judge_return() that came to an end."""
    return finished(snapshot.kernel.guest_return_rounds)


def put_away_made(snapshot: Snapshot) -> int:
    """The rounds of judge_put_away() that came to an end."""
    return finished(snapshot.kernel.guest_away_rounds)


def _judge_landing(what: str, made: Struct, snapshot: Snapshot) -> None:
    what = f"{what} (the thread is RUNNING)"
    saved, landing = made.before.thread.context, made.landing
    expect(not made.leave.vector, f"{what} called sched_leave()",
           expected="a return to the program at once", got="sched_leave(), as if it had to wait")
    if landing.vector != 1:
        if made.faulted:
            raise _fault(what, "did not return to the program", made, snapshot)
        raise Failure(f"{what} did not return to the program",
                      expected=f"to go on at {saved.rip:#x}")
    _expect_user_segments(what, landing)
    for name, should in (("rip", saved.rip), ("rsp", saved.rsp), ("rflags", saved.rflags)):
        got = getattr(landing, name)
        expect(got == should, f"{what}: the program's {name} is wrong",
               expected=f"{should:#x}, as it was saved",
               got=f"{got:#x}{_flag_words(should, got) if name == 'rflags' else ''}")
    _expect_results(what, landing, made.registers, "the program's")
    for name, should in (("rcx", saved.rip), ("r11", saved.rflags)):
        got = getattr(landing, name)
        expect(got == should, f"{what}: the program's {name} is wrong",
               expected=f"{should:#x}, from where SYSRET takes the program's "
                        f"{'rip' if name == 'rcx' else 'rflags'}", got=f"{got:#x}")


def _expect_user_segments(what: str, landing: Struct) -> None:
    hint = "SYSRET without a 64-bit operand size (o64) returns to 32-bit code" \
        if landing.cs == COMPATIBILITY else ""
    for name, should in (("cs", USER_CODE), ("ss", USER_DATA)):
        got = getattr(landing, name)
        expect(got == should, f"{what}: the program goes on with the wrong {name}",
               expected=f"{should:#x}", got=f"{got:#x}", hint=hint)


def _expect_results(what: str, got: Struct, given: Struct, whose: str) -> None:
    """The result, the registers that a call keeps, and those that come back 0."""
    for name in ("rax", "rdx"):
        value, should = getattr(got, name), getattr(given, name)
        expect(value == should, f"{what}: {whose} {name} is wrong",
               expected=f"{should:#x}, the call's result", got=f"{value:#x}")
    for name in KEPT:
        value, should = getattr(got, name), getattr(given, name)
        expect(value == should, f"{what}: {whose} {name} is wrong",
               expected=f"{should:#x}, as the program had it", got=f"{value:#x}")
    for name in SCRUBBED:
        value = getattr(got, name)
        note = ", what C has left there" if value == getattr(given, name) else ""
        expect(value == 0, f"{what}: {whose} {name} is wrong",
               expected="0: nothing of the kernel may show", got=f"{value:#x}{note}")


def _judge_away(what: str, made: Struct, snapshot: Snapshot) -> None:
    state = made.before.thread.state.name.removeprefix("THREAD_")
    what = f"{what} (the thread is {state})"
    expect(not made.landing.vector, f"{what} returned to the program",
           expected=f"sched_leave(): a thread that is {state} does not go on",
           got="the program runs on")
    if made.leave.vector != 1:
        if made.faulted:
            raise _fault(what, "did not get to sched_leave()", made, snapshot)
        raise Failure(f"{what} did not call sched_leave()")
    before, after = made.before.thread.context, made.after.thread.context
    for name in ("rip", "rflags", "rsp", "vector"):
        should, got = getattr(before, name), getattr(after, name)
        expect(got == should, f"{what}: {name} in the thread's context has changed",
               expected=f"{should:#x}, as syscall_entry has saved it", got=f"{got:#x}")
    _expect_results(what, after, made.registers, "the context's")
    _expect_beside(what, made, snapshot)
    expect(not made.leave.rflags & INTERRUPT_FLAG, f"{what}: interrupts are on in sched_leave()",
           expected="IF 0", got=f"RFLAGS {made.leave.rflags:#x}")


# --- both ---

def _each(rounds: Iterable[Any], function: str, judge: JudgeRound, snapshot: Snapshot) -> str:
    for number, made in enumerate(rounds):
        what = f"{function}, call {number + 1}"
        if not made.finished:
            return f"{what}," if made.begun else ""
        judge(what, made, snapshot)
    return ""


def _expect_kept(what: str, got: Struct, given: Struct) -> None:
    wrong = [name for name in KEPT if getattr(got, name) != getattr(given, name)]
    if wrong:
        raise Failure(f"{what}: {listed(wrong)} not as the program had it",
                      expected=f"{wrong[0]} {getattr(given, wrong[0]):#x}, untouched",
                      got=f"{getattr(got, wrong[0]):#x}")


def _expect_beside(what: str, made: Struct, snapshot: Snapshot) -> None:
    """Of the thread nothing but its context, which comes first, has changed; and nothing around."""
    size = address_of(made.after) - address_of(made.before)
    before, after = (snapshot.memory.read(address_of(room), size)
                     for room in (made.before, made.after))
    first = address_of(made.before.thread) - address_of(made.before)
    for at in range(0, size, WORD):
        if not first <= at < first + CONTEXT_SIZE and before[at:at + WORD] != after[at:at + WORD]:
            raise Failure(f"{what}: something outside the context was written to",
                          expected="only fields of the current thread's context written",
                          got=f"a change {at - first} bytes from the thread's beginning")


def _expect_stack_untouched(what: str, made: Struct) -> None:
    if made.stack_before.raw() != made.stack_after.raw():
        raise Failure(f"{what}: the program's stack was written to",
                      expected="not one word written through the RSP of a program",
                      got=f"another word near {made.registers.rsp:#x}")


def _expect_kernel_stack(what: str, rsp: int, snapshot: Snapshot) -> None:
    stack = next(span for span in snapshot.kernel.kernel_stacks if span.name.text() == "kernel")
    expect(stack.end - DEEPEST <= rsp < stack.end, f"{what} RSP is wrong",
           expected=f"the end of the kernel's stack (kernel_stack_end, {stack.end:#x})",
           got=f"{rsp:#x}")


def _fault(what: str, instead: str, made: Struct, snapshot: Snapshot) -> Failure:
    caught = made.caught
    name = EXCEPTIONS.get(caught.vector, "exception")
    at = f" at {caught.address:#x}" if caught.vector == PAGE_FAULT else ""
    near = caught.vector == PAGE_FAULT and \
        (made.registers.rsp + WORD - caught.address) % 2**64 <= BELOW or \
        caught.vector == STACK_FAULT
    hint = "it has used the program's stack pointer, which may be anything" if near else ""
    return Failure(f"{what} {instead}", expected="no exception on the way",
                   got=f"{name}, vector {caught.vector}{at}, raised at "
                       f"{snapshot.place(caught.rip)}", hint=hint)


def _same_as(value: int, given: Struct, but: str) -> str:
    """A remark on a value that is another register's."""
    owner = next((name for name in (*GENERAL, "rsp") if name != but
                  and getattr(given, name) == value), None)
    return f", which is the program's {owner}" if owner else ""


def _flag_words(saved: int, got: int) -> str:
    names = [f"{name} is {got >> bit & 1} instead of {saved >> bit & 1}"
             for bit, name in {**FLAG_NAMES, 14: "NT"}.items() if (saved ^ got) >> bit & 1]
    return f": {', '.join(names)}" if names else ""
