"""One boot of the graded kernel with one of the grader's tests in it.

    boot = run.boot("frames_bitmap", memory_mb=16)
    snapshot = boot.until("exhausted")      # stops at guest_checkpoint("exhausted")
    ...                                     # look into the machine
    boot.finish()                           # to the test's end; anything else is a Failure
    boot.value("count")                     # what the test reported

A boot that ends otherwise than it should raises the Failure that tells so. Where the test's code
stands, in the kernel or in user programs, makes the difference between the two kinds of boots:
kernel_boot.py and program_boot.py.
"""

from __future__ import annotations

import abc
from typing import Optional, Sequence

from .channel import Channel, Unwritten, Value, parse_channel
from .errors import InfrastructureError
from .expect import Failure, expect_line, expect_no_line, said, shown
from .machine.machine import Clock, Machine, StopReason
from .machine.registers import Registers
from .plan import Plan
from .snapshot import Snapshot
from .splitmix import SplitMix64
from .story import PANIC, End, Ended, failure

CHECKPOINT, FINISHED = "guest_checkpoint", "guest_finished"
STOP_UNWRITTEN = "exercise_unwritten_stop"      # where a blank routine in assembly halts
GO_ON = ""                                      # no place of interest

ENDS = {
    StopReason.RESET: End.TRIPLE_FAULT,
    StopReason.POWER_OFF: End.LEFT,
    StopReason.ASLEEP: End.ASLEEP,
    StopReason.GUEST_LIMIT: End.TOO_LONG,
    StopReason.OUTPUT_LIMIT: End.TOO_MUCH_OUTPUT,
    StopReason.WALL_LIMIT: End.TOO_SLOW,
}


