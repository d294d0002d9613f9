"""Tests of stage 02: frames, threads, the timer.

A test with NO_THREADS runs in the place of sched_init, before there are threads: so it judges its
exercise alone, also while the others are still blank.
"""

from __future__ import annotations

from grader.api import (Boot, End, Failure, Limits, Run, check_invariants, expect, expect_equal,
                        test)
from judges.stage02 import contexts, frames, queues, shares, ticks, whole
from judges.stage02.history import judge_history
from judges.stage02.task_load import simulate

NO_THREADS = "threads=0"
SMALL = 16              # MB: a bitmap of this machine is quickly gone through
LIMITS = Limits(instructions=600_000_000, seconds=20)    # a good kernel needs a tenth of it

OF_A_TICK = shares.TICK_INSTRUCTIONS
MOMENTS = 8             # of the load, at which the machine is looked at
CHANGING = ("queues", "threads", "frames")  # the checks of what threads change
IDLE_DELAY = 3.0        # milliseconds: the ticks before and after a sleep, and the way back
BUSY_DELAY = 1000.0     # when other threads have turns before


def _alone(run: Run) -> Boot:
    """Boots the test's own program, without threads, on a small machine."""
    return run.boot(memory_mb=SMALL, append=NO_THREADS, limits=LIMITS)


# --- frames ---

@test(id="frames-take", exercise="frame-take", points=10, section="exercise-frame-take",
      title="Runs of frames, aligned and not",
      shows="Two hundred requests are answered as a bitmap beside the machine would: the lowest "
            "run that fits, at its alignment; what is refused changes nothing.")
def frames_take(run: Run) -> None:
    """Random requests against memory first whole, then in pieces."""
    judge_history(_alone(run), frames.judge_frames, frames.steps_made, frames.TAKE_STEPS)


@test(id="frames-exhaustion", exercise="frame-take", points=5, section="exercise-frame-take",
      title="The last frame",
      shows="Every free frame is handed out once, no other ever, and then it is said that there "
            "is none.")
def frames_exhaustion(run: Run) -> None:
    """Takes all there is."""
    boot = _alone(run)
    check_invariants(boot.until("singles"), "frames")
    judge_history(boot, frames.judge_exhaustion, frames.steps_made, frames.EXHAUSTION_STEPS)


@test(id="frames-release", exercise="frame-release", points=8, section="exercise-frame-release",
      title="Frames given back",
      shows="Whole runs and parts of them become free again, exactly they, and the counter agrees "
            "with the bitmap.")
def frames_release(run: Run) -> None:
    """Random runs of frames in use are given back."""
    judge_history(_alone(run), frames.judge_frames, frames.steps_made, frames.RELEASE_STEPS)


@test(id="frames-refusals", exercise="frame-release", points=7, section="exercise-frame-release",
      title="Frames that are not to be given back",
      shows="Frames that are free, or not the allocator's, and runs that cannot be, are refused "
            "with the right error, and nothing has changed.")
def frames_refusals(run: Run) -> None:
    """Thirteen ways to be wrong, six times each."""
    judge_history(_alone(run), frames.judge_frames, frames.steps_made, frames.REFUSAL_STEPS)


# --- queues ---

@test(id="queue-remove", exercise="queue-remove", points=10, section="exercise-queue-remove",
      title="Threads leave their queues",
      shows="After each of two hundred steps all links forward and back are right, those of the "
            "removed thread and its neighbours too.")
def queue_remove(run: Run) -> None:
    """Threads come and go in three queues."""
    judge_history(_alone(run), queues.judge_removals, queues.steps_made, queues.REMOVE_STEPS)


@test(id="sleep-order", exercise="sleep", points=5, section="exercise-sleep",
      title="Sleepers stand in the order of waking",
      shows="Whoever wakes up first stands first; among equals the one that fell asleep first.")
def sleep_order(run: Run) -> None:
    """Twelve threads fall asleep, twelve times, often until the same tick."""
    judge_history(_alone(run), queues.judge_sleep, queues.steps_made, queues.SLEEP_STEPS)


@test(id="wake-due", exercise="wake", points=5, section="exercise-wake",
      title="Whoever is due wakes up",
      shows="Those due, also several at once and those overdue, become ready in order; nobody "
            "is lost, nobody wakes up twice or too early.")
def wake_due(run: Run) -> None:
    """Time goes on by ticks and by leaps."""
    judge_history(_alone(run), queues.judge_sleep, queues.steps_made, queues.WAKE_STEPS)


# --- contexts ---

@test(id="context-init", exercise="context-init", points=10, section="exercise-context-init",
      title="The registers of a thread that has not run",
      shows="All 22 fields of a context that was full of garbage are as they have to be, and the "
            "stack is as if the function had been called.")
def context_init(run: Run) -> None:
    """Random functions, arguments and stacks."""
    judge_history(_alone(run), contexts.judge_init, contexts.contexts_made, contexts.ROUNDS)


@test(id="context-restore", exercise="context-restore", points=15,
      section="exercise-context-restore", title="Every register is loaded",
      shows="Code that notes down all registers finds them as they were saved, flags, stack "
            "pointer and address included, and the context is as it was.")
