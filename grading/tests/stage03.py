"""Tests of stage 03: system calls, user pointers, programs, their exceptions.

Most tests run inside the kernel, in the place of sched_start(), and put functions of their own
between the exercise and its surroundings: so they judge it alone, also while the others are still
blank. Those with programs show that the parts work together.
"""

from __future__ import annotations

from grader.api import (End, Failure, Limits, ProgramBoot, Run, check_invariants, expect,
                        expect_equal, test)
from judges.stage02.history import judge_history
from judges.stage03 import calls, checks, dispatch, faults, msrs, programs, segments

LIMITS = Limits(instructions=600_000_000, seconds=20)    # a good kernel needs a tenth of it
SMALL = 16              # MB
CHANGING = ("queues", "threads", "frames", "user mode")  # the checks of what programs change
TICKS_OF_A_MOMENT = 2   # timer interrupts that are looked at


# --- syscall-init ---

@test(id="syscall-init", exercise="syscall-init", points=6, section="exercise-syscall-init",
      title="What the CPU is told about system calls",
      shows="STAR, LSTAR and SFMASK hold the right segments, address and flags, and of EFER "
            "nothing but SCE has changed.")
def syscall_init(run: Run) -> None:
    """The registers, which held garbage before."""
    boot = run.boot(memory_mb=SMALL, limits=LIMITS)
    try:
        snapshot = boot.until("done")
    except Failure as failure:
        lost = boot.end is End.TRIPLE_FAULT and msrs.lost_protection(boot.snapshot().registers)
        raise lost or failure
    msrs.judge_msrs(snapshot, snapshot.image.symbols.address("syscall_entry"))
    boot.finish()


@test(id="syscall-flags", exercise="syscall-init", points=4, section="exercise-syscall-init",
      title="A program's flags stay outside",
      shows="A program that sets every flag it can gets into the kernel without them.")
def syscall_flags(run: Run) -> None:
    """The machine at the first instruction of syscall_entry."""
    boot = run.boot_programs("flags", limits=LIMITS)
    try:
        snapshot = boot.until_symbol("syscall_entry")
    except Failure as failure:
        stopped = boot.snapshot()
        raise msrs.stepped_in(stopped, stopped.image.symbols.address("syscall_entry")) or failure
    flags = snapshot.variables_of(snapshot.kernel.sched.current).guest_flags
    behind = snapshot.programs["flags"].symbols.address("guest_flags_behind")
    msrs.judge_entry_flags(snapshot, flags, behind)


# --- syscall-entry ---

@test(id="entry-arguments", exercise="syscall-entry", points=8, section="exercise-syscall-entry",
      title="From SYSCALL to C",
      shows="Number and arguments arrive at syscall_enter(), on the end of the kernel's stack, "
            "whatever the program's stack pointer is.")
def entry_arguments(run: Run) -> None:
    """Random registers at syscall_entry."""
    judge_history(run.boot("syscall_entry", memory_mb=SMALL, limits=LIMITS),
                  calls.judge_arguments, calls.entries_made, calls.ROUNDS)


@test(id="entry-saved", exercise="syscall-entry", points=7, section="exercise-syscall-entry",
      title="What an entry saves, and what it leaves alone",
      shows="RIP, RFLAGS, RSP and the vector are in the current thread's context, nothing else has "
            "changed, and the result gets to syscall_exit.")
def entry_saved(run: Run) -> None:
    """Other random registers."""
    judge_history(run.boot("syscall_entry", memory_mb=SMALL, limits=LIMITS),
                  calls.judge_saved, calls.entries_made, calls.ROUNDS)


# --- syscall-exit ---

@test(id="exit-return", exercise="syscall-exit", points=8, section="exercise-syscall-exit",
      title="Back to the program",
      shows="The program goes on where it was, with its registers, flags and stack, the result, "
            "and nothing of the kernel's.")
def exit_return(run: Run) -> None:
    """Random registers and contexts of a thread that is RUNNING."""
    judge_history(run.boot("syscall_return", memory_mb=SMALL, limits=LIMITS),
                  calls.judge_return, calls.returns_made, calls.ROUNDS)


@test(id="exit-put-away", exercise="syscall-exit", points=7, section="exercise-syscall-exit",
      title="A thread that has to wait",
      shows="What a call keeps and gives back is in the thread's context when another one is to "
            "run.")
def exit_put_away(run: Run) -> None:
    """Random registers of threads in other states."""
    judge_history(run.boot("syscall_put_away", memory_mb=SMALL, limits=LIMITS),
                  calls.judge_put_away, calls.put_away_made, calls.ROUNDS)


# --- dispatch ---

@test(id="dispatch-numbers", exercise="dispatch", points=6, section="exercise-dispatch",
      title="Each number its function",
      shows="Tables of any size: right numbers lead to their functions with all four arguments, "
            "all others are refused.")
def dispatch_numbers(run: Run) -> None:
    """Four hundred calls of syscall_enter()."""
    judge_history(run.boot(memory_mb=SMALL, limits=LIMITS), dispatch.judge_dispatch,
                  dispatch.calls_made, dispatch.ROUNDS)


@test(id="dispatch-calls", exercise="dispatch", points=4, section="exercise-dispatch",
      title="Calls that there are not",
      shows="A program that calls by wrong numbers gets ERROR_UNKNOWN_CALL each time, and goes on.")
