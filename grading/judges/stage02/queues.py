"""What became of queues of threads (guest/02-tasks/queues.c), and what should have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from grader.expect import Failure
from grader.image.views import Struct, address_of
from grader.snapshot import Snapshot
from .history import steps
from .queue_model import Queues, Sleepers, chain

NOBODY = 0xFFFF_FFFF
FOREVER = (1 << 64) - 1
READY, SLEEPERS = 0, 1      # in the steps of the tests of sleeping
REMOVE_STEPS, SLEEP_STEPS, WAKE_STEPS = 200 + 12, 12 * 13, 20 * 9    # in queues.c


@dataclass(frozen=True)
class Names:
    """Numbers and names for the addresses of the test's threads and queues."""

    threads: dict[int, int]
    queues: dict[int, int]
    queue_names: tuple[str, ...]

    def thread(self, address: int) -> str:
        """`thread 5`."""
        if address == 0:
            return "NULL"
        number = self.threads.get(address)
        return f"thread {number}" if number is not None else f"{address:#x}, which is no thread"

    def queue(self, address: int) -> str:
        """`queue 1`, or one of the scheduler's by its name."""
        if address == 0:
            return "NULL"
        number = self.queues.get(address)
        return self.queue_names[number] if number is not None else f"{address:#x}, no queue"

    def address(self, numbers: dict[int, int], number: Optional[int]) -> int:
        """The address that has a number; 0 for None."""
        return next((address for address, other in numbers.items() if other == number), 0)


def steps_made(snapshot: Snapshot) -> int:
    """As the test has counted them."""
    return snapshot.kernel.guest_queue_step_count


def judge_removals(snapshot: Snapshot) -> str:
    """queue_remove: every link after every step; see history.Judge."""
    kernel = snapshot.kernel
    names = _names(snapshot, [address_of(queue) for queue in kernel.guest_queues],
                   ("queue 0", "queue 1", "queue 2"))
    model = Queues([[], [], []])
    for step in steps(kernel.guest_queue_steps, kernel.guest_queue_step_count):
        before = [list(members) for members in model.lists]
        what = _queue_call(step, model)
        if not step.finished:
            return what
        if step.kind.name == "GUEST_REMOVE":
            model.remove(step.thread)
        else:
            model.insert(step.queue, step.thread,
                         None if step.place == NOBODY else step.place)
        _judge_links(what, step, model, names, before)
    return ""


def judge_sleep(snapshot: Snapshot) -> str:
    """sleep_start and sleep_wake_due: who sleeps in which order, who is ready."""
    kernel = snapshot.kernel
    names = _names(snapshot, [address_of(kernel.sched.ready), address_of(kernel.sched.sleepers)],
                   ("sched.ready", "sched.sleepers"))
    model = Sleepers()
    for step in steps(kernel.guest_queue_steps, kernel.guest_queue_step_count):
        what = _sleep_call(step)
        before = f"before: sleepers {_with_ticks(model.sleepers, model.ticks)}, " \
                 f"ready {_shown(model.ready)}"
        if not step.finished:
            return f"{what} ({before})"
        if step.kind.name == "GUEST_LINED_UP":
            model = _lined_up(step, names)
            continue
        try:
            _judge_sleep_step(what, step, model, names)
        except Failure as failure:
            failure.around.append(before)
            raise
    return ""


def _names(snapshot: Snapshot, queues: list[int], queue_names: tuple[str, ...]) -> Names:
    threads = {address_of(thread): number
               for number, thread in enumerate(snapshot.kernel.guest_blocks)}
    return Names(threads, {address: number for number, address in enumerate(queues)}, queue_names)


def _queue_call(step: Any, model: Queues) -> str:
    """The call, and where the thread stood."""
    if step.kind.name == "GUEST_REMOVE":
        queue = model.where(step.thread)
        if queue is None:
            return f"queue_remove(thread {step.thread}), which is in no queue,"
        return (f"queue_remove(thread {step.thread}), which is {_rank(step.thread, model, queue)} "
                f"queue {queue}: {_shown(model.lists[queue])},")
    if step.place == NOBODY:
        return f"queue_append(queue {step.queue}, thread {step.thread})"
    return (f"queue_insert_before(queue {step.queue}, thread {step.thread}, "
            f"thread {step.place})")


def _rank(thread: int, model: Queues, queue: int) -> str:
    members = model.lists[queue]
    if len(members) == 1:
        return "alone in"
    if thread == members[0]:
        return "the first in"
    return "the last in" if thread == members[-1] else "in the middle of"


def _shown(members: list[int]) -> str:
    return "[" + ", ".join(map(str, members)) + "]"


