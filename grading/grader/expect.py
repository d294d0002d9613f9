"""Saying in plain words what a test expected and what it got."""

from __future__ import annotations

import difflib
import re
from typing import Any, Iterable, Optional, Sequence

LINES_AROUND = 3
LONGEST = 400


class Failure(Exception):
    """A test's verdict: what is wrong, as a student reads it."""

    def __init__(self, what: str, *, expected: Optional[str] = None, got: Optional[str] = None,
                 around: Sequence[str] = (), hint: str = "") -> None:
        super().__init__(what)
        self.what, self.expected, self.got = what, expected, got
        self.around, self.hint = list(around), hint

    def text(self) -> str:
        """The whole message, of several lines."""
        lines = [self.what]
        if self.expected is not None:
            lines.append(f"  expected: {_short(self.expected)}")
        if self.got is not None:
            lines.append(f"  got:      {_short(self.got)}")
        lines += [f"    | {line}" for line in self.around]
        if self.hint:
            lines.append(self.hint)
        return "\n".join(lines)


def expect(condition: bool, what: str, *, expected: Optional[str] = None,
           got: Optional[str] = None, hint: str = "") -> None:
    """Fails with these words unless the condition holds."""
    if not condition:
        raise Failure(what, expected=expected, got=got, hint=hint)


def expect_equal(what: str, got: Any, expected: Any, hint: str = "") -> None:
    """Fails unless two values are equal. `what` is a clause: "the text of 17 in base 2"."""
    if got != expected:
        raise Failure(f"{what} is wrong", expected=shown(expected), got=shown(got), hint=hint)


def expect_line(lines: Sequence[str], pattern: str, where: str = "the serial console") -> str:
    """Finds the line that a regular expression matches; fails with the nearest line if none."""
    for line in lines:
        if re.search(pattern, line):
            return line
    raise Failure(f"a line is missing on {where}", expected=f"a line like {pattern}",
                  got="nothing like it" if lines else "no line at all",
                  around=nearest(lines, pattern))


def expect_no_line(lines: Sequence[str], pattern: str, where: str = "the serial console") -> None:
    """Fails if some line matches a regular expression."""
    for index, line in enumerate(lines):
        if re.search(pattern, line):
            raise Failure(f"{where} has a line that must not be there",
                          expected=f"no line like {pattern}", got=line,
                          around=around(lines, index))


def around(lines: Sequence[str], index: int) -> list[str]:
    """A line with its neighbours; '>' marks it."""
    first = max(0, index - LINES_AROUND)
    return [("> " if first + offset == index else "  ") + _short(line)
            for offset, line in enumerate(lines[first:index + LINES_AROUND + 1])]


def nearest(lines: Sequence[str], pattern: str) -> list[str]:
    """The neighbourhood of the line that comes nearest to a pattern, or else the last lines."""
    plain = re.sub(r"\\(.)", r"\1", pattern)
    ratios = [difflib.SequenceMatcher(None, plain, line[:LONGEST]).ratio() for line in lines]
    best = max(range(len(lines)), key=ratios.__getitem__, default=None)
    if best is not None and ratios[best] > 0.4:
        return around(lines, best)
    return last(lines)


def last(lines: Sequence[str], count: int = 2 * LINES_AROUND) -> list[str]:
    """The last lines, to be shown around a failure."""
    return ["  " + _short(line) for line in lines[-count:]]


def said(serial: Sequence[str]) -> list[str]:
    """The console's last lines, to be shown where they may explain a failure."""
    if not any(serial):
        return ["nothing came out of the console"]
    return ["the console's last lines:", *last(serial)]


def shown(value: Any) -> str:
    """A value as a reader wants it: big numbers with their hexadecimal form."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 4096:
        return f"{int(value)} ({int(value):#x})"
    return value.decode("latin-1") if isinstance(value, bytes) else repr(value)


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 2 else words)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + f"... ({len(text)} characters)"