class Boot(abc.ABC):
    """A running test; close() ends its machine, and what it said can still be read."""

    def __init__(self, plan: Plan, kernel: bytes, key: int) -> None:
        self.seed, self.memory_mb, self.command_line = plan.seed, plan.memory_mb, plan.command_line
        self.end: Optional[End] = None
        self._image, self._programs = plan.image, plan.programs
        self._key = key
        self._serial = self._debug = b""
        self._disk = plan.disk
        self._machine: Optional[Machine] = Machine(kernel, plan.command_line, plan.memory_mb,
                                                   plan.limits, plan.modules, plan.disk)

    def close(self) -> None:
        """Ends the machine."""
        if self._machine:
            self._serial, self._debug = self._machine.serial(), self._machine.debug_port()
            self._disk = self._machine.disk()
            self._machine.close()
            self._machine = None

    def until(self, checkpoint: str) -> Snapshot:
        """Runs to guest_checkpoint(checkpoint); others on the way are passed."""
        while self._advance() == CHECKPOINT:
            snapshot = self.snapshot()
            if snapshot.memory.text(snapshot.registers.rdi) == checkpoint:
                return snapshot
        raise self._failure(f'the test ended before its checkpoint "{checkpoint}"')

    def until_symbol(self, name: str) -> Snapshot:
        """Runs to the next call of one of the kernel's functions. The machine is slow on the pages
        of such a function, so hot ones cost time."""
        address = self._image.symbols.address(name)
        machine = self._running()
        machine.add_breakpoint(address)
        try:
            while (stop := self._advance()) == CHECKPOINT:
                pass
        finally:
            machine.remove_breakpoint(address)
        if stop != name:
            raise self._failure(f"the test ended, and {name}() was not called")
        return self.snapshot()

    def finish(self, end: End = End.DONE) -> "Boot":
        """Runs to the boot's end, which has to be `end`."""
        while self._advance() in (CHECKPOINT,):
            pass
        if self.end is not end:
            raise self._failure(f"the test ended as if nothing were wrong; expected: {end.value}")
        if self.channel.forged:
            raise Failure("the kernel writes lines to the debug port that only a test may write",
                          got=self.channel.forged[0])
        if end is End.DONE:
            expect_no_line(self.serial, "^" + PANIC)
        return self

    def snapshot(self) -> Snapshot:
        """The machine as it stands now."""
        machine = self._running()
        return Snapshot(machine.registers(), machine.ram, self._image, self._programs)

    @property
    def clock(self) -> Clock:
        """The guest's own time so far."""
        return self._running().clock()

    def random(self) -> SplitMix64:
        """The same random numbers that the test in the guest draws, from their beginning."""
        return SplitMix64(self.seed)

    @property
    def serial_text(self) -> str:
        """What came out of the serial port, byte by byte (as Latin-1)."""
        return (self._machine.serial() if self._machine else self._serial).decode("latin-1")

    @property
    def serial(self) -> list[str]:
        """The lines that came out of the serial port, without their line ends."""
        return self.serial_text.replace("\r", "").removesuffix("\n").split("\n")

    @property
    def disk(self) -> bytes:
        """What the disk holds now."""
        disk = self._machine.disk() if self._machine else self._disk
        if disk is None:
            raise InfrastructureError("this boot has no disk")
        return disk

    @property
    def channel(self) -> Channel:
        """What came out of the debug port."""
        data = self._machine.debug_port() if self._machine else self._debug
        return parse_channel(data.decode("latin-1"), self._key)

    @property
    def unwritten(self) -> list[Unwritten]:
        """The exercises that have said that they are not written: of the kernel at the debug port,
        of programs on the console."""
        return [*self.channel.unwritten, *parse_channel(self.serial_text, 0).unwritten]

    @abc.abstractmethod
    def values(self, key: str) -> list[Value]:
        """Everything that the test reported under a key."""

    def value(self, key: str) -> Value:
        """The one value that the test reported under a key."""
        return only_value(key, self.values(key), self.serial)

    def expect_line(self, pattern: str) -> str:
        """A line of the console that a regular expression matches; fails when there is none."""
        return expect_line(self.serial, pattern)

    def expect_no_line(self, pattern: str) -> None:
        """Fails when a line of the console matches a regular expression."""
        expect_no_line(self.serial, pattern)

    @abc.abstractmethod
    def _met(self, registers: Registers) -> str:
        """A breakpoint has stopped the machine: the name of the place, or GO_ON when it is of no
        interest. Sets `end` when the test has ended."""

    def _running(self) -> Machine:
        if self._machine is None:
            raise RuntimeError("this boot's machine has been closed")
        return self._machine

    def _advance(self) -> str:
        """Runs to the next place of interest: a breakpoint's name, or "" at the boot's end."""
        if self.end is not None:
            return ""
        machine = self._running()
        while (reason := machine.resume()) is StopReason.BREAKPOINT:
            name = self._met(machine.registers())
            if name or self.end is not None:
                return name
        self.end = self._end_of(reason)
        return ""

    def _end_of(self, reason: StopReason) -> End:
        stop = self.channel.stop
        if stop and reason in (StopReason.HALTED, StopReason.POWER_OFF):
            return End.PANIC if stop == "panic" else End.LEFT
        if reason is not StopReason.HALTED:
            return ENDS[reason]
        place = self._kernel_place(self._running().registers())
        return End.UNWRITTEN if place.startswith(STOP_UNWRITTEN) and self.channel.unwritten \
            else End.HALTED

    def _kernel_place(self, registers: Registers) -> str:
        return self._image.symbols.function_at(registers.rip) or hex(registers.rip)

    def _failure(self, if_done: str) -> Failure:
        """What to say about an end that was not the expected one."""
        if self.end in (End.DONE, None):
            return Failure(if_done, around=said(self.serial))
        return failure(Ended(self.end, self.snapshot(), self._running().clock(), self.serial,
                             self.channel))


def only_value(key: str, found: Sequence[Value], serial: Sequence[str]) -> Value:
    """The one value of a key."""
    if len(found) != 1:
        raise Failure(f'the test reported "{key}" {len(found)} times', expected="once",
                      got=shown(list(found)), around=said(serial))
    return found[0]
