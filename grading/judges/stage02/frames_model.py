"""The frame allocator as it should be: a bitmap in one Python number."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Iterable, Optional

SHOWN = 64  # frames in a picture


@dataclass
class FrameMap:
    """Which frames are free: bit n of `free` is frame n, of `limit` frames."""

    free: int
    limit: int

    def lowest_run(self, count: int, alignment: int) -> Optional[int]:
        """The first frame of the lowest run that fits; None when there is none."""
        starts = _run_starts(self.free, count) & _multiples(alignment, self.limit)
        return (starts & -starts).bit_length() - 1 if starts else None

    def take(self, first: int, count: int) -> None:
        """Marks a run as in use."""
        self.free &= ~run_mask(first, count)

    def release(self, first: int, count: int) -> None:
        """Marks a run as free."""
        self.free |= run_mask(first, count)

    def free_of(self, first: int, count: int) -> int:
        """How many frames of a run are free."""
        return (self.free & run_mask(first, count)).bit_count()

    def picture(self, frame: int) -> str:
        """The neighbourhood of a frame, for a reader."""
        start = max(0, min(frame - SHOWN // 4, self.limit - SHOWN)) & ~7
        end = min(start + SHOWN, self.limit)
        marks = "".join(".#"[not self.free >> at & 1] for at in range(start, end))
        return f"frames {start} to {end - 1}, '.' free, '#' not: {marks}"


def run_mask(first: int, count: int) -> int:
    """The bits of a run of frames."""
    return (1 << count) - 1 << first


def frames_of(bits: int) -> Iterable[int]:
    """The numbers of the frames in a bitmap, in ascending order."""
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


def _run_starts(free: int, count: int) -> int:
    """Bit n is set when frames n to n + count - 1 are all free."""
    length = 1
    while length < count and free:
        step = min(length, count - length)
        free &= free >> step
        length += step
    return free


@functools.lru_cache(maxsize=128)
def _multiples(alignment: int, limit: int) -> int:
    return sum(1 << frame for frame in range(0, limit, alignment))
