"""Running a test program that writes its steps down, and judging those that it came to."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Iterator

from grader.boot import Boot
from grader.expect import Failure
from grader.image.views import Array, Struct
from grader.snapshot import Snapshot
from grader.story import End
from judges.counts import expect_made

# A judge fails at the first wrong step. It returns what the test was doing when it ended, if it
# was in the middle of something.
Judge = Callable[[Snapshot], str]
Counter = Callable[[Snapshot], int]


def judge_history(boot: Boot, judge: Judge, counter: Counter, expected: int) -> None:
    """Runs to the checkpoint "done", or to wherever the test ends before, and judges the steps. A
    wrong step explains more than the panic or the hang that came of it later. A test that has come
    to its end has made `expected` steps, and finished all."""
    end = None
    try:
        snapshot = boot.until("done")
    except Failure as failure:
        snapshot, end = boot.snapshot(), failure
    doing = judge(snapshot)
    if end is not None:
        told = doing and boot.end is not End.UNWRITTEN
        what = f"{doing} did not return; {end.what}" if told else end.what
        raise Failure(what, expected=end.expected, got=end.got, around=end.around, hint=end.hint)
    judge_complete(doing, counter(snapshot), expected)
    boot.finish()


def judge_complete(doing: str, made: int, expected: int) -> None:
    """At the end of a test: nothing is left out or left off."""
    expect_made("the number of steps that it wrote down", made, expected)
    if doing:
        raise Failure("the test's own notes in memory are wrong: a step in them is not finished",
                      expected="all finished", got=doing)


def judge_each(rounds: Iterable[Any], call: Callable[[Struct], str],
               judge: Callable[[Struct], None]) -> str:
    """What a Judge does whose steps are calls, each a step of its own. `call` says which call it
    was, in words."""
    for run in rounds:
        if not run.begun:
            return ""
        if not run.finished:
            return call(run)
        judge(run)
    return ""


def finished(rounds: Iterable[Any], flag: str = "finished") -> int:
    """How many rounds have been begun and finished."""
    return sum(bool(run.begun and getattr(run, flag)) for run in rounds)


def steps(array: Array, count: int) -> Iterator[Any]:
    """The first `count` elements; as many as there are, should the count be nonsense."""
    for index in range(min(count, len(array))):
        yield array[index]


def words(data: bytes) -> list[int]:
    """Bytes as 64-bit numbers."""
    return [int.from_bytes(data[at:at + 8], "little") for at in range(0, len(data), 8)]