def _judge_links(what: str, step: Any, model: Queues, names: Names,
                 before: list[list[int]]) -> None:
    """Every queue's ends and every thread's links."""
    around = [f"queue {number} before: {_shown(old)}, expected after: {_shown(new)}"
              for number, (old, new) in enumerate(zip(before, model.lists))]

    def judge(field: str, got: str, expected: str) -> None:
        if got != expected:
            raise Failure(f"after {what.rstrip(',')}, {field} is wrong", expected=expected,
                          got=got, around=around)

    for number, members in enumerate(model.lists):
        queue = step.queues[number]
        for field, at in (("first", 0), ("last", -1)):
            judge(f"queue {number}'s `{field}`", names.thread(int(getattr(queue, field))),
                  f"thread {members[at]}" if members else "NULL")
    order = [step.thread, *(number for number in range(len(step.links)) if number != step.thread)]
    for number in order:
        links, expected = step.links[number], model.links(number)
        for field in ("next", "previous"):
            neighbour = getattr(expected, field)
            judge(f"thread {number}'s `{field}`", names.thread(int(getattr(links, field))),
                  "NULL" if neighbour is None else f"thread {neighbour}")
        judge(f"thread {number}'s `queue`", names.queue(int(links.queue)),
              "NULL" if expected.queue is None else f"queue {expected.queue}")


# --- sleeping ---

def _sleep_call(step: Any) -> str:
    if step.kind.name == "GUEST_SLEEP":
        return f"sleep_start(thread {step.thread}, wake_tick {_tick(step.tick)})"
    if step.kind.name == "GUEST_WAKE":
        return f"sleep_wake_due(now {step.tick})"
    return "the test's own preparation"


def _tick(tick: int) -> str:
    return "UINT64_MAX" if tick == FOREVER else str(tick)


def _with_ticks(members: list[int], ticks: dict[int, int]) -> str:
    """`[thread 4 (tick 17), ...]`."""
    return "[" + ", ".join(f"{number} (tick {_tick(ticks[number])})" if number in ticks
                           else str(number) for number in members) + "]"


def _lined_up(step: Any, names: Names) -> Sleepers:
    """The model's state from what the test has prepared."""
    ticks = {number: links.wake_tick for number, links in enumerate(step.links)
             if links.state.name == "THREAD_SLEEPING"}
    return Sleepers(ticks, _members(step, SLEEPERS, names), _members(step, READY, names))


def _members(step: Any, queue: int, names: Names) -> list[int]:
    """The numbers of a queue's threads, as its links lead."""
    following = {number: names.threads.get(int(links.next))
                 for number, links in enumerate(step.links)}
    return list(chain(names.threads.get(int(step.queues[queue].first)), following))


def _judge_sleep_step(what: str, step: Any, model: Sleepers, names: Names) -> None:
    if step.kind.name == "GUEST_SLEEP":
        model.sleep(step.thread, step.tick)
    else:
        model.wake_due(step.tick)
    got_sleepers, got_ready = _members(step, SLEEPERS, names), _members(step, READY, names)
    if step.kind.name == "GUEST_WAKE" and got_ready != model.ready:
        raise Failure(f"after {what}, the wrong threads are ready",
                      expected=f"sched.ready = {_shown(model.ready)}", got=_shown(got_ready))
    if got_sleepers != model.sleepers:
        raise Failure(f"after {what}, the sleepers are wrong",
                      expected=f"sched.sleepers = {_with_ticks(model.sleepers, model.ticks)}",
                      got=_with_ticks(got_sleepers, model.ticks),
                      hint="who wakes up first stands first; of two that wake up at the same tick, "
                           "the one that fell asleep first")
    _judge_states(what, step, model)
    queues = Queues([model.ready, model.sleepers])
    _judge_all_links(what, step, queues, names)


def _judge_states(what: str, step: Any, model: Sleepers) -> None:
    """READY or SLEEPING, and until when."""
    for number, links in enumerate(step.links):
        expected = "THREAD_SLEEPING" if number in model.sleepers else \
            "THREAD_READY" if number in model.ready else links.state.name
        if links.state.name != expected:
            raise Failure(f"after {what}, the state of thread {number} is wrong",
                          expected=expected, got=links.state.name)
        if number in model.sleepers and links.wake_tick != model.ticks[number]:
            raise Failure(f"after {what}, the wake_tick of thread {number} is wrong",
                          expected=_tick(model.ticks[number]), got=_tick(links.wake_tick))


def _judge_all_links(what: str, step: Any, queues: Queues, names: Names) -> None:
    """The links back and the ends, which following `next` does not show."""
    for number, members in enumerate(queues.lists):
        queue: Struct = step.queues[number]
        expected = names.address(names.threads, members[-1]) if members else 0
        if int(queue.last) != expected:
            raise Failure(f"after {what}, {names.queue_names[number]}.last is wrong",
                          expected=names.thread(expected), got=names.thread(int(queue.last)))
    for number, links in enumerate(step.links):
        expected_links = queues.links(number)
        previous = names.address(names.threads, expected_links.previous)
        queue_at = names.address(names.queues, expected_links.queue)
        if int(links.previous) != previous:
            raise Failure(f"after {what}, thread {number}'s `previous` is wrong",
                          expected=names.thread(previous), got=names.thread(int(links.previous)))
        if int(links.queue) != queue_at:
            raise Failure(f"after {what}, thread {number}'s `queue` is wrong",
                          expected=names.queue(queue_at), got=names.queue(int(links.queue)))
