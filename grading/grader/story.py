"""How a boot ended, told to the student: what happened, where the machine stood, what it last said.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Sequence

from emulator.qemu import ICOUNT_SHIFT

from .channel import Channel
from .errors import KernelMismatch
from .expect import Failure, said
from .image.views import has
from .invariants import CHECKS
from .machine.limits import Clock
from .places import backtrace, source_line
from .snapshot import Snapshot
from .threads import current_thread

PANIC = "PANIC: "
KERNEL_HANGS = "the kernel hangs: "
PANIC_LINES = 30
PAGE_FAULT = "cr2 is the address of the last page fault"
NO_TABLE = "the kernel had not loaded an interrupt descriptor table yet"
EMPTY_TABLE = "the limit of the interrupt descriptor table is 0: it has no entry, or was emptied"
ENTRY = re.compile(r"trap_entry|vector_entry_\d+")    # what an exception runs first
FAULT = re.compile(r"\[fault\] (\S+): at ([0-9a-f]{16}), (.*); the task ends$")
SHOWN_FAULTS = 4
EXACT_TO = 10           # seconds of guest time, above which milliseconds do not matter


class End(enum.Enum):
    """The ways in which a boot ends, each with what is said of one that was not expected."""

    DONE = "the test ran to its end"
    PANIC = "the kernel panicked"
    UNWRITTEN = "the kernel stopped at an exercise that is not written yet"
    TRIPLE_FAULT = "triple fault: the CPU could deliver neither an exception nor a double fault"
    LEFT = "the kernel stopped the machine before the test had ended"
    HALTED = f"{KERNEL_HANGS}the CPU is halted with interrupts off, for ever"
    ASLEEP = f"{KERNEL_HANGS}the CPU is halted and no interrupt will come to wake it"
    TOO_LONG = f"{KERNEL_HANGS}the test did not end in time"
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
    """Why a boot that should have gone on, or ended otherwise, is a failure. Blank exercises that
    were called on the way are named by the verdict (run.py)."""
    if ended.end is End.UNWRITTEN:
        return _unwritten(ended)
    if ended.end is End.PANIC:
        return _panic(ended.serial)
    what, faults = ended.end.value, _faults(ended)
    if ended.end is End.TRIPLE_FAULT:
        return Failure(_at(what, ended.snapshot), around=_registers(ended.snapshot),
                       hint=_about_table(ended.snapshot))
    if ended.end in HANGS:
        if ended.snapshot.registers.privilege:
            what = what.removeprefix(KERNEL_HANGS)     # a program does not come to its end
        what += f" (after {_time(ended.clock)})"
        return Failure(_at(what, ended.snapshot), around=[*_again_and_again(ended.snapshot),
                                                          *faults, *standing(ended.snapshot),
                                                          *said(ended.serial)])
    if ended.end is End.TOO_MUCH_OUTPUT:
        what += f": {sum(map(len, ended.serial)) >> 10} KB so far"
    return Failure(what, around=[*faults, *said(ended.serial)])


def standing(snapshot: Snapshot) -> list[str]:
    """Where the CPU stands, who called that function, and what the checks of the tree's stages can
    add: where every thread stands, say."""
    lines = [_who(snapshot)] + [f"  {line}" for line in backtrace(snapshot)]
    for check in CHECKS.values():
        try:
            if hasattr(check, "standing") and has(snapshot.kernel, check.NEEDS):
                lines += check.standing(snapshot)
        except KernelMismatch as error:
            lines.append(str(error))
    return lines


def _who(snapshot: Snapshot) -> str:
    """What the CPU runs: in a boot of programs the kernel, or one of them."""
    if not snapshot.programs:
        return "it stands in"
    try:
        thread = current_thread(snapshot)
    except KernelMismatch:
        thread = None
    name = thread.name.text() if thread else "no task"
    if snapshot.registers.privilege:
        return f"it stands in the program of {name}, at"
    return f"it stands in the kernel ({name} is the current task), at"


def _faults(ended: Ended) -> list[str]:
    """The tasks that exceptions have ended, and where in their programs that was. (Their memory is
    gone, so who called that place can no longer be told.)"""
    found = [match for line in ended.serial if (match := FAULT.match(line))]
    lines = []
    for name, address, what in (match.groups() for match in found[-SHOWN_FAULTS:]):
        place = source_line(ended.snapshot, int(address, 16), name)
        lines.append(f"the task {name} was ended by an exception in {place}: {what}")
    return lines


def _unwritten(ended: Ended) -> Failure:
    gap = ended.channel.unwritten[-1]
    return Failure(f'the kernel stopped at exercise "{gap.exercise}", which is not written yet '
                   f"({gap.function})", around=said(ended.serial))


def _panic(serial: Sequence[str]) -> Failure:
    start = next((index for index, line in enumerate(serial) if line.startswith(PANIC)), None)
    if start is None:
        return Failure("the kernel panicked, but its message did not come out of the console",
                       around=said(serial))
    message = serial[start].removeprefix(PANIC)
    return Failure(f"the kernel panicked: {message}", around=serial[start:start + PANIC_LINES])


def _at(what: str, snapshot: Snapshot) -> str:
    return f"{what}, in {source_line(snapshot, snapshot.registers.rip)}"


def _about_table(snapshot: Snapshot) -> str:
    """What a triple fault has to do with the IDT that the CPU uses."""
    table, symbols = snapshot.registers.idt, snapshot.image.symbols
    if table.limit == 0:
        return EMPTY_TABLE
    return PAGE_FAULT if symbols.start <= table.base < symbols.end else NO_TABLE


def _again_and_again(snapshot: Snapshot) -> list[str]:
    """What a hang where exceptions enter the kernel means; empty for one that is elsewhere."""
    registers = snapshot.registers
    function = snapshot.image.symbols.function_at(registers.rip) or ""
    if registers.halted or not ENTRY.fullmatch(function.partition("+")[0]):
        return []
    return ["this is where exceptions enter the kernel: they seem to come again and again, each "
            f"before the last one is saved; cr2 is {registers.cr2:#x}, rsp is {registers.rsp:#x}"]


def _registers(snapshot: Snapshot) -> list[str]:
    return snapshot.registers.text().splitlines()


def _time(clock: Clock) -> str:
    """The clock counts whole seconds; what the instructions alone took is known more exactly."""
    executed = (clock.instructions << ICOUNT_SHIFT) // 1_000_000
    told = f"at least {max(executed, 1000 * clock.seconds)} ms" if clock.seconds < EXACT_TO \
        else f"{clock.seconds} s"
    return f"{clock.instructions / 1e6:.0f} million instructions, {told} of guest time"
