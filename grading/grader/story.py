"""How a boot ended, told to the student: what happened, where the machine stood, what it last said.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Sequence

from .channel import Channel
from .errors import KernelMismatch
from .expect import Failure, listed, said
from .image.views import has
from .invariants import CHECKS
from .machine.limits import Clock
from .places import backtrace, source_line
from .snapshot import Snapshot

PANIC = "PANIC: "
PANIC_LINES = 30
PAGE_FAULT = "cr2 is the address of the last page fault"
NO_TABLE = "the kernel had not loaded an interrupt descriptor table yet"


class End(enum.Enum):
    """The ways in which a boot ends, each with what is said of one that was not expected."""

    DONE = "the test ran to its end"
    PANIC = "the kernel panicked"
    UNWRITTEN = "the kernel stopped at an exercise that is not written yet"
    TRIPLE_FAULT = "triple fault: the CPU could deliver neither an exception nor a double fault"
    LEFT = "the kernel stopped the machine before the test had ended"
    HALTED = "the kernel hangs: the CPU is halted with interrupts off, for ever"
    ASLEEP = "the kernel hangs: the CPU is halted and no interrupt will come to wake it"
    TOO_LONG = "the kernel hangs: the test did not end in time"
    TOO_MUCH_OUTPUT = "the kernel prints without end"
    TOO_SLOW = "the machine was still running after the limit of real time"


HANGS = (End.HALTED, End.ASLEEP, End.TOO_LONG, End.TOO_SLOW)


@dataclass(frozen=True)
class Ended:
    """Everything that is known about a boot that has ended."""

    end: End
    snapshot: Snapshot
    clock: Clock
    serial: Sequence[str]
    channel: Channel


def failure(ended: Ended) -> Failure:
    """Why a boot that should have gone on, or ended otherwise, is a failure."""
    if ended.channel.unwritten and ended.end is not End.DONE:
        return _unwritten(ended)
    if ended.end is End.PANIC:
        return _panic(ended.serial)
    what = ended.end.value
    if ended.end is End.TRIPLE_FAULT:
        return Failure(_at(what, ended.snapshot), around=_registers(ended.snapshot),
                       hint=PAGE_FAULT if _has_table(ended.snapshot) else NO_TABLE)
    if ended.end in HANGS:
        what += f" (after {_time(ended.clock)})"
        return Failure(_at(what, ended.snapshot), around=[*standing(ended.snapshot),
                                                          *said(ended.serial)])
    if ended.end is End.TOO_MUCH_OUTPUT:
        what += f": {sum(map(len, ended.serial)) >> 10} KB so far"
    return Failure(what, around=said(ended.serial))


def not_written(channel: Channel) -> str:
    """`exercise "console" is not written yet (uart_put_byte)`."""
    names = [f'"{gap.exercise}" ({gap.function})' for gap in channel.unwritten]
    return f"exercise{'s' if len(names) > 1 else ''} {listed(names)} " \
           f"{'are' if len(names) > 1 else 'is'} not written yet"


def standing(snapshot: Snapshot) -> list[str]:
    """Where the CPU stands, who called that function, and what the checks of the tree's stages can
    add: where every thread stands, say."""
    lines = ["it stands in"] + [f"  {line}" for line in backtrace(snapshot)]
    for check in CHECKS.values():
        try:
            if hasattr(check, "standing") and has(snapshot.kernel, check.NEEDS):
                lines += check.standing(snapshot)
        except KernelMismatch as error:
            lines.append(str(error))
    return lines


def _unwritten(ended: Ended) -> Failure:
    if ended.end is End.UNWRITTEN:
        gap = ended.channel.unwritten[-1]
        what = f'the kernel stopped at exercise "{gap.exercise}", which is not written yet ' \
               f"({gap.function})"
    else:
        what = f"{not_written(ended.channel)}; then: {ended.end.value}"
    return Failure(what, around=said(ended.serial))


def _panic(serial: Sequence[str]) -> Failure:
    start = next((index for index, line in enumerate(serial) if line.startswith(PANIC)), None)
    if start is None:
        return Failure("the kernel panicked, but its message did not come out of the console",
                       around=said(serial))
    message = serial[start].removeprefix(PANIC)
    return Failure(f"the kernel panicked: {message}", around=serial[start:start + PANIC_LINES])


def _at(what: str, snapshot: Snapshot) -> str:
    return f"{what}, in {source_line(snapshot, snapshot.registers.rip)}"


def _has_table(snapshot: Snapshot) -> bool:
    """Whether the IDT that the CPU uses is one of the kernel's."""
    symbols = snapshot.image.symbols
    return symbols.start <= snapshot.registers.idt.base < symbols.end


def _registers(snapshot: Snapshot) -> list[str]:
    return snapshot.registers.text().splitlines()


def _time(clock: Clock) -> str:
    return f"{clock.instructions / 1e6:.0f} million instructions, {clock.seconds} s of guest time"
