"""pio_transfer() (guest/07-vfs/programs/lab_pio.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, NamedTuple

from grader.splitmix import SplitMix64
from .cases import Call, Case
from .names import EIO, OK, WORD

CASES, SECTORS, SECTOR_WORDS, AFTER = 200, 4, 256, 0xEEEE
WORDS = (SECTORS + 1) * SECTOR_WORDS
POLL_LIMIT = 10_000     # ATA_POLL_LIMIT
ERR, DRQ, DF, DRDY = 0x01, 0x08, 0x20, 0x40
OTHER_BITS = 0x56       # of the status: they tell nothing about the data
OTHER_REGISTER, DATA_UNASKED, DATA_WRONG_WAY, WRITTEN = range(1, 5)
ALTERNATE_STATUS = 0x3F6
STRANGE = {
    OTHER_REGISTER: "reads another register than the alternate status: {:#x}",
    DATA_UNASKED: "moves a word that the device is not ready for, after {} words",
    DATA_WRONG_WAY: "moves data the wrong way, after {} words",
    WRITTEN: "writes to register {:#x}"}


class Sector(NamedTuple):
    """What the device does at a sector."""

    busy: int       # the status is read so often before BSY is clear
    status: int

    @property
    def polls(self) -> int:
        """How often the status has to be read."""
        return min(self.busy + 1, POLL_LIMIT)

    @property
    def is_ready(self) -> bool:
        """Whether data are moved."""
        return self.busy < POLL_LIMIT and self.status & (DRQ | ERR | DF) == DRQ

    def __str__(self) -> str:
        if self.busy >= POLL_LIMIT:
            return "it stays busy"
        names = [name for bit, name in ((ERR, "ERR"), (DF, "DF"), (DRQ, "DRQ")) if
                 self.status & bit]
        return (f"its status is {self.status:#04x} ({' '.join(names) or 'without DRQ'}) after "
                f"{self.busy} reads with BSY")


@dataclass
class Transfer(Case):
    """A call, and the device."""

    results = 5
    reads: bool
    count: int
    sectors: list[Sector]
    factor: int

    def __str__(self) -> str:
        return f"pio_transfer() {'from' if self.reads else 'to'} {self.count} sectors of the device"

    def judge(self, calls: list[Call], results: list[int]) -> None:
        polls = [call.given for call in calls if call.which == 0] + [results[0]]
        failed = next((number for number, sector in enumerate(self.sectors[:self.count])
                       if not sector.is_ready), None)
        moved = self.count if failed is None else failed
        self._judge_calls(calls)
        self._judge_polls(polls, moved, failed is not None)
        why = "every sector was ready" if failed is None else \
            f"at sector {failed}, {self.sectors[failed]}"
        self.expect_error(results[1], OK if failed is None else EIO, why)
        if results[2] != moved * SECTOR_WORDS:
            self.fail(f"moves the wrong number of words: {why}", str(moved * SECTOR_WORDS),
                      str(results[2]))
        self._judge_words(moved * SECTOR_WORDS, results[3], results[4])

    def _judge_calls(self, calls: list[Call]) -> None:
        for call in calls:
            if call.which in STRANGE:
                self.fail(STRANGE[call.which].format(call.given),
                          f"the status at {ALTERNATE_STATUS:#x} says that the device is ready, "
                          f"then {SECTOR_WORDS} words in the direction of the operation",
                          "something else")

    def _judge_polls(self, polls: list[int], moved: int, failed: bool) -> None:
        wanted = [sector.polls for sector in self.sectors[:moved + failed]]
        for number, (got, right) in enumerate(zip(polls, wanted)):
            if got != right:
                self.fail(f"reads the status the wrong number of times before sector {number}: "
                          f"{self.sectors[number]}", str(right), str(got),
                          hint=f"until BSY is clear, and {POLL_LIMIT} times at most")

    def _judge_words(self, moved: int, written: int, memory: int) -> None:
        if self.reads:
            words = [place * self.factor % WORD >> 16 & 0xFFFF for place in range(1, moved + 1)]
            words += [AFTER] * (WORDS - moved)
        else:
            words = [place * self.factor % WORD >> 24 & 0xFFFF for place in range(1, WORDS + 1)]
        if memory != _digest(words):
            self.fail("leaves the wrong words in memory",
                      f"the device's {moved} words in their order, and nothing behind them changed"
                      if self.reads else "nothing is changed", "other words")
        if not self.reads and written != _digest(words[:moved]):
            self.fail("gives the device the wrong words", "those of memory, in their order",
                      "others")


def _digest(words: list[int]) -> int:
    return sum(word * place for place, word in enumerate(words, 1)) % WORD


def _busy(random: SplitMix64) -> int:
    choice = random.below(24)
    if choice == 0:
        return POLL_LIMIT - 1 + random.below(2)
    if choice == 1:
        return POLL_LIMIT * 4
    if choice < 8:
        return POLL_LIMIT // 2 + random.below(POLL_LIMIT // 4)
    return random.below(20) if random.below(2) else 0


def _status(random: SplitMix64) -> int:
    if random.below(8) == 0:
        return DRDY | (ERR, DF, ERR | DRQ, DF | DRQ, 0)[random.below(5)]
    return DRQ | (random.below(0x80) & OTHER_BITS)


def _transfer(random: SplitMix64) -> Transfer:
    reads = bool(random.below(2))
    sectors = []
    for _ in range(SECTORS):
        busy = _busy(random)
        sectors.append(Sector(busy, _status(random)))
    random.next()       # bits of a busy device's status
    factor = random.next() | 1
    return Transfer(reads, 1 + random.below(SECTORS), sectors, factor)


def cases(random: SplitMix64) -> Iterator[Case]:
    """The calls."""
    return (_transfer(random) for _ in range(CASES))
