"""Going through the calls that a test program has made of the function under test."""

from __future__ import annotations

from typing import Callable, Iterator, NamedTuple

from grader.boot import Boot
from grader.expect import Failure, expect
from grader.splitmix import SplitMix64
from judges.counts import expect_made
from judges.stage02.history import words
from .names import error_text

CALL_SHIFT = 56     # notes.h: note_call()


class Call(NamedTuple):
    """A call that the function under test has made: a stand-in's number, and what it was given."""

    which: int
    given: int


class Case:
    """One call of the function under test, before it is made. Judges derive from this."""

    results = 1     # numbers that are noted after the calls

    def __str__(self) -> str:
        raise NotImplementedError

    def judge(self, calls: list[Call], results: list[int]) -> None:
        """Fails when the function has not done what it should."""
        raise NotImplementedError

    def fail(self, what: str, expected: str, got: str, hint: str = "") -> None:
        """Fails with words about this case."""
        raise Failure(f"{self} {what}", expected=expected, got=got, hint=hint)

    def expect_error(self, got: int, expected: int, why: str) -> None:
        """The function's result, an error number."""
        expect(got == expected, f"{self} returns the wrong error: {why}",
               expected=error_text(expected), got=error_text(got))


Cases = Callable[[SplitMix64], Iterator[Case]]


def judge_cases(boot: Boot, cases: Cases) -> None:
    """Runs the program to its end and judges every case that it came to. A wrong one explains more
    than the hang or the exception that came of it later."""
    end = None
    try:
        boot.finish()
    except Failure as failure:
        end = failure
    made = [words(note) for note in boot.values("case") if isinstance(note, bytes)]
    expected = list(cases(boot.random()))
    for case, notes in zip(expected, made):
        _judge(case, notes)
    running = expected[len(made)] if len(made) < len(expected) else None
    if boot.values("endless"):
        raise Failure(f"{running} calls other functions without end")
    if end is not None:
        what = f"{running} did not return; {end.what}" if running and made else end.what
        raise Failure(what, expected=end.expected, got=end.got, around=end.around, hint=end.hint)
    expect_made("the number of calls that it reported", len(made), len(expected))


def _judge(case: Case, notes: list[int]) -> None:
    at = len(notes) - case.results
    expect(at >= 0, "the test's own report is too short")
    calls = [Call(note >> CALL_SHIFT, note & (1 << CALL_SHIFT) - 1) for note in notes[:at]]
    case.judge(calls, notes[at:])


def digest(data: bytes) -> int:
    """notes.h: digest_of()."""
    return sum(byte * place for place, byte in enumerate(data, 1)) % (1 << 64)
