"""pipe_write() (guest/07-vfs/programs/lab_pipe.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

from grader.splitmix import SplitMix64
from .cases import Call, Case, digest
from .names import EINTR, EPIPE, OK

CASES, SIZE, UNSET, NAPS_MOST = 200, 8192, 0xDEAD, 12
SLEEP, SLEEP_SURELY, WAKE_ALL, WAKE_FIRST = range(1, 5)
READERS, WRITERS = 1, 2
QUEUES = {READERS: "the readers", WRITERS: "the writers"}


@dataclass
class World:
    """What others do with the pipe while the writer sleeps (worker_sleep() in lab_pipe.c)."""

    random: SplitMix64
    first: int
    count: int
    has_reader: bool
    naps: int = 0
    slept: bool = False

    def sleep(self) -> bool:
        """Whether the writer is woken."""
        choice = self.random.below(8)
        self.slept = True
        self.naps += choice != 0
        if choice == 0 or self.naps == NAPS_MOST:
            self.has_reader = False
        elif choice == 1:
            self._take(self.count)
            return False
        elif choice > 2:
            self._take(self.count if choice == 4 else self.random.below(self.count + 1))
        if choice == 3:
            self.has_reader = False
        return True

    def _take(self, count: int) -> None:
        self.count, self.first = self.count - count, (self.first + count) % SIZE


@dataclass
class Write(Case):
    """A call."""

    results = 4
    state: int
    first: int
    count: int
    has_reader: bool
    size: int
    factor: int

    def __str__(self) -> str:
        reader = "" if self.has_reader else ", which has no reader"
        return f"pipe_write() of {self.size} bytes into a pipe with {self.count}{reader},"

    def expected(self) -> tuple[World, int, str]:
        """The pipe when the function looks at it last; the error; why."""
        world = World(SplitMix64(self.state), self.first, self.count, self.has_reader)
        while world.has_reader and SIZE - world.count < self.size:
            if not world.sleep():
                return world, EINTR, "nobody waits for it any more"
        if not world.has_reader:
            return world, EPIPE, f"there is no reader{' any more' if self.has_reader else ''}"
        return world, OK, "there is room" + (" when it was woken" if world.slept else "")

    def judge(self, calls: list[Call], results: list[int]) -> None:
        error, done, count, content = results
        world, wanted, why = self.expected()
        self._judge_sleeps(calls)
        self.expect_error(error, wanted, why)
        if done != (self.size if wanted == OK else UNSET):
            self.fail("sets `*done` wrongly", str(self.size) if wanted == OK else "left alone",
                      str(done))
        written = self.size if wanted == OK else 0
        if count != world.count + written:
            self.fail(f"leaves the wrong number of bytes in the pipe, which held {world.count} "
                      "before", str(world.count + written), str(count))
        if content != digest(self._bytes(world) + self._data()[:written]):
            self.fail("leaves the wrong bytes in the pipe", "those that were there, and then those "
                      "that are written", "others")
        if written and world.count == 0 and not self._woken(calls):
            self.fail("leaves the readers asleep",
                      "worker_wake_all(&pipe->readers), when the bytes are there", _calls(calls))

    def _judge_sleeps(self, calls: list[Call]) -> None:
        """Each time the writer sleeps it has to: among the writers, and when there is no room."""
        for call in calls:
            queue, count = call.given & 0xFF, call.given >> 8
            if call.which == SLEEP_SURELY:
                self.fail("sleeps surely", "worker_sleep(), which tells when the client has ended",
                          "worker_sleep_surely()")
            if call.which == SLEEP and queue != WRITERS:
                self.fail("sleeps in the wrong queue", "the writers", QUEUES.get(queue, "another"))
            if call.which == SLEEP and SIZE - count >= self.size:
                self.fail("sleeps although there is room", f"no sleep with {count} bytes in it",
                          _calls(calls))

    def _woken(self, calls: list[Call]) -> bool:
        """Whether those are woken who wait for bytes. Nobody does while there are some."""
        last = max((place for place, call in enumerate(calls) if call.which == SLEEP), default=-1)
        return any(call.which == WAKE_ALL and call.given & 0xFF == READERS
                   for call in calls[last + 1:])

    def _data(self) -> bytes:
        return bytes((place * self.factor >> 16) & 0xFF for place in range(self.size))

    def _bytes(self, world: World) -> bytes:
        places = ((world.first + place) % SIZE for place in range(world.count))
        return bytes((place * self.factor >> 8) & 0xFF for place in places)


def _calls(calls: list[Call]) -> str:
    names = {SLEEP: "worker_sleep", WAKE_ALL: "worker_wake_all", WAKE_FIRST: "worker_wake_first"}
    return ", ".join(f"{names.get(call.which, '?')}({QUEUES.get(call.given & 0xFF, '?')})"
                     for call in calls[-6:]) or "no call"


def _size(random: SplitMix64, count: int) -> int:
    choice, room = random.below(6), SIZE - count
    if choice < 4:
        return (0, SIZE, room, min(room + 1, SIZE))[choice]
    return random.below(SIZE + 1)


def cases(random: SplitMix64) -> Iterator[Case]:
    """The calls."""
    for _ in range(CASES):
        factor, state = random.next() | 1, random.next()
        has_reader, first = random.below(4) != 0, random.below(SIZE)
        choice = random.below(4)
        count = SIZE if choice == 0 else 0 if choice == 1 else random.below(SIZE + 1)
        yield Write(state, first, count, has_reader, _size(random, count), factor)
