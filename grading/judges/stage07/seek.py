"""file_seek() (guest/07-vfs/programs/lab_seek.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

from grader.splitmix import SplitMix64
from .cases import Call, Case
from .names import EBADF, EINVAL, EOVERFLOW, ESPIPE, MOST, OK, WORD, signed

CASES = 240
SEEK_SET, SEEK_CUR, SEEK_END = range(3)
WHENCES = ("SEEK_SET", "SEEK_CUR", "SEEK_END")
HOLD, PUT, LOCK, UNLOCK, OTHER_LOCK, GONE = range(1, 7)
MOVED = "what a file's offset and size are counts when the lock is held, not before"


@dataclass
class Seek(Case):
    """A request. With `raced` others have the lock before."""

    results = 3
    has_file: bool
    can_seek: bool
    before: int
    offset: int         # when the lock is held
    size: int
    whence: int
    distance: int
    raced: bool

    def __str__(self) -> str:
        whence = WHENCES[self.whence] if self.whence < 3 else f"whence {self.whence:#x}"
        raced = " when it has the lock" if self.raced else ""
        return (f"file_seek() of {signed(self.distance)}, {whence} (offset {self.offset}, "
                f"size {self.size}{raced})")

    def expected(self) -> tuple[int, int, str]:
        """The error, the offset then, and why."""
        if not self.has_file:
            return EBADF, 0, "the descriptor stands for no open file"
        if not self.can_seek:
            return ESPIPE, 0, "the file's kind has no offset"
        if self.whence > SEEK_END:
            return EINVAL, 0, "there is no such whence"
        place = (0, self.offset, self.size)[self.whence] + signed(self.distance)
        if place < 0:
            return EINVAL, 0, "the new offset would be negative"
        if place > MOST:
            return EOVERFLOW, 0, "the new offset would be above INT64_MAX"
        return OK, place, f"the new offset is {place}"

    def judge(self, calls: list[Call], results: list[int]) -> None:
        error, answer, offset = results
        wanted, place, why = self.expected()
        if self.raced:
            self._judge_lock([call.which for call in calls], wanted)
        hint = MOVED if self.raced else ""
        self.expect_error(error, wanted, why)
        locked = any(call.which == LOCK for call in calls)
        if wanted != OK:
            left = self.offset if locked else self.before
            if self.has_file and offset != left:
                self.fail("is refused and moves the offset", str(left), str(offset), hint)
            return
        if offset != place:
            self.fail("leaves the wrong offset in the open file", str(place), str(offset), hint)
        if answer != place:
            self.fail("gives the wrong answer in word 0", str(place), str(answer), hint)

    def _judge_lock(self, calls: list[int], wanted: int) -> None:
        if OTHER_LOCK in calls:
            self.fail("uses another lock", "the file's offset_lock, to write",
                      "another lock, or to read")
        if self.has_file and wanted in (OK, EOVERFLOW) and LOCK not in calls:
            self.fail("does not take the lock", "rw_lock_write(&file->offset_lock)", "no lock")
        if calls.count(LOCK) != calls.count(UNLOCK):
            self.fail("does not give the lock back", f"{calls.count(LOCK)} times",
                      f"{calls.count(UNLOCK)} times")
        closed = GONE in calls and LOCK in calls and calls.index(GONE) < _last(calls, UNLOCK)
        if closed:
            self.fail("works with a file that is gone: while it waited for the lock, the client "
                      "has closed it", "held from before the lock to after it (open_file_hold())",
                      "closed")
        if calls.count(HOLD) != calls.count(PUT):
            self.fail("holds the file and gives it back not equally often",
                      f"open_file_put() {calls.count(HOLD)} times", f"{calls.count(PUT)} times")


def _last(calls: list[int], which: int) -> int:
    return max((place for place, call in enumerate(calls) if call == which), default=-1)


def _offset(random: SplitMix64) -> int:
    choice = random.below(4)
    if choice == 0:
        return random.below(100)
    if choice == 1:
        return random.below(1 << 40)
    return MOST - random.below(100) if choice == 2 else random.next() >> 1


def _whence(random: SplitMix64) -> int:
    choice = random.below(8)
    if choice < 6:
        return choice % 3
    if choice == 6:
        return 3 + random.below(4)
    return random.next() << 32 & WORD - 1 | 1 << 63 | random.below(3)


def _distance(random: SplitMix64, start: int) -> int:
    choice = random.below(7)
    if choice == 0:
        return random.below(200) - 100
    if choice < 6:
        return (-start, -start - 1, MOST - start, MOST - start + 1, 0)[choice - 1] % WORD
    return random.next()


def _seek(random: SplitMix64, raced: bool) -> Seek:
    has_file, can_seek = random.below(8) != 0, random.below(8) != 0
    offset, size, next_offset, next_size = (_offset(random) for _ in range(4))
    if not raced:
        next_offset, next_size = offset, size
    whence = _whence(random)
    random.next()       # the descriptor
    start = {SEEK_CUR: next_offset, SEEK_END: next_size}.get(whence, 0)
    return Seek(has_file, can_seek, offset, next_offset, next_size, whence,
                _distance(random, start), raced)


def cases(random: SplitMix64) -> Iterator[Case]:
    """Requests of one client."""
    return (_seek(random, False) for _ in range(CASES))


def raced_cases(random: SplitMix64) -> Iterator[Case]:
    """Requests of several."""
    return (_seek(random, True) for _ in range(CASES))
