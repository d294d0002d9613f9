"""The state of machines that run the threads of guest/02-tasks/tasks.c."""

from __future__ import annotations

from grader.expect import expect
from grader.image.views import address_of
from grader.machine.paging import PAGE
from grader.snapshot import Snapshot
from grader.splitmix import SplitMix64
from judges.counts import expect_count

NAPS = 256              # that tasks.c has room for
NANOSECONDS = 1_000_000  # in a millisecond: QEMU's time-stamp counter counts nanoseconds
HALT = b"\xf4"          # the instruction HLT
PAGE_FAULT = 14


def check_cleared(after: Snapshot, free_before: int) -> None:
    """Everything that threads had has been given back."""
    kernel = after.kernel
    kept = [f"{thread.name.text()} ({thread.state.name})" for thread in kernel.threads
            if thread.state.name != "THREAD_UNUSED"
            and address_of(thread) not in (int(kernel.sched.idle), int(kernel.sched.current))]
    expect(not kept, "threads are left when all have been joined",
           expected="the idle thread and main only", got=", ".join(kept))
    free = kernel.frames.free_count
    expect(free == free_before, "frames are lost when all threads have been joined",
           expected=f"{free_before} free frames, as before", got=str(free))


def check_naps(snapshot: Snapshot, count: int, longest_over: float) -> None:
    """When all have ended: no sleep was shorter than asked for, by the CPU's own clock, nor longer
    by more milliseconds than given. (A thousand ticks take 0.15 ms less than a second.)"""
    kernel = snapshot.kernel
    expect_count(snapshot, "guest_nap_count", count)
    for number in range(min(count, NAPS)):
        nap = kernel.guest_naps[number]
        slept = (nap.end - nap.begin) / NANOSECONDS
        expect(nap.asked * 0.999 <= slept <= nap.asked + longest_over,
               "thread_sleep() slept for the wrong time", got=f"{slept:.2f} ms",
               expected=f"{nap.asked} ms, at most {longest_over:.0f} more")


def idle_naps(seed: int) -> int:
    """How often tasks_idle sleeps: each of its threads once, and main."""
    return 2 + SplitMix64(seed).below(4) + 1


def check_halted(at_tick: Snapshot) -> None:
    """The timer has found the idle thread behind a HLT instruction."""
    kernel = at_tick.kernel
    current = kernel.sched.current
    expect(int(current) == int(kernel.sched.idle), "the wrong thread runs while all others sleep",
           expected="the idle thread", got=current.name.text())
    rip = current.context.rip
    expect(at_tick.memory.read(rip - 1, 1) == HALT, "the idle thread does not halt the CPU",
           expected="the timer interrupts it behind a HLT instruction",
           got=f"it stands at {at_tick.place(rip)}")


def check_overrun(end: Snapshot) -> None:
    """The kernel stopped at a page fault in the guard page of the thread's own stack."""
    thread = end.kernel.sched.current
    name, vector = thread.name.text(), thread.context.vector
    expect(name == "overrun" and vector == PAGE_FAULT,
           "a thread overruns its stack, and the kernel stops for another reason",
           expected='a page fault of thread "overrun"', got=f'vector {vector}, thread "{name}"')
    stack = max((region.virtual for region in end.mappings
                 if region.physical == thread.stack_frames), default=0)
    expect(stack - PAGE <= end.registers.cr2 < stack,
           "a thread overruns its stack, and the page fault is in the wrong place",
           expected=f"the guard page below its stack ({stack - PAGE:#x} to {stack - 1:#x})",
           got=f"{end.registers.cr2:#x}")
