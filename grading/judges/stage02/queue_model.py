"""Queues of threads as they should be, and the links that follow from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator, Optional


@dataclass
class Queues:
    """Some queues of numbered threads, each a list of numbers from first to last."""

    lists: list[list[int]]

    def where(self, thread: int) -> Optional[int]:
        """The queue that a thread is in."""
        return next((number for number, members in enumerate(self.lists) if thread in members),
                    None)

    def insert(self, queue: int, thread: int, place: Optional[int]) -> None:
        """Puts a thread before another one, or at the end."""
        members = self.lists[queue]
        members.insert(len(members) if place is None else members.index(place), thread)

    def remove(self, thread: int) -> None:
        """Takes a thread out of whichever queue it is in."""
        queue = self.where(thread)
        if queue is not None:
            self.lists[queue].remove(thread)

    def links(self, thread: int) -> "Links":
        """What a thread's links have to be."""
        queue = self.where(thread)
        if queue is None:
            return Links(None, None, None)
        members = self.lists[queue]
        at = members.index(thread)
        return Links(queue, members[at + 1] if at + 1 < len(members) else None,
                     members[at - 1] if at else None)


@dataclass(frozen=True)
class Links:
    """A thread's three links, as numbers; None is NULL."""

    queue: Optional[int]
    next: Optional[int]
    previous: Optional[int]


@dataclass
class Sleepers:
    """Who sleeps, in the order of waking, and who is ready."""

    ticks: dict[int, int] = field(default_factory=dict)
    sleepers: list[int] = field(default_factory=list)
    ready: list[int] = field(default_factory=list)

    def sleep(self, thread: int, tick: int) -> None:
        """Behind all that wake up earlier or at the same tick."""
        at = sum(self.ticks[other] <= tick for other in self.sleepers)
        self.ticks[thread] = tick
        self.sleepers.insert(at, thread)

    def wake_due(self, now: int) -> None:
        """Those due become ready, in their order."""
        due = [thread for thread in self.sleepers if self.ticks[thread] <= now]
        self.sleepers = self.sleepers[len(due):]
        self.ready += due


def chain(first: Optional[int], following: dict[int, Optional[int]]) -> Iterator[int]:
    """The numbers that links lead to, one after the other; ends when they go round."""
    seen: set[int] = set()
    here = first
    while here is not None and here not in seen:
        yield here
        seen.add(here)
        here = following.get(here)
