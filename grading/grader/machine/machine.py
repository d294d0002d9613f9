"""A machine with one kernel: run from stop to stop, looked into, and ended.

States: a machine is stopped from its beginning and after each resume(), and running only inside
resume(). While it is stopped, registers() and ram show it as it is. It stays for inspection after
its own end too (triple fault, power off), until close().
"""

from __future__ import annotations

import time
from typing import Optional

from ..errors import MachineLost
from .launch import START_TIMEOUT, Emulator, Modules
from .limits import UNDENIABLE, Clock, Limits, Standstill, StopReason, is_dead
from .registers import Registers, parse_registers

POLL = 0.02             # seconds between two looks at a running machine
CLOCK_EVERY = 0.25      # seconds between two looks at its clock
ASLEEP_AFTER = 5.0      # seconds that a halted machine's time may stand still


class Machine:
    """A context manager; see the module's text for the states."""

    def __init__(self, kernel: bytes, command_line: str = "", memory_mb: int = 128,
                 limits: Limits = Limits(), modules: Modules = (),
                 disk: Optional[bytes] = None) -> None:
        self.limits = limits
        self._breakpoints: set[int] = set()
        self._deadline: Optional[float] = None
        self._resumed = Clock(0, 0)
        self._emulator = Emulator(kernel, command_line, memory_mb, modules, disk)
        self.ram = self._emulator.ram

    def __enter__(self) -> "Machine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends QEMU and removes everything that belonged to it."""
        self._emulator.close()

    def disk(self) -> Optional[bytes]:
        """What the disk holds; None without one."""
        return self._emulator.disk()

    def add_breakpoint(self, address: int) -> None:
        """The machine will stop before the instruction at `address`. Code on the same page as a
        breakpoint runs some fifty times slower, so hot pages are better left without."""
        if address not in self._breakpoints:
            self._emulator.stub.insert_breakpoint(address)
            self._breakpoints.add(address)

    def remove_breakpoint(self, address: int) -> None:
        """Takes add_breakpoint() back."""
        if address in self._breakpoints:
            self._emulator.stub.remove_breakpoint(address)
            self._breakpoints.discard(address)

    def resume(self) -> StopReason:
        """Runs the stopped machine until something stops it."""
        try:
            if self._deadline is None:
                self._deadline = time.monotonic() + self.limits.wall
            self._resumed = self.clock()
            if self._breakpoints and self.registers().rip in self._breakpoints:
                self._emulator.stub.step()  # off the breakpoint, which would stop it again at once
            self._emulator.stub.resume()
            return self._watch()
        except MachineLost as error:
            raise MachineLost(self._emulator.last_words(str(error))) from error

    def registers(self) -> Registers:
        """The CPU of the stopped machine (of a running one: some moment's, not quite at once)."""
        return parse_registers(self._emulator.control.monitor("info registers"))

    def clock(self) -> Clock:
        """The guest's time since it was switched on."""
        instructions = self._emulator.control.execute("query-replay")["icount"]
        date = self._emulator.control.execute("qom-get", path="/machine", property="rtc-time")
        hours = (date["tm_mday"] - 1) * 24 + date["tm_hour"]
        return Clock(instructions, (hours * 60 + date["tm_min"]) * 60 + date["tm_sec"])

    def serial(self) -> bytes:
        """What the guest has written to COM1 so far, within the limit of output."""
        return self._emulator.written("serial", self.limits.output)

    def debug_port(self) -> bytes:
        """What the guest has written to the debug port so far, within the limit of output."""
        return self._emulator.written("debug", self.limits.output)

    def _watch(self) -> StopReason:
        """Follows the running machine; whatever ends the loop leaves it stopped."""
        standstill, next_clock = Standstill(), time.monotonic() + CLOCK_EVERY
        while True:
            if self._emulator.stub.wait_for_stop(POLL):
                if (reason := self._judge()) is None:
                    raise MachineLost("QEMU stopped for no reason that the grader knows")
                return reason
            suspicion = self._suspicion()
            if suspicion is None and time.monotonic() > next_clock:
                next_clock = time.monotonic() + CLOCK_EVERY
                suspicion = self._suspicious_clock(standstill)
            if suspicion is not None:
                self._interrupt()
                if reason := self._judge() or (suspicion if suspicion in UNDENIABLE else None):
                    return reason
                self._emulator.stub.resume()

    def _suspicion(self) -> Optional[StopReason]:
        """Why a running machine may have to be stopped. Looked at while it runs, registers may mix
        two moments, so that _judge() has the last word."""
        if self._emulator.output_size() > self.limits.output:
            return StopReason.OUTPUT_LIMIT
        return StopReason.HALTED if is_dead(self.registers()) else None

    def _suspicious_clock(self, standstill: Standstill) -> Optional[StopReason]:
        clock = self.clock()
        if self._is_over(clock) or self._is_late(clock):
            return StopReason.GUEST_LIMIT
        if self.registers().halted and standstill.seconds(clock) > ASLEEP_AFTER:
            return StopReason.ASLEEP
        if self._deadline is not None and time.monotonic() > self._deadline:
            return StopReason.WALL_LIMIT
        return None

    def _judge(self) -> Optional[StopReason]:
        """Why the machine, which stands still now, has ended or has to; None: it may run on. The
        order makes the verdict the same however the host's load placed the looks at it."""
        registers, clock = self.registers(), self.clock()
        ended = self._shutdown()  # only now: QEMU has sent its events before it answered
        if self._emulator.output_size() > self.limits.output:
            return StopReason.OUTPUT_LIMIT
        if self._is_over(clock):
            return StopReason.GUEST_LIMIT
        if ended:
            return ended
        if is_dead(registers):
            return StopReason.HALTED
        if self._is_late(clock):
            return StopReason.GUEST_LIMIT
        return StopReason.BREAKPOINT if registers.rip in self._breakpoints else None

    def _shutdown(self) -> Optional[StopReason]:
        for event in self._emulator.control.take_events():
            if event["event"] == "SHUTDOWN":
                reset = event["data"]["reason"] == "guest-reset"
                return StopReason.RESET if reset else StopReason.POWER_OFF
        return None

    def _interrupt(self) -> None:
        self._emulator.stub.interrupt()
        if not self._emulator.stub.wait_for_stop(START_TIMEOUT):
            raise MachineLost("QEMU did not stop when asked to")

    def _is_over(self, clock: Clock) -> bool:
        return clock.instructions > self.limits.instructions

    def _is_late(self, clock: Clock) -> bool:
        """Guest time leaps when a machine stops or halts for good, so it counts by the resume, and
        after everything else."""
        return clock.seconds - self._resumed.seconds > self.limits.seconds