def context_restore(run: Run) -> None:
    """Random registers, loaded by context_restore, found by the test's own code."""
    judge_history(_alone(run), contexts.judge_restore, contexts.contexts_loaded, contexts.ROUNDS)


# --- the timer ---

@test(id="tick-order", exercise="tick", points=7, section="exercise-tick",
      title="What one tick does",
      shows="The interrupt is acknowledged, the tick counted and charged, sleepers wake, and a "
            "turn ends when it is used up and another thread waits.")
def tick_order(run: Run) -> None:
    """timer_enter() with states of the scheduler that the test prepares."""
    judge_history(_alone(run), ticks.judge_ticks, ticks.ticks_made, ticks.ROUNDS)


@test(id="tick-preemption", exercise="tick", points=8, section="exercise-tick",
      title="Busy threads share the CPU",
      shows="Threads that never call the kernel get equal shares, by their own work and by the "
            "kernel's count, at moments that the grader chooses.")
def tick_preemption(run: Run) -> None:
    """Looks at the busy threads four times."""
    boot = run.boot(limits=LIMITS)
    states = shares.first_states(boot.seed)
    moments = [_moment(boot, states) for _ in range(shares.MOMENTS)]
    for start, end in zip(moments, moments[1:]):
        shares.judge_shares(start, end)
    _finish_workers(boot, states)


def _moment(boot: Boot, states: list[int]) -> shares.Moment:
    try:
        snapshot = boot.until("moment")
    except Failure as failure:
        raise _stuck(boot) or failure
    check_invariants(snapshot, "queues", "threads")
    return shares.moment(snapshot, boot.clock, states)


def _stuck(boot: Boot) -> Failure | None:
    """Why the ticks stopped, if the test in the guest has found that they did."""
    if not boot.values("stuck-at-tick"):
        return None
    tick, in_service = boot.value("stuck-at-tick"), int(boot.value("in-service"))
    why = ("the controller still waits for the end of interrupt of the timer's line: "
           "interrupt_acknowledge(INTERRUPT_TIMER) was not called"
           if in_service & 1 else "the controller has no interrupt in service")
    if not int(boot.value("flags")) & 1 << 9:
        why = "the thread runs with interrupts off (RFLAGS.IF is 0)"
    return Failure(f"no timer tick came any more after tick {tick}",
                   expected="a tick every millisecond, whatever the threads do", got=why)


def _finish_workers(boot: Boot, states: list[int]) -> None:
    """The workers end, and tell a status that only they know."""
    expected = [state & (1 << 63) - 1 for state in states]
    boot.finish()
    expect_equal("the result of thread_join() for each busy thread (an error code)",
                 boot.values("joined"), [0] * len(expected))
    expect_equal("the exit statuses of the busy threads", boot.values("status"), expected)


# --- the whole ---

@test(id="tasks-whole", points=10, title="Threads of all kinds together",
      shows="Threads that work, yield, sleep, make and join others come to the right results; at "
            "any moment queues, registers, stacks and frames are in order; everything is given "
            "back; the CPU halts when there is nothing to do; a stack that overruns is noticed.")
def tasks_whole(run: Run) -> None:
    """Three machines: a load, a sleep, an overrun."""
    _load(run)
    _idle(run)
    _overrun(run)


def _load(run: Run) -> None:
    """A load whose results follow from the seed."""
    boot = run.boot("tasks_whole", limits=LIMITS)
    load = simulate(boot.seed)
    before = boot.until("before")
    check_invariants(before)
    free = before.kernel.frames.free_count
    for number in range(min(load.moments, MOMENTS)):
        check_invariants(boot.until("moment"), *CHANGING)
        if number % 2:
            check_invariants(boot.until_symbol("timer_enter"), *CHANGING)
    after = boot.until("after")
    check_invariants(after)
    whole.check_cleared(after, free)
    whole.check_naps(after, load.naps, BUSY_DELAY)
    expect_equal("the number of threads that were made", after.kernel.guest_task_count, load.tasks)
    boot.finish()
    expect_equal("what joining threads returned in error", boot.values("join-error"), [])
    expect_equal("the sum of the threads' exit statuses, in each of three rounds",
                 boot.values("sum"), load.sums)


def _idle(run: Run) -> None:
    """All threads sleep: the CPU is halted, and they wake up in time."""
    boot = run.boot("tasks_idle", limits=LIMITS)
    boot.until("asleep")
    began = boot.clock.instructions
    check_invariants(boot.until_symbol("cpu_wait"), *CHANGING)
    whole.check_halted(boot.until_symbol("timer_enter"))
    boot.until("awake")
    executed = boot.clock.instructions - began
    asked = int(boot.value("asked"))
    expect(executed < asked * OF_A_TICK // 10, "the CPU does not halt while every thread sleeps",
           expected=f"nearly nothing executed in {asked} ms",
           got=f"{executed} instructions, where a busy CPU has {asked * OF_A_TICK}")
    whole.check_naps(boot.until("joined"), whole.idle_naps(boot.seed), IDLE_DELAY)
    boot.finish()


def _overrun(run: Run) -> None:
    """A thread overruns its stack: the guard page stops it."""
    boot = run.boot("tasks_overrun", limits=LIMITS).finish(End.PANIC)
    whole.check_overrun(boot.snapshot())
