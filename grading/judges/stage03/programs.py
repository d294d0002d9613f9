"""What user programs of the tests find out, and what the machine looks like around them
(guest/03-syscalls/programs/)."""

from __future__ import annotations

import re
import struct
from typing import Any, Sequence

from grader.expect import Failure, expect, expect_equal, listed
from grader.program_boot import ProgramBoot
from grader.snapshot import Snapshot
from grader.splitmix import MASK, SplitMix64
from grader.threads import current_thread, label, runs_program, threads_of
from .calls import KEPT, SCRUBBED, USER_CODE

UNKNOWN_CALL = 7
NUMBERS = 60                # in numbers.c
CULPRITS, BYSTANDER_ROUNDS = 24, 400        # in faults.c
LOAD_ROUNDS, LOAD_MOMENTS = 2, 3            # in load.c
KEEPER_ROUNDS, FUZZER_ROUNDS, SPINS = 150, 1500, 700_000
FAULTED = -1                # FAULT_STATUS
INTERRUPT_FLAG = 1 << 9
# The error of each kind of hostile call of fuzzer.c: ERROR_UNKNOWN_CALL; of console_write() and
# task_start(), ERROR_BAD_ADDRESS and ERROR_INVALID_ARGUMENT; of task_join(), ERROR_NO_THREAD and
# ERROR_INVALID_ARGUMENT.
FUZZER_ERRORS = (7, 7, 8, 1, 8, 1, 4, 1)
GIVEN = ("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13",
         "r14", "r15", "rflags", "rsp_before", "rsp")   # struct guest_registers of keeper.c

# enum crime: the function at fault, and what the kernel has to call it.
CRIMES = (("commit_privileged", "general protection"), ("commit_divide", "divide error"),
          ("commit_invalid", "invalid opcode"), ("commit_breakpoint", ""),
          ("commit_read_kernel", "page fault"), ("commit_write_text", "page fault"),
          ("", "page fault"), ("commit_not_canonical", "general protection"),
          ("commit_step", "debug exception"), ("commit_port", "general protection"))
FAULT = re.compile(r"\[fault\] culprit: at ([0-9a-f]{16}), (.*); the task ends")


# --- numbers.c ---

def judge_numbers(boot: ProgramBoot) -> None:
    """Numbers without a call are refused, and the calls there are go on working."""
    for key in ("number", "error", "value", "self"):
        expect_equal(f'the number of reports "{key}"', len(boot.values(key)), NUMBERS)
    for number, error, value in zip(*map(boot.values, ("number", "error", "value"))):
        expect((error, value) == (UNKNOWN_CALL, 0),
               f"the system call of number {int(number):#x} is answered wrongly",
               expected="error 7 (ERROR_UNKNOWN_CALL), value 0",
               got=f"error {error}, value {int(value):#x}")
    names = set(boot.values("self"))
    expect(len(names) == 1, "task_self() gives one task several names", got=repr(sorted(names)))


def expect_self(boot: ProgramBoot, snapshot: Snapshot) -> None:
    """task_self() names the task that has called it."""
    thread = current_thread(snapshot)
    if thread is not None:
        expect_equal("the result of task_self()", boot.values("self")[0], thread.id.number)


# --- faults.c ---

def chosen_crimes(random: SplitMix64, count: int) -> list[int]:
    """What the next culprits do."""
    return [random.below(len(CRIMES)) for _ in range(count)]


def judge_culprits(boot: ProgramBoot, crimes: Sequence[int], snapshot: Snapshot) -> None:
    """Each has ended with a line on the console, and with the status that says so."""
    expect_equal("what the culprits report that the kernel lets live on",
                 boot.program("culprit").values("alive"), [])
    expect_equal("the errors of task_start() for the culprits", boot.values("start-error"),
                 [0] * len(crimes))
    expect_equal("the errors of task_join() for the culprits", boot.values("join-error"),
                 [0] * len(crimes))
    expect_equal("the exit statuses of the culprits", boot.values("status"),
                 [FAULTED] * len(crimes))
    judge_fault_lines(boot, crimes, snapshot)


def judge_fault_lines(boot: ProgramBoot, crimes: Sequence[int], snapshot: Snapshot) -> None:
    """A line for each culprit, in their order."""
    lines = [line for line in boot.serial if line.startswith("[fault]")]
    expect_equal("the number of lines that begin with [fault]", len(lines), len(crimes))
    for line, crime in zip(lines, crimes):
        function, words = CRIMES[crime]
        found = FAULT.fullmatch(line)
        expect(found is not None, "a line about a task's end has the wrong form", got=line,
               expected="[fault] culprit: at 16 digits, WHAT; the task ends")
        assert found
        expect(words in found.group(2), "a line about a task's end tells the wrong exception",
               expected=words, got=line)
        at = snapshot.programs["culprit"].symbols.function_at(int(found.group(1), 16)) or ""
        expect(not function or at.partition("+")[0] == function,
               "a line about a task's end has the wrong address",
               expected=f"an address in {function}()", got=f"{line}: {at or 'no function'}")


