"""cache_choose() (guest/07-vfs/programs/lab_cache.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, NamedTuple, Optional

from grader.splitmix import SplitMix64
from .cases import Call, Case

CASES, BUFFERS, LOOK, STRANGE = 160, 211, 64, 999
PERCENTS = (0, 50, 95, 100)


class Buffer(NamedTuple):
    """What counts of a buffer."""

    references: int
    is_busy: bool
    is_changed: bool

    @property
    def is_usable(self) -> bool:
        """Whether it may be chosen."""
        return self.references == 0 and not self.is_busy

    def __str__(self) -> str:
        return ", ".join(filter(None, (
            f"{self.references} references" if self.references else "",
            "busy" if self.is_busy else "", "changed" if self.is_changed else "unchanged")))


@dataclass
class Choice(Case):
    """A call, and the cache, oldest buffer first."""

    results = 2
    buffers: list[Buffer]

    def __str__(self) -> str:
        usable = [buffer for buffer in self.buffers if buffer.is_usable]
        changed = sum(buffer.is_changed for buffer in usable)
        return (f"cache_choose() among {len(self.buffers)} buffers, {len(usable)} of them usable, "
                f"{changed} of these changed,")

    def expected(self) -> tuple[Optional[int], str]:
        """The buffer's place in the order, and why."""
        usable = [place for place, buffer in enumerate(self.buffers) if buffer.is_usable]
        if not usable:
            return None, "none is usable"
        for rank, place in enumerate(usable[:LOOK], 1):
            if not self.buffers[place].is_changed:
                return place, f"number {rank} of the usable ones, the first that is not changed"
        return usable[0], "the oldest usable one, since all that count are changed"

    def judge(self, calls: list[Call], results: list[int]) -> None:
        chosen, same = results
        place, why = self.expected()
        if not same:
            self.fail("changes a buffer", "nothing is changed", "other contents")
        if chosen != (0 if place is None else place + 1):
            self.fail("chooses the wrong buffer", f"{self._text(place)} ({why})",
                      self._text(chosen - 1 if chosen else None))

    def _text(self, place: Optional[int]) -> str:
        if place is None:
            return "none"
        if place >= len(self.buffers):
            return "something that is no buffer"
        return f"number {place + 1} in the order of use: {self.buffers[place]}"


def _choice(random: SplitMix64) -> Choice:
    count = random.below(3) if random.below(4) == 0 else 60 + random.below(140)
    random.below(BUFFERS - 1)   # the order in memory
    used, changed = PERCENTS[random.below(3)], PERCENTS[random.below(4)]
    only = LOOK - 2 + random.below(4) if random.below(2) == 0 else BUFFERS
    buffers: list[Buffer] = []
    for _ in range(count):
        random.below(2)         # is_valid
        random.below(4)         # has_failed
        references, is_busy = 0, False
        if random.below(100) < used:
            how = random.below(3)
            references, is_busy = (1 + random.below(3) if how else 0), how != 1
        buffer = Buffer(references, is_busy, random.below(100) < changed)
        if only < BUFFERS and buffer.is_usable:
            rank = sum(each.is_usable for each in buffers)
            buffer = buffer._replace(is_changed=rank != only)
        buffers.append(buffer)
    return Choice(buffers)


def cases(random: SplitMix64) -> Iterator[Case]:
    """The calls."""
    return (_choice(random) for _ in range(CASES))
