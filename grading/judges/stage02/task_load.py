"""The threads of guest/02-tasks/tasks.c, run in the head: their statuses follow from the seed."""

from __future__ import annotations

from dataclasses import dataclass

from grader.splitmix import MASK, SplitMix64

DEPTH = 2           # as in tasks.c
MOMENT_CHANCE = 12
ROUNDS = 3


@dataclass
class Load:
    """What the load of a seed comes to."""

    sums: list[int]     # of the statuses, for each round
    moments: int = 0    # stops for the grader
    tasks: int = 0
    naps: int = 0


def simulate(seed: int) -> Load:
    """Runs the test program tasks_whole."""
    load = Load([])
    first = SplitMix64(SplitMix64(seed).next())
    load.sums = [_children(first, 0, load) for _ in range(ROUNDS)]
    return load


def _children(parent: SplitMix64, depth: int, load: Load) -> int:
    count = 1 + parent.below(4)
    load.tasks += count
    return sum(_task(SplitMix64(parent.next()), depth + 1, load) for _ in range(count)) & MASK


def _task(random: SplitMix64, depth: int, load: Load) -> int:
    """A thread's exit status."""
    for _ in range(4 + random.below(5)):
        _step(random, load)
    total = 0
    if depth < DEPTH and random.below(3) != 0:
        total = _children(random, depth, load)
    total += random.next()
    random.next()
    return total & MASK


def _step(random: SplitMix64, load: Load) -> None:
    kind = random.below(4)
    if kind:
        random.next()
    load.naps += kind == 1
    load.moments += random.below(MOMENT_CHANCE) == 0
