"""From the lines that a measuring program prints to figures.

A line is `[bench] NAME: operations=N overhead=N`, `[bench] NAME: samples N N ...` or
`[bench] NAME: turns=N milliseconds=N calls=N`; user/bench/ says what they mean.
"""

from __future__ import annotations

import math
import re
import statistics
from dataclasses import dataclass, field

from .errors import BenchError

LINE = re.compile(r"^\[bench\] ([\w-]+): (.*)$", re.MULTILINE)
HEAD = re.compile(r"operations=(\d+) overhead=(\d+)")
TIMES = re.compile(r"turns=(\d+) milliseconds=(\d+) calls=(\d+)")
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Times:
    """How long some turns have taken, and how often the storage driver was called for them."""

    turns: int
    milliseconds: int
    calls: int


@dataclass
class Samples:
    """What a program has printed of one measurement. All counts are of instructions."""

    operations: int     # in a batch
    overhead: int       # of a batch, and none of the operations'
    batches: list[int] = field(default_factory=list)
    times: Times | None = None

    def each(self) -> list[float]:
        """Instructions for one operation, by batch."""
        return [(batch - self.overhead) / self.operations for batch in self.batches]


@dataclass(frozen=True)
class Figures:
    """One measurement, in instructions for one operation."""

    count: int          # of samples
    minimum: float
    mean: float
    deviation: float    # of the samples
    confidence: float   # half the width of the mean's interval

    @classmethod
    def of(cls, values: list[float]) -> "Figures":
        deviation = statistics.stdev(values)
        # With this many samples Student's distribution is the normal one, to a hundredth.
        reach = statistics.NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
        return cls(len(values), min(values), statistics.fmean(values), deviation,
                   reach * deviation / math.sqrt(len(values)))


def read_samples(text: str) -> dict[str, Samples]:
    """All measurements in what a machine has printed."""
    found: dict[str, Samples] = {}
    for name, words in LINE.findall(text.replace("\r", "")):
        head, times = HEAD.fullmatch(words), TIMES.fullmatch(words)
        if head:
            found[name] = Samples(int(head[1]), int(head[2]))
        elif times and name in found:
            found[name].times = Times(*map(int, times.groups()))
        elif words.startswith("samples ") and name in found:
            found[name].batches += map(int, words.split()[1:])
        else:
            raise BenchError(f"the benchmark says '{name}: {words}'")
    return found
