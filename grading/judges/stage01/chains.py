"""Chains of stack frames, invented (guest/01-boot/backtrace.c) and real."""

from __future__ import annotations

import re
from typing import Any, Sequence

from grader.boot import Boot
from grader.expect import Failure, expect, expect_equal
from grader.snapshot import Snapshot
from .reading import PAGE_FAULT, integers, naming, rows, words

KINDS = {
    "ENDS_WITH_ZERO": "that ends with 0",
    "LEAVES_ABOVE": "that leaves the stack at its upper end",
    "LEAVES_BELOW": "that leaves the stack at its lower end",
    "GOES_FAR_AWAY": "that leads far away from the stack",
    "LOOPS_ON_ITSELF": "whose last frame names itself as the next",
    "GOES_BACK": "whose last frame leads back to a lower one",
    "IS_MISALIGNED": "that leads to a misaligned address, no multiple of 8",
    "IS_LONGER_THAN_LIMIT": "that is longer than `limit`",
    "BEGINS_OUTSIDE": "that does not begin on the stack",
}

# A line of the backtrace that names a function; a thread's first function has no caller (0).
LINE = re.compile(r" *#(?!.* 0x0{16} ).*?([A-Za-z_]\w*)\+0x")


class Chain:
    """An invented chain, read before the exercise has seen it."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.kind, self.frame, self.limit = row["kind"].name, row["frame"], row["limit"]
        self.start, self.end = row["stack"].start, row["stack"].end
        frames, nexts, calls = (integers(row[name])[:row["depth"]]
                                for name in ("frames", "nexts", "calls"))
        self.frames = dict(zip(frames, zip(nexts, calls)))
        self.before = integers(row["returns"])

    def returns(self) -> list[int]:
        """The return addresses that can be believed."""
        found: list[int] = []
        frame, lowest = self.frame, self.start
        while len(found) < self.limit and frame % 8 == 0 and lowest <= frame <= self.end - 16:
            lowest = frame + 1
            frame, call = self.frames[frame]
            found.append(call)
        return found

    def place(self, address: int) -> str:
        """An address, as it lies to the stack."""
        if address < self.start:
            return f"{address:#x}, {self.start - address:#x} bytes below its start"
        return f"{address:#x}, {address - self.end:#x} bytes above its end" \
            if address >= self.end else f"{address:#x}, inside"

    def __str__(self) -> str:
        last = list(self.frames.values())[-1][0] if self.frames else self.frame
        where = f"{len(self.frames)} frames, the last one leads to" if self.frames else "it begins"\
            " at"
        return (f"backtrace_collect() of a chain {KINDS[self.kind]} ({where} {last:#x}; the stack "
                f"is {self.start:#x} to {self.end:#x}, limit {self.limit})")


def check_chains(boot: Boot) -> None:
    """Runs all calls of backtrace_collect() and judges them."""
    chains = [Chain(row) for row in rows(boot.until("ready"), "guest_chains")]
    with naming(boot, lambda now: str(chains[now.kernel.guest_chain_index])):
        done = boot.until("done")
    for chain, row in zip(chains, rows(done, "guest_chains")):
        if row["faulted"]:
            raise _fault(chain, row["caught"], done)
        _check_returns(chain, row["count"], integers(row["returns"]))


def _check_returns(chain: Chain, count: int, returns: Sequence[int]) -> None:
    expected = chain.returns()
    expect(count <= chain.limit, f"{chain}: it collects more return addresses than fit",
           expected=f"{chain.limit} at most", got=str(count))
    expect_equal(f"{chain}: the number of return addresses", count, len(expected))
    for depth, (got, wanted) in enumerate(zip(returns, expected)):
        expect_equal(f"{chain}: return address {depth}", got, wanted)
    expect(returns[chain.limit:] == chain.before[chain.limit:], f"{chain}: it writes behind "
           "`returns`", expected=f"{chain.limit} addresses written at most",
           got="a change behind them")


def _fault(chain: Chain, caught: Any, snapshot: Snapshot) -> Failure:
    if caught.vector == PAGE_FAULT:
        return Failure(f"{chain}: it reads outside the stack",
                       expected="a frame is read only if both of its words lie inside the stack",
                       got=f"a read at {chain.place(caught.address)}")
    return Failure(f"{chain}: it ends in an exception", expected="that it returns",
                   got=f"exception {caught.vector} in {snapshot.place(caught.rip)}")


def callers(snapshot: Snapshot) -> list[str]:
    """At a function's first instruction: the functions on the stack, the innermost first."""
    addresses, frame = words(snapshot, snapshot.registers.rsp, 1), snapshot.registers.rbp
    while frame:
        frame, address = words(snapshot, frame, 2)
        addresses.append(address)
    names = [snapshot.image.symbols.function_at(address - 1) or "" for address in addresses]
    return [name.partition("+")[0] for name in names if name]


def check_names(log: str, expected: Sequence[str]) -> None:
    """The backtrace that a panic has printed. Its numbers are another exercise's."""
    lines = log.partition("backtrace:\n")[2].splitlines()
    names = [match.group(1) for line in lines if (match := LINE.match(line))]
    if names != list(expected):
        raise Failure("the functions in the backtrace of a panic, the innermost first",
                      expected=", ".join(expected), got=", ".join(names) or "none", around=lines)
