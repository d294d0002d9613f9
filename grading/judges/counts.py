"""How much a test does: known outside, for what the guest counts a student's code can overwrite."""

from __future__ import annotations

from grader.expect import Failure
from grader.snapshot import Snapshot


def expect_count(snapshot: Snapshot, variable: str, count: int) -> None:
    """Fails unless the test program's own count is what it has to be."""
    expect_made(variable, int(getattr(snapshot.kernel, variable)), count)


def expect_made(what: str, got: int, expected: int) -> None:
    """As expect_count, of something that was counted here."""
    if got != expected:
        raise Failure(f"the test's own notes in memory are wrong: {what}", expected=str(expected),
                      got=str(got), hint="only the test program writes there; what else has "
                                         "written over its memory?")
