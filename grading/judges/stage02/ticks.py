"""What one timer interrupt did to the scheduler (guest/02-tasks/ticks.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from grader.expect import Failure
from grader.image.views import Struct, address_of
from grader.snapshot import Snapshot
from .history import finished, steps
from .queue_model import chain

IDLE = 0
ROUNDS = 64     # in guest/02-tasks/ticks.c


@dataclass
class State:
    """The scheduler's state with numbered threads, as far as a tick is concerned."""

    ticks: int
    current: Optional[int]
    current_state: str
    quantum: int
    ticks_used: int
    ready: list[int]
    sleepers: dict[int, int]    # number -> wake_tick, in their order

    def text(self) -> str:
        """The state for a reader."""
        who = "the idle thread" if self.current == IDLE else f"thread {self.current}"
        asleep = ", ".join(f"{number} (tick {tick})" for number, tick in self.sleepers.items())
        return (f"ticks {self.ticks}, current: {who} with quantum {self.quantum}, "
                f"ready {self.ready}, sleepers [{asleep}]")


def judge_ticks(snapshot: Snapshot) -> str:
    """Every round of the test; see history.Judge."""
    threads = {address_of(thread): number
               for number, thread in enumerate(snapshot.kernel.guest_tick_blocks)}
    for run in snapshot.kernel.guest_tick_rounds:
        if not run.begun:
            return ""
        before = _state(run.before, threads)
        if not run.finished:
            return f"timer_enter() with {before.text()}"
        try:
            _judge_events(run, before)
            _judge_state(before, _state(run.after, threads))
        except Failure as failure:
            failure.around.append(f"before: {before.text()}")
            raise
    return ""


def ticks_made(snapshot: Snapshot) -> int:
    """The interrupts that came to an end."""
    return finished(snapshot.kernel.guest_tick_rounds)


def _state(found: Struct, threads: dict[int, int]) -> State:
    current = threads.get(int(found.sched.current))
    current_thread = found.threads[current or 0]
    following = {number: threads.get(int(thread.next))
                 for number, thread in enumerate(found.threads)}

    def members(queue: Struct) -> list[int]:
        return list(chain(threads.get(int(queue.first)), following))

    return State(found.sched.ticks, current, current_thread.state.name, current_thread.quantum,
                 current_thread.ticks_used, members(found.sched.ready),
                 {number: found.threads[number].wake_tick
                  for number in members(found.sched.sleepers)})


def _judge_events(run: Struct, before: State) -> None:
    """What timer_enter called."""
    events = list(steps(run.events, run.event_count))
    calls = [event.call.name for event in events]
    if "GUEST_ACKNOWLEDGE" not in calls:
        raise Failure("timer_enter() forgets the end of interrupt: the timer will never tick again",
                      expected="interrupt_acknowledge(INTERRUPT_TIMER), once",
                      got="no call of interrupt_acknowledge()")
    lines = [event.argument for event in events if event.call.name == "GUEST_ACKNOWLEDGE"]
    if lines != [0]:
        raise Failure("timer_enter() acknowledges the interrupt in a wrong way",
                      expected="interrupt_acknowledge(INTERRUPT_TIMER), once",
                      got=" and ".join(f"interrupt_acknowledge({line})" for line in lines))
    if calls[-1] != "GUEST_LEAVE":
        raise Failure("timer_enter() returned", got="a return to trap_dispatch()",
                      expected="the kernel left by sched_leave(), which does not return")
    _judge_wake([event for event in events if event.call.name == "GUEST_WAKE_DUE"], before)


def _judge_wake(calls: list[Any], before: State) -> None:
    """sleep_wake_due is called with the new count, when the tick has been counted."""
    now = before.ticks + 1
    if not calls:
        raise Failure("timer_enter() does not wake the sleepers that are due",
                      expected=f"sleep_wake_due({now})", got="no call of sleep_wake_due()")
    for call in calls:
        if call.argument != now:
            raise Failure("timer_enter() wakes the sleepers of the wrong tick",
                          expected=f"sleep_wake_due({now}), the new count",
                          got=f"sleep_wake_due({call.argument})")


def _judge_state(before: State, after: State) -> None:
    """What stands in the control blocks and queues when the kernel is left."""
    expected = _expected(before)

    def judge(what: str, got: object, wanted: object, why: str = "") -> None:
        if got != wanted:
            raise Failure(f"after timer_enter(), {what} is wrong",
                          expected=f"{wanted}{f' ({why})' if why else ''}", got=str(got))

    judge("sched.ticks", after.ticks, expected.ticks, "one more")
    judge("the current thread's ticks_used", after.ticks_used, expected.ticks_used, "one more")
    judge("the current thread's quantum", after.quantum, expected.quantum,
          "one less" if before.quantum else "0 stays 0")
    rotates = expected.current_state == "THREAD_READY"
    if (before.current in after.ready) != (before.current in expected.ready):
        raise _turn(before, rotates)
    judge("sched.ready", after.ready, expected.ready,
          "those woken by this tick line up first, then the thread whose turn has ended"
          if rotates else "")
    judge("sched.sleepers", list(after.sleepers), list(expected.sleepers))
    judge("the current thread's state", after.current_state, expected.current_state)


def _turn(before: State, rotates: bool) -> Failure:
    """The current thread's turn ended when it should not have, or the other way round."""
    left = max(before.quantum - 1, 0)
    if rotates:
        return Failure("timer_enter() did not end the current thread's turn",
                       expected="sched_rotate(): its quantum is used up, another thread is ready",
                       got="the current thread goes on")
    why = f"{left} ticks of its quantum are left" if left else \
        "no other thread is ready" if before.current != IDLE else "the idle thread is in no queue"
    return Failure("timer_enter() ended the current thread's turn",
                   expected=f"the current thread goes on: {why}",
                   got="it lines up in sched.ready")


def _expected(before: State) -> State:
    """The state after a tick."""
    now = before.ticks + 1
    woken = [number for number, tick in before.sleepers.items() if tick <= now]
    ready = before.ready + woken
    quantum = max(before.quantum - 1, 0)
    state = before.current_state
    if quantum == 0 and ready and before.current not in (IDLE, None):
        ready, state = ready + [before.current], "THREAD_READY"
    sleepers = {number: tick for number, tick in before.sleepers.items() if number not in woken}
    return State(now, before.current, state, quantum, before.ticks_used + 1, ready, sleepers)