def bystander_status(seed: int) -> int:
    """What bystander.c ends with."""
    random = SplitMix64(seed)
    return sum(random.next() for _ in range(BYSTANDER_ROUNDS)) & MASK


# --- load.c ---

def fuzzer_status(seed: int) -> int:
    """What fuzzer.c ends with, if each of its calls is answered as it has to be."""
    random = SplitMix64(seed)
    total = 0
    for _ in range(FUZZER_ROUNDS):
        kind = random.below(len(FUZZER_ERRORS))
        for _ in range(3):      # which pointer, its value, a number
            random.next()
        total = (total * 31 + FUZZER_ERRORS[kind]) & MASK
    return total


def keeper_status(seed: int) -> int:
    """What keeper.c ends with, if no register was wrong."""
    random = SplitMix64(seed)
    for _ in range(KEEPER_ROUNDS):
        for _ in GIVEN:
            random.next()
        if random.below(5) == 1:    # sleeps: how long
            random.next()
    return random.next()


def judge_load(boot: ProgramBoot) -> None:
    """All programs came to their ends with the statuses that follow from their seeds."""
    _judge_registers(boot)
    programs = {"fuzzer": fuzzer_status, "fuzzer_2": fuzzer_status, "fuzzer_3": fuzzer_status,
                "keeper": keeper_status}
    for name, status in programs.items():
        expect_equal(f"the exit statuses of {name}, which tell how its system calls were answered,",
                     boot.values(name), [status(boot.program(name).seed)] * LOAD_ROUNDS)
    expect_equal("the exit statuses of spinner", boot.values("spinner"), [SPINS] * LOAD_ROUNDS)
    culprits = LOAD_ROUNDS * LOAD_MOMENTS
    expect_equal("the exit statuses of the culprits", boot.values("culprit"),
                 [FAULTED & MASK] * culprits)
    count = len(boot.values("join-error"))
    expect_equal("the errors of task_start()", set(boot.values("start-error")), {0})
    expect_equal("the errors of task_join()", boot.values("join-error"), [0] * count)


def _judge_registers(boot: ProgramBoot) -> None:
    """The first registers that keeper has found wrong, if there are any."""
    keeper = boot.program("keeper")
    if not keeper.values("wrong-after-call"):
        return
    given, found = (dict(zip(GIVEN, struct.unpack(f"<{len(GIVEN)}Q", bytes(keeper.values(key)[0]))))
                    for key in ("given", "found"))
    wrong = [name for name in (*KEPT, "rflags") if given[name] != found[name]] + \
        [name for name in SCRUBBED if found[name]] + \
        (["rsp"] if found["rsp"] != found["rsp_before"] else [])
    raise Failure("a program's registers are wrong behind system call "
                  f"{keeper.values('wrong-after-call')[0]}: {listed(wrong)}",
                  expected="RBX, RBP, RSP, R12 to R15 and the flags kept, RDI, RSI, R8, R9, R10 0",
                  got=", ".join(f"{name} {found[name]:#x}" for name in wrong))


def interrupted_program(at_tick: Snapshot) -> bool:
    """Whether a timer interrupt has found a program; fails when that does not run as it has to."""
    thread = current_thread(at_tick)
    if thread is None or not runs_program(thread, at_tick):
        return False
    context = thread.context
    expect(context.cs == USER_CODE and bool(context.rflags & INTERRUPT_FLAG),
           f"{label(thread)} does not run in user mode with interrupts on",
           expected=f"cs {USER_CODE:#x}, IF set",
           got=f"cs {context.cs:#x}, rflags {context.rflags:#x}, at "
               f"{at_tick.place(context.rip, thread.name.text())}")
    return True


def expect_cleared(after: Snapshot, free_before: int) -> None:
    """All that the ended programs had has been given back."""
    current = current_thread(after)
    kept = [f"{thread.name.text()} ({thread.state.name})" for thread in threads_of(after)
            if runs_program(thread, after) and not _is(thread, current)]
    expect(not kept, "tasks are left when all have been joined", expected="the first one only",
           got=", ".join(kept))
    expect_frames(after, free_before)


def expect_frames(after: Snapshot, free_before: int) -> None:
    """As many frames are free as before."""
    free = after.kernel.frames.free_count
    expect(free == free_before, "frames are lost when programs have ended",
           expected=f"{free_before} free frames, as before", got=str(free))


def _is(thread: Any, other: Any) -> bool:
    return other is not None and thread.id.number == other.id.number
