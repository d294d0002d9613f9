"""How the CPU was shared, measured from outside between moments of guest/02-tasks/preemption.c."""

from __future__ import annotations

from dataclasses import dataclass

from grader.expect import Failure, listed
from grader.image.views import address_of
from grader.machine.machine import Clock
from grader.snapshot import Snapshot
from grader.splitmix import MASK, STEP, SplitMix64
from judges.counts import expect_count

QUANTUM = 10            # SCHED_QUANTUM, ticks
TICK_INSTRUCTIONS = 62542   # a tick of 1.00068 ms, at 16 ns for an instruction
LEAST_WORKERS, MOMENTS = 3, 4   # in guest/02-tasks/preemption.c
STEP_INVERSE = pow(STEP, -1, MASK + 1)


@dataclass(frozen=True)
class Moment:
    """What had been done by a moment."""

    instructions: int
    ticks: int
    used: list[int]         # ticks, by worker
    others: int             # ticks of all other threads
    work: list[int]         # random numbers drawn, by worker


def first_states(seed: int) -> list[int]:
    """Where each worker's generator begins: the test draws it from the boot's seed."""
    random = SplitMix64(seed)
    count = LEAST_WORKERS + random.below(4)
    for _ in range(MOMENTS):
        random.next()
    return [random.next() for _ in range(count)]


def moment(snapshot: Snapshot, clock: Clock, states: list[int]) -> Moment:
    """Reads the state of all workers, which began with these."""
    kernel = snapshot.kernel
    expect_count(snapshot, "guest_worker_count", len(states))
    workers = [kernel.guest_workers[number] for number in range(len(states))]
    own = {int(worker.thread) for worker in workers}
    others = sum(thread.ticks_used for thread in kernel.threads if address_of(thread) not in own)
    return Moment(clock.instructions, kernel.sched.ticks,
                  [worker.thread.ticks_used for worker in workers], others,
                  [_draws(first, worker.state) for first, worker in zip(states, workers)])


def _draws(first: int, state: int) -> int:
    """How many random numbers lie between two states of the generator."""
    return (state - first) * STEP_INVERSE & MASK


def judge_shares(start: Moment, end: Moment) -> None:
    """Between two moments: time is counted, and everybody gets as much as the others."""
    ticks = end.ticks - start.ticks
    _judge_rate(ticks, end.instructions - start.instructions)
    used = _differences(start.used, end.used)
    charged = sum(used) + end.others - start.others
    _judge_equal(f"the work that {len(used)} busy threads did in {ticks} ticks",
                 _differences(start.work, end.work), ticks, "random numbers computed")
    if charged != ticks:
        raise Failure("the ticks_used of all threads do not add up", got=f"{charged} more",
                      expected=f"{ticks} more, as many as sched.ticks counted in the same time")
    _judge_equal(f"the time charged to {len(used)} busy threads in {ticks} ticks", used, ticks,
                 "ticks_used")


def _judge_rate(ticks: int, instructions: int) -> None:
    """A thousand ticks a second of the machine's own time."""
    real = instructions / TICK_INSTRUCTIONS
    if abs(ticks - real) > 2 + real / 50:
        raise Failure("sched.ticks does not count the timer's ticks",
                      expected=f"about {real:.0f} more in {real:.0f} ms", got=f"{ticks} more")


def _judge_equal(what: str, shares: list[int], ticks: int, unit: str) -> None:
    """Each has the same, give or take a turn."""
    total = sum(shares)
    fair = total / len(shares)
    turn = total * (QUANTUM + 1) / max(ticks, 1)
    if not total or max(abs(share - fair) for share in shares) > turn:
        raise Failure(f"{what} is not shared equally",
                      expected=f"about {fair:.0f} each ({unit}), give or take a turn of {QUANTUM} "
                               "ticks",
                      got=listed(map(str, shares)))


def _differences(start: list[int], end: list[int]) -> list[int]:
    return [late - early for early, late in zip(start, end)]
