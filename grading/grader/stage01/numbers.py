"""How a number is written, and what format_integer() made of it (guest/01-boot/format.c)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..boot import Boot
from ..expect import expect, expect_equal
from .reading import naming, rows

LONGEST = 66            # FORMAT_INTEGER_MAX
SYMBOLS = "0123456789abcdef"
NAMES = {1 << 63: "INT64_MIN", (1 << 63) - 1: "INT64_MAX", (1 << 64) - 1: "UINT64_MAX"}

# The conversions of guest/01-boot/format.c, in its order, with how the argument is to be read.
CONVERSIONS = (
    ("%d", 32, True), ("%d", 32, True), ("%5d", 32, True), ("%-5d", 32, True), ("%05d", 32, True),
    ("%+d", 32, True), ("%+d", 32, True), ("%.6d", 32, True), ("%i", 32, True),
    ("%u", 32, False), ("%x", 32, False), ("%#x", 32, False), ("%X", 32, False),
    ("%o", 32, False), ("%hhd", 8, True), ("%08lx", 64, False), ("%16lx", 64, False),
    ("%ld", 64, True), ("%lu", 64, False), ("%zu", 64, False), ("%p", 64, False),
)


@dataclass(frozen=True)
class Call:
    """One call of format_integer(), and what stood around the buffer before it."""

    bits: int
    base: int
    is_signed: bool
    upper_case: bool
    digits: int
    canaries: tuple[bytes, bytes]

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Call":
        """A row of the test program."""
        return cls(row["bits"], row["base"], row["is_signed"], row["upper_case"], row["digits"],
                   canaries(row))

    @property
    def value(self) -> int:
        """The number that the 64 bits stand for."""
        return narrowed(self.bits, 64, self.is_signed)

    def text(self) -> str:
        """How it has to be written."""
        rest, digits = abs(self.value), ""
        while rest or not digits:
            digits = SYMBOLS[rest % self.base] + digits
            rest //= self.base
        digits = digits.rjust(self.digits, "0")
        return ("-" if self.value < 0 else "") + (digits.upper() if self.upper_case else digits)

    def __str__(self) -> str:
        name = NAMES.get(self.bits) or (f"{self.bits:#x}" if self.value != self.bits else "")
        return "".join([
            f"format_integer() of {self.value}", f" ({name})" if name else "",
            f", base {self.base}, {'signed' if self.is_signed else 'unsigned'}",
            ", upper case" if self.upper_case else "",
            f", at least {self.digits} digits" if self.digits else ""])


def canaries(row: dict[str, Any]) -> tuple[bytes, bytes]:
    """The bytes before and behind the buffer."""
    return row["before"].raw(), row["after"].raw()


def narrowed(bits: int, count: int, is_signed: bool) -> int:
    """A number's lowest `count` bits, two's complement if it is signed."""
    bits &= (1 << count) - 1
    return bits - (1 << count) if is_signed and bits >> count - 1 else bits


def check_numbers(boot: Boot) -> None:
    """Runs all calls of format_integer() and judges them."""
    ready = boot.until("ready")
    count = ready.kernel.guest_number_count
    calls = [Call.of(row) for row in rows(ready, "guest_numbers", count)]
    with naming(boot, lambda now: str(calls[now.kernel.guest_number_index])):
        done = boot.until("done")
    for call, row in zip(calls, rows(done, "guest_numbers", count)):
        _check_number(call, row)


def _check_number(call: Call, row: dict[str, Any]) -> None:
    length, expected = row["length"], call.text()
    if length > LONGEST:
        expect_equal(f"{call}: the number of characters it returned", length, len(expected))
    expect_equal(str(call), row["text"].raw()[:length].decode("latin-1"), expected)
    before, after = canaries(row)
    side = "before" if before != call.canaries[0] else "behind"
    expect((before, after) == call.canaries, f"{call}: it writes outside its buffer",
           expected=f"nothing changed but the {LONGEST} characters of `out` (FORMAT_INTEGER_MAX)",
           got=f"a change {side} them")


def check_conversions(boot: Boot) -> None:
    """Runs and judges the conversions of printk."""
    with naming(boot, lambda _: "format_to_buffer()"):
        texts = rows(boot.until("converted"), "guest_texts", len(CONVERSIONS))
    for (conversion, bits, is_signed), row in zip(CONVERSIONS, texts):
        value = narrowed(row["value"], bits, is_signed)
        expect_equal(f'printk("[{conversion}]", {value})', row["text"].text(),
                     f"[{converted(conversion, value)}]")


def converted(conversion: str, value: int) -> str:
    """What C's printf makes of a number: Python's % does the same, but for lengths and for %p."""
    return f"0x{value:016x}" if conversion == "%p" else re.sub("[hlz]", "", conversion) % value
