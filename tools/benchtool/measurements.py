"""The measurements: what each is called, which program makes it, what the project aims at.

A later stage adds its own here, and its programs to user/bench/. A measurement whose program a
tree does not have is not made there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One line of the table."""

    name: str           # as the program prints it
    program: str        # which makes it, with the peer PROGRAM_peer if there is one
    title: str
    aim: int | None = None      # instructions, at most


@dataclass(frozen=True)
class Given:
    """A figure for comparison that was not measured here."""

    system: str
    title: str
    low: int
    high: int


MEASUREMENTS = (
    Measurement("null-call", "null_call", "null call (a number without one)", 40),
    Measurement("one-way", "one_way", "one message, 8 words, no answer, with two switches"),
    Measurement("stream", "one_way", "the same, sent without a pause"),
    Measurement("round-trip-0", "round_trip", "round trip, no words"),
    Measurement("round-trip-4", "round_trip", "round trip, 4 words each way"),
    Measurement("round-trip-8", "round_trip", "round trip, 8 words each way", 140),
    Measurement("round-trip-64", "round_trip", "round trip, 64 words each way"),
    Measurement("signal-ping-pong", "signal", "signal and signal back"),
    Measurement("switch", "switch", "switch (task_yield), no SSE"),
    Measurement("switch-sse-one", "switch", "switch, one of two tasks uses SSE"),
    Measurement("switch-sse-both", "switch_sse", "switch, both tasks use SSE"),
    Measurement("retype-endpoint", "objects", "retype: an endpoint"),
    Measurement("retype-frame", "objects", "retype: a frame of one page, cleared"),
    Measurement("frame-map", "objects", "frame map"),
    Measurement("frame-unmap", "objects", "frame unmap"),
    Measurement("mint", "objects", "mint: a copy with fewer rights and a badge"),
    Measurement("revoke-1", "revoke", "revoke of 1 descendant"),
    Measurement("revoke-100", "revoke", "revoke of 100 descendants"),
    Measurement("revoke-10000", "revoke", "revoke of 10,000 descendants"),
    Measurement("fault", "fault", "fault to its handler and back, with two switches"),
    Measurement("process", "process", "process, from task_start to task_join"),
)

# What users of files wait for. A measurement NAME-ipc is of its messages alone.
FILES = (
    Measurement("file-small", "files", "open, read and close a small file"),
    Measurement("file-read-cached", "files", "read 1 MB that the cache has"),
    Measurement("file-read-disk", "files", "read 1 MB from the disk"),
    Measurement("file-write-disk", "files", "write 1 MB to the disk, and fsync"),
)
OF_MESSAGES = "-ipc"

# Told by the project's user, who measured seL4 in the same way: guest instructions under QEMU.
GIVEN = (
    Given("seL4", "round trip, no words", 427, 427),
    Given("seL4", "round trip, 4 words each way", 469, 469),
    Given("seL4", "round trip, 8 words each way (not on its fast path)", 1699, 1699),
    Given("lower bound", "round trip, as few instructions as can be executed", 87, 133),
)


def programs(measurements: tuple[Measurement, ...]) -> list[str]:
    """The programs that make these, each once, in order."""
    return list(dict.fromkeys(each.program for each in measurements))
