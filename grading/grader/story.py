"""How a boot ended, told to the student: what happened, where the machine stood, what it last said.
"""

from __future__ import annotations

import enum
import subprocess
from dataclasses import dataclass
from typing import Iterator, Sequence

from .channel import Channel
from .errors import KernelMismatch
from .expect import Failure, last, listed
from .image.views import has
from .machine.machine import Clock
from .snapshot import Snapshot

DEEPEST = 12            # lines of a backtrace
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
                                                          *_said(ended.serial)])
    if ended.end is End.TOO_MUCH_OUTPUT:
        what += f": {sum(map(len, ended.serial)) >> 10} KB so far, the last lines are"
    return Failure(what, around=last(ended.serial))


def not_written(channel: Channel) -> str:
    """`exercise "console" is not written yet (uart_put_byte)`."""
    names = [f'"{gap.exercise}" ({gap.function})' for gap in channel.unwritten]
    return f"exercise{'s' if len(names) > 1 else ''} {listed(names)} " \
           f"{'are' if len(names) > 1 else 'is'} not written yet"


def standing(snapshot: Snapshot) -> list[str]:
    """Where the CPU stands, who called that function, and where every thread stands."""
    lines = ["it stands in"] + [f"  {line}" for line in backtrace(snapshot)]
    try:
        return lines + _threads(snapshot)
    except KernelMismatch as error:
        return lines + [f"the threads cannot be shown: {error}"]


def backtrace(snapshot: Snapshot) -> list[str]:
    """The functions that were being executed, the innermost first."""
    registers = snapshot.registers
    addresses = [registers.rip, *(address - 1 for address in _returns(snapshot, registers.rbp))]
    return [source_line(snapshot, address) for address in addresses[:DEEPEST]]


def source_line(snapshot: Snapshot, address: int) -> str:
    """`uart_put_byte+0x1c (kernel/arch/x86_64/uart.c:57)`, as far as it is known."""
    function = snapshot.image.symbols.function_at(address)
    if function is None:
        return f"{address:#x}, which is no code of the kernel"
    try:
        found = subprocess.run(["addr2line", "-e", snapshot.image.path, hex(address)],
                               capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return function
    place = found.partition(" (")[0].strip()
    _, kernel, inside = place.rpartition("/kernel/")
    place = "kernel/" + inside if kernel else place
    return function if not place or place.startswith("?") else f"{function} ({place})"


def _returns(snapshot: Snapshot, frame: int) -> Iterator[int]:
    """Return addresses along the chain of frame pointers, as far as it can be believed."""
    for _ in range(DEEPEST):
        try:
            caller, address = (int.from_bytes(snapshot.memory.read(frame + offset, 8), "little")
                               for offset in (0, 8))
        except KernelMismatch:
            return
        if snapshot.image.symbols.function_at(address) is None:
            return
        yield address
        if caller <= frame:
            return
        frame = caller


def _threads(snapshot: Snapshot) -> list[str]:
    """A line for every thread: name, state, and the function that it goes on in."""
    kernel = snapshot.kernel
    if not has(kernel, "threads") or not has(kernel, "sched"):
        return []
    lines = ["the threads:"]
    current = int(kernel.sched.current)
    for thread in kernel.threads:
        if thread.state.name == "THREAD_UNUSED":
            continue
        state = thread.state.name.removeprefix("THREAD_").lower()
        running = thread == kernel.sched.current.target if current else False
        place = "the CPU runs it" if running else source_line(snapshot, thread.context.rip)
        lines.append(f"  {thread.name.text():<12} {state:<9} {place}")
    return lines if len(lines) > 1 else []


def _unwritten(ended: Ended) -> Failure:
    after = "" if ended.end is End.UNWRITTEN else f"; then: {ended.end.value}"
    return Failure(not_written(ended.channel) + after, around=last(ended.serial))


def _panic(serial: Sequence[str]) -> Failure:
    start = next((index for index, line in enumerate(serial) if line.startswith(PANIC)), None)
    if start is None:
        return Failure("the kernel panicked, but its message did not come out of the console",
                       around=last(serial))
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


def _said(serial: Sequence[str]) -> list[str]:
    return ["the console's last lines:", *last(serial)] if serial else \
        ["nothing came out of the console"]


def _time(clock: Clock) -> str:
    return f"{clock.instructions / 1e6:.0f} million instructions, {clock.seconds} s of guest time"
