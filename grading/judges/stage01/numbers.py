"""How a number is written, and what format_integer() made of it (guest/01-boot/format.c)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from grader.boot import Boot
from grader.expect import expect, expect_equal
from judges.counts import expect_count
from .reading import naming, rows

LONGEST = 66            # FORMAT_INTEGER_MAX
PLAIN, EXTREME = 12 + 200, 15 * 18 + 65     # calls that guest/01-boot/format.c makes
SYMBOLS = "0123456789abcdef"
NAMES = {1 << 63: "INT64_MIN", (1 << 63) - 1: "INT64_MAX", (1 << 64) - 1: "UINT64_MAX"}

CONVERSION = re.compile(r"%[-0]*\d*(l|z|)([duxp])")
# What convert_all() in format.c converts, in its order.
FORMS = ("[%d]", "[%d]", "[%5d]", "[%-5d]", "[%05d]", "[%d]", "[%u]", "[%x]", "[%08lx]",
         "[%16lx]", "[%ld]", "[%lu]", "[%zu]", "[%p]")
BITS = {"": 32, "l": 64, "z": 64}


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


def check_numbers(boot: Boot, count: int) -> None:
    """Runs all calls of format_integer() and judges them."""
    ready = boot.until("ready")
    expect_count(ready, "guest_number_count", count)
    calls = [Call.of(row) for row in rows(ready, "guest_numbers", count)]
    with naming(boot, lambda now: str(calls[now.kernel.guest_number_index])):
        done = boot.until("done")
    expect_count(done, "guest_number_count", count)
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
    """Runs and judges conversions of printk."""
    with naming(boot, lambda _: "format_to_buffer()"):
        done = boot.until("converted")
    expect_count(done, "guest_conversion_count", len(FORMS))
    for form, row in zip(FORMS, rows(done, "guest_conversions", len(FORMS))):
        value, expected = converted(form, row["value"])
        expect_equal(f'printk("{form}", {value})', row["text"].text(), expected)


def converted(form: str, bits: int) -> tuple[int, str]:
    """The number that an argument's bits are, and what C's printf makes of it. Python's % does the
    same, but it knows no lengths and its pointers are not the kernel's."""
    match = CONVERSION.search(form)
    assert match, form
    length, letter = match.groups()
    if letter == "p":
        return bits, form.replace("%p", f"0x{bits:016x}")
    value = narrowed(bits, BITS[length], letter == "d")
    return value, form.replace(length + letter, letter) % value
