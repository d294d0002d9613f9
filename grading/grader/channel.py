"""What comes out of the debug port: the test's reports, and words that anyone may have written.

A report counts only with the key of this boot, which the grader has poked into the guest when the
test began. All else on the port is a claim of the kernel: `stop: done`, `stop: panic`, and
`unwritten: exercise (function)` from an exercise that is still blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Optional

from emulator.outcome import STOP, UNWRITTEN

KEYED = re.compile(r"([0-9a-f]{16}) (.*)")
REPORT = re.compile(r"([A-Za-z0-9_.-]+)=(.*)")
ESCAPE = re.compile(r"\\x([0-9a-f]{2})")
BYTES = "bytes:"

Value = int | str | bytes


@dataclass(frozen=True)
class Unwritten:
    """An exercise that ran although it is not written."""

    exercise: str
    function: str


@dataclass
class Channel:
    """The debug port's text, sorted."""

    reports: list[tuple[str, Value]] = field(default_factory=list)
    unwritten: list[Unwritten] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    stop: str = ""

    def all(self, key: str) -> list[Value]:
        """Every value that was reported under a key, in order."""
        return [value for name, value in self.reports if name == key]


def parse_channel(text: str, boot_key: int) -> Channel:
    """Reads the debug port's text, line by line."""
    channel = Channel()
    for line in text.splitlines():
        keyed = KEYED.fullmatch(line)
        report = parse_report(keyed.group(2)) if keyed else None
        if keyed and report and int(keyed.group(1), 16) == boot_key:
            channel.reports.append(report)
        elif report:
            channel.forged.append(line)
        elif match := UNWRITTEN.match(line):
            channel.unwritten.append(Unwritten(match.group(1), match.group(2)))
        elif match := STOP.match(line):
            channel.stop = match.group(1)
    return channel


def parse_report(line: str) -> Optional[tuple[str, Value]]:
    """Key and value of a line `key=value`, in the forms of guest/common/report.c."""
    match = REPORT.fullmatch(line)
    return (match.group(1), _value(match.group(2))) if match else None


def _value(text: str) -> Value:
    if text.startswith('"') and text.endswith('"') and len(text) >= 2:
        return ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text[1:-1])
    try:
        if text.startswith(BYTES):
            return bytes.fromhex(text[len(BYTES):])
        return int(text, 16 if text.startswith("0x") else 10)
    except ValueError:
        return text
