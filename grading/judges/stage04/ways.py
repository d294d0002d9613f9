"""The same calls on both ways (guest/04-ipc/programs/ways.c)."""

from __future__ import annotations

from grader.expect import expect, expect_equal
from grader.program_boot import ProgramBoot
from grader.snapshot import Snapshot
from grader.splitmix import MASK, SplitMix64
from grader.threads import threads_of
from .exchange import FACTOR, digested

PROGRAMS = ("ways", "ways_server")
BADGE, FAST_CALLS, ROWS = 77, 100, 2    # in ways.c
WORDS = 8
INFINITE = 0                            # the choice of a call's timeout


def judge_digests(boot: ProgramBoot, calls: int) -> None:
    """Every register of every call, on whichever way it went."""
    expect(not any(boot.values("set-up")), "the client's preparations failed",
           expected="no error", got=str(boot.values("set-up")))
    random, digest, expected = boot.random(), 0, []
    for _ in range(calls):
        random.next()                   # the choice of the timeout
        digest = _call(random, digest)
    expected.append(digest)
    for _ in range(ROWS * (FAST_CALLS + 1)):
        digest = _call(random, digest)
    expected.append(digest)
    expect_equal("the digest of all registers after calls of both kinds, and then after a row of "
                 "fast ones", boot.values("digest"), expected)


def _call(random: SplitMix64, digest: int) -> int:
    """Adds what a call brings back: error, badge, info, words; RBP and RSP are as before."""
    words = [random.next() for _ in range(WORDS)]
    label, length = ~random.next() & 0xFFFF_FFFF, random.below(9)
    random.next()                       # RBP
    answers = [(word ^ BADGE) * FACTOR & MASK for word in words]
    return digested(digest, [0, 0, label << 32 | length, *answers, 0, 0])


def expect_row(snapshot: Snapshot, function: str) -> None:
    """The general way's function is called for the first time by the first call that needs it."""
    client = next(thread for thread in threads_of(snapshot)
                  if thread.name.text() == PROGRAMS[0])
    calls = snapshot.variables_of(client).guest_calls
    expect(calls == FAST_CALLS, f"{function}() is called although the fast path applies",
           expected=f"{FAST_CALLS} calls on the fast path, then one that needs the general way",
           got=f"{function}() in call {calls + 1}")