def dispatch_calls(run: Run) -> None:
    """Sixty numbers from a program."""
    boot = run.boot_programs("numbers", limits=LIMITS)
    snapshot = boot.until("done")
    programs.judge_numbers(boot)
    programs.expect_self(boot, snapshot)
    boot.finish()


# --- user-check ---

@test(id="check-pages", exercise="user-check", points=8, section="exercise-user-check",
      title="Page by page",
      shows="Of memory with holes and read-only pages exactly that may be accessed which is mapped "
            "with the rights, to the byte.")
def check_pages(run: Run) -> None:
    """Fifteen hundred pieces of sixteen pages."""
    judge_history(run.boot(memory_mb=SMALL, limits=LIMITS), checks.judge_checks,
                  checks.checks_made, checks.ROUNDS)


@test(id="check-edges", exercise="user-check", points=7, section="exercise-user-check",
      title="Where the user's half begins and ends",
      shows="Nothing outside MEMORY_START and MEMORY_END is ever right, nor what goes round the "
            "end of memory; 0 bytes are right everywhere.")
def check_edges(run: Run) -> None:
    """Addresses at all edges, huge sizes and none."""
    judge_history(run.boot(memory_mb=SMALL, limits=LIMITS), checks.judge_checks,
                  checks.checks_made, checks.ROUNDS)


# --- elf-segment ---

@test(id="elf-bytes", exercise="elf-segment", points=9, section="exercise-elf-segment",
      title="A segment's bytes",
      shows="Each page that a segment touches is there once, with the file's bytes at their "
            "addresses and 0 around them.")
def elf_bytes(run: Run) -> None:
    """Random segments, also empty ones and such with nothing in the file."""
    segments.judge_segments(run.boot(memory_mb=SMALL, limits=LIMITS), judge_rights=False)


@test(id="elf-rights", exercise="elf-segment", points=6, section="exercise-elf-segment",
      title="A segment's rights, and pages that cannot be had",
      shows="Every page has the segment's rights; when a page is refused, the error is passed on "
            "and the page not used.")
def elf_rights(run: Run) -> None:
    """Random segments; in half of the rounds the pages run out."""
    segments.judge_segments(run.boot(memory_mb=SMALL, limits=LIMITS), judge_rights=True)


# --- fault-end ---

@test(id="fault-line", exercise="fault-end", points=5, section="exercise-fault-end",
      title="What is said and done about an exception",
      shows="One line of the right form, then the end of the current task with status -1, then the "
            "way out of the kernel.")
def fault_line(run: Run) -> None:
    """Random exceptions of tasks with random names."""
    judge_history(run.boot(memory_mb=SMALL, limits=LIMITS), faults.judge_faults,
                  faults.faults_made, faults.ROUNDS)


@test(id="fault-tasks", exercise="fault-end", points=5, section="exercise-fault-end",
      title="Programs that make exceptions",
      shows="Each ends alone, its joiner gets -1, all its memory is given back, and a bystander "
            "comes to the right result.")
def fault_tasks(run: Run) -> None:
    """Two dozen culprits, one after the other."""
    boot = run.boot_programs("faults", "culprit", "bystander", limits=LIMITS)
    free = boot.until("before").kernel.frames.free_count
    after = boot.until("after")
    check_invariants(after, *CHANGING)
    crimes = programs.chosen_crimes(boot.random(), programs.CULPRITS)
    programs.judge_culprits(boot, crimes, after)
    programs.expect_frames(after, free)
    boot.finish()
    expect_equal("the exit status of the bystander", boot.value("bystander"),
                 programs.bystander_status(boot.program("bystander").seed))


# --- the whole ---

@test(id="syscalls-whole", points=10, title="Programs of all kinds together",
      shows="The stage's own demonstration runs to its end. Under a load of programs that keep "
            "registers, spin, fault, and make thousands of hostile system calls, the machine is in "
            "order at any moment, every answer right, and everything given back.")
def syscalls_whole(run: Run) -> None:
    """Two machines: the demonstration, and a load."""
    _demonstration(run)
    _load(run)


def _demonstration(run: Run) -> None:
    """The tree's own programs."""
    boot = run.boot_programs(limits=LIMITS).finish()
    boot.expect_line(r"^\[init\] user task started$")
    boot.expect_line(r"^\[init\] the others found 0 wrong registers$")
    boot.expect_line(r"^\[kernel\] init has ended with status 0$")
    boot.expect_no_line("NOT refused|still there|cannot be started")


def _load(run: Run) -> None:
    """A load whose results follow from the programs' seeds."""
    boot = run.boot_programs("load", "keeper", "fuzzer", "fuzzer_2", "fuzzer_3", "culprit",
                             "spinner", limits=LIMITS)
    before = boot.until("before")
    check_invariants(before)
    free = before.kernel.frames.free_count
    in_user_mode = sum(_moment(boot) for _ in range(programs.LOAD_ROUNDS * programs.LOAD_MOMENTS))
    after = boot.until("after")
    check_invariants(after)
    programs.expect_cleared(after, free)
    boot.finish()
    programs.judge_load(boot)
    expect(in_user_mode > 0, "no timer interrupt has found a program at work",
           expected="programs that run in user mode with interrupts on")


def _moment(boot: ProgramBoot) -> int:
    """Looks at the machine; how many of some timer interrupts have found a program."""
    check_invariants(boot.until("moment"), *CHANGING)
    found = 0
    for _ in range(TICKS_OF_A_MOMENT):
        at_tick = boot.until_symbol("timer_enter")
        check_invariants(at_tick, *CHANGING)
        found += programs.interrupted_program(at_tick)
    return found
