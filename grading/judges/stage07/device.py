"""mydevice_read() and mydevice_write() (guest/07-vfs/programs/lab_device.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

from grader.splitmix import SplitMix64
from .cases import Call, Case, digest
from .names import ENOSPC, WORD, error_text, signed

CASES, MOST, ROOM, BEYOND = 320, 4096, 6000, 0xEE


def _bytes(factor: int, size: int) -> bytes:
    return bytes((place * factor >> 16) & 0xFF for place in range(size))


@dataclass
class DeviceCase(Case):
    """A call, and the text that there is. `appends`: its handle says so."""

    results = 4
    length: int
    offset: int
    size: int
    appends: bool
    factor: int

    def text(self) -> bytes:
        """The text, up to its end."""
        return _bytes(self.factor, self.length)

    def expect_count(self, got: int, right: int, why: str) -> None:
        """The result: a count of bytes, or an error."""
        if signed(got) != right:
            self.fail(f"returns the wrong number: {why}",
                      str(right) if right >= 0 else error_text(right),
                      str(signed(got)) if signed(got) >= 0 else error_text(got))

    def expect_text(self, length: int, content: int, right: bytes) -> None:
        """What the device holds afterwards."""
        if length != len(right):
            self.fail("leaves a text of the wrong length", str(len(right)), str(length))
        if content != digest(right):
            self.fail("leaves the wrong text", "see the function's comment", "other bytes")


class Read(DeviceCase):
    """A call of mydevice_read()."""

    def __str__(self) -> str:
        return (f"mydevice_read() of {self.size} bytes at {_number(self.offset)} of a text of "
                f"{self.length} bytes")

    def judge(self, calls: list[Call], results: list[int]) -> None:
        right = self.text()[self.offset:self.offset + self.size]
        self.expect_count(results[0], len(right), f"there are {len(right)}")
        self.expect_text(results[1], results[2], self.text())
        if results[3] != digest(right + bytes([BEYOND]) * (ROOM - len(right))):
            self.fail("gives the wrong bytes", f"the {len(right)} bytes from the offset on, and "
                      "nothing behind them is touched", "others")


@dataclass
class Write(DeviceCase):
    """A call of mydevice_write()."""

    source: int

    def __str__(self) -> str:
        where = "to the end" if self.appends else f"at {_number(self.offset)}"
        return f"mydevice_write() of {self.size} bytes {where} of a text of {self.length} bytes"

    def judge(self, calls: list[Call], results: list[int]) -> None:
        offset = self.length if self.appends else self.offset
        taken = max(0, min(self.size, MOST - offset))
        count = -ENOSPC if self.size and not taken else taken
        self.expect_count(results[0], count, f"there is room for {taken}")
        text = bytearray(self.text())
        if taken:
            text += bytes(max(0, offset - len(text)))
            text[offset:offset + taken] = _bytes(self.source, taken)
        self.expect_text(results[1], results[2], bytes(text))


def _number(number: int) -> str:
    return str(number) if number < 10_000 else f"{number:#x}"


def _length(random: SplitMix64) -> int:
    choice = random.below(4)
    return 0 if choice == 0 else MOST if choice == 1 else random.below(MOST + 1)


def _offset(random: SplitMix64, length: int, size: int) -> int:
    choice = random.below(12)
    if choice < 4:
        return (0, 0, length, length + 1)[choice]
    if choice == 4:
        return random.next()
    if choice == 5:
        return MOST - random.below(2)
    if choice == 6:
        return length - random.below(min(length + 1, 200))
    if choice == 7:
        return WORD - 1 - random.below(size + 1)
    if choice == 8:
        return 1 + random.below(1 << 16) << 32 | random.below(MOST)
    return random.below(MOST)


def _size(random: SplitMix64) -> int:
    choice = random.below(6)
    if choice < 2:
        return (0, MOST)[choice]
    return random.below(ROOM if choice == 2 else 200)


def _drawn(random: SplitMix64) -> tuple[int, int, int, bool, int]:
    length = _length(random)
    size = _size(random)
    offset = _offset(random, length, size)
    return length, offset, size, random.below(4) == 0, random.next()


def reads(random: SplitMix64) -> Iterator[Case]:
    """Calls of mydevice_read()."""
    return (Read(*_drawn(random)) for _ in range(CASES))


def writes(random: SplitMix64) -> Iterator[Case]:
    """Calls of mydevice_write()."""
    for _ in range(CASES):
        yield Write(*_drawn(random), random.next())
