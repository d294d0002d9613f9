"""One QEMU that runs one kernel: started, run from stop to stop, looked into, and ended.

Everything of a machine lives in a private directory: its sockets, what it prints and, until both
sides have it open, its memory. So machines of any number of graders run side by side.

States: a machine is stopped after start() and after each resume(), and running only inside
resume(). While it is stopped, registers() and ram show it as it is. It stays for inspection after
its own end too (triple fault, power off), until close().

Limits are counted in the guest's own time, which is exact and does not depend on how busy the host
is: executed instructions, and seconds of guest time (for a guest that sleeps: time it sleeps away
is skipped, not waited for). The limit in real time only catches what stops guest time itself.
"""

from __future__ import annotations

import contextlib
import enum
import os
import shutil
import socket
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from emulator import qemu

from ..errors import InfrastructureError, MachineLost
from .processes import Child
from .qmp import ControlSocket
from .ram import GuestRam
from .registers import Registers, parse_registers
from .rsp import DebuggerStub

START_TIMEOUT = 60.0    # seconds for QEMU to answer at all, on a very busy host
POLL = 0.02             # seconds between two looks at a running machine
CLOCK_EVERY = 0.25      # seconds between two looks at its clock
ASLEEP_AFTER = 5.0      # seconds that a halted machine's time may stand still

SHARED_MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 512 << 20
SOCKET_PATH_LIMIT = 80  # a unix socket's path has room for 107 bytes

# Guest time starts here, and follows the guest's instructions instead of the host's clock.
CLOCK = ("-rtc", "clock=vm,base=2000-01-01T00:00:00")


class StopReason(enum.Enum):
    """Why a machine stopped running."""

    BREAKPOINT = "breakpoint"
    RESET = "triple fault"
    POWER_OFF = "power off"
    HALTED = "halted with interrupts off"
    ASLEEP = "halted, and nothing will wake it"
    GUEST_LIMIT = "limit of guest time"
    OUTPUT_LIMIT = "limit of output"
    WALL_LIMIT = "limit of real time"


@dataclass(frozen=True)
class Limits:
    """How far one machine may run, all its resumes together."""

    instructions: int = 400_000_000
    seconds: int = 60
    wall: float = 120.0
    output: int = 256 << 10


@dataclass(frozen=True)
class Clock:
    """The guest's own time since it was switched on."""

    instructions: int
    seconds: int


class Machine:
    """A context manager; see the module's text for the states."""

    def __init__(self, kernel: Path, command_line: str = "", memory_mb: int = 128,
                 limits: Limits = Limits()) -> None:
        self.limits = limits
        self._breakpoints: set[int] = set()
        self._deadline: Optional[float] = None
        self._folder = Path(tempfile.mkdtemp(prefix="microk-", dir=_short_folder()))
        self._closing = contextlib.ExitStack()
        self._closing.callback(shutil.rmtree, self._folder, ignore_errors=True)
        try:
            self._start(kernel, command_line, memory_mb)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Machine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends QEMU and removes everything that belonged to it."""
        self._closing.close()

    def add_breakpoint(self, address: int) -> None:
        """The machine will stop before the instruction at `address`. Code on the same page as a
        breakpoint runs some fifty times slower, so hot pages are better left without."""
        if address not in self._breakpoints:
            self._stub.insert_breakpoint(address)
            self._breakpoints.add(address)

    def remove_breakpoint(self, address: int) -> None:
        """Takes add_breakpoint() back."""
        if address in self._breakpoints:
            self._stub.remove_breakpoint(address)
            self._breakpoints.discard(address)

    def resume(self) -> StopReason:
        """Runs the stopped machine until something stops it."""
        if self._deadline is None:
            self._deadline = time.monotonic() + self.limits.wall
        if self._breakpoints and self.registers().rip in self._breakpoints:
            self._stub.step()  # off the breakpoint, which would stop it again at once
        try:
            self._stub.resume()
            return self._watch(_Standstill())
        except MachineLost as error:
            raise MachineLost(self._last_words(str(error))) from error

    def registers(self) -> Registers:
        """The CPU of the stopped machine (of a running one: some moment's, not quite at once)."""
        return parse_registers(self._control.monitor("info registers"))

    def clock(self) -> Clock:
        """The guest's time since it was switched on."""
        instructions = self._control.execute("query-replay")["icount"]
        date = self._control.execute("qom-get", path="/machine", property="rtc-time")
        hours = (date["tm_mday"] - 1) * 24 + date["tm_hour"]
        return Clock(instructions, (hours * 60 + date["tm_min"]) * 60 + date["tm_sec"])

    def serial(self) -> bytes:
        """What the guest has written to COM1 so far, within the limit of output."""
        return self._written("serial")

    def debug_port(self) -> bytes:
        """What the guest has written to the debug port so far, within the limit of output."""
        return self._written("debug")

    def _watch(self, standstill: "_Standstill") -> StopReason:
        """Follows the running machine; whatever ends the loop leaves it stopped."""
        next_clock = time.monotonic() + CLOCK_EVERY
        while not self._stub.wait_for_stop(POLL):
            if self._output_size() > self.limits.output:
                return self._stopped_for(StopReason.OUTPUT_LIMIT)
            registers = self.registers()
            if registers.halted and not registers.interrupts_on and self._halted_for_certain():
                return StopReason.HALTED
            if time.monotonic() < next_clock:
                continue
            next_clock = time.monotonic() + CLOCK_EVERY
            clock = self.clock()
            if self._is_late(clock):
                return self._stopped_for(StopReason.GUEST_LIMIT)
            if registers.halted and standstill.seconds(clock) > ASLEEP_AFTER:
                return self._stopped_for(StopReason.ASLEEP)
            if self._deadline is not None and time.monotonic() > self._deadline:
                return self._stopped_for(StopReason.WALL_LIMIT)
        return self._why_stopped()

    def _why_stopped(self) -> StopReason:
        """The reason of a stop that the grader has not asked for. An end that came after the limit
        counts as late, however the host's load placed the looks at the clock."""
        for event in self._control.take_events():
            if event["event"] == "SHUTDOWN":
                reset = event["data"]["reason"] == "guest-reset"
                return StopReason.RESET if reset else StopReason.POWER_OFF
        if self._output_size() > self.limits.output:
            return StopReason.OUTPUT_LIMIT
        return StopReason.GUEST_LIMIT if self._is_late(self.clock()) else StopReason.BREAKPOINT

    def _stopped_for(self, reason: StopReason) -> StopReason:
        self._interrupt()
        return reason

    def _interrupt(self) -> None:
        self._stub.interrupt()
        if not self._stub.wait_for_stop(START_TIMEOUT):
            raise MachineLost("QEMU did not stop when asked to")

    def _halted_for_certain(self) -> bool:
        """A look at a running CPU may mix two moments, so this one stops it first."""
        self._interrupt()
        registers = self.registers()
        if registers.halted and not registers.interrupts_on:
            return True
        self._stub.resume()
        return False

    def _is_late(self, clock: Clock) -> bool:
        return (clock.instructions > self.limits.instructions
                or clock.seconds > self.limits.seconds)

    def _output_size(self) -> int:
        return sum((self._folder / name).stat().st_size for name in ("serial", "debug"))

    def _written(self, name: str) -> bytes:
        with (self._folder / name).open("rb") as file:
            return file.read(self.limits.output)

    def _start(self, kernel: Path, command_line: str, memory_mb: int) -> None:
        ram_file = _ram_folder(self._folder, memory_mb << 20) / f"{self._folder.name}.ram"
        self._closing.callback(ram_file.unlink, missing_ok=True)
        command = _without_exit_port(qemu.command(qemu.Machine(
            kernel=kernel, command_line=command_line, memory=f"{memory_mb}M",
            serial=qemu.to_file(self._folder / "serial"),
            debug_port=qemu.to_file(self._folder / "debug"),
            qmp=self._folder / "qmp", gdb=self._folder / "gdb", stopped=True, icount=True,
            ram_file=ram_file, pause_at_end=True, extra=CLOCK)))
        if shutil.which(command[0]) is None:
            raise InfrastructureError(f"{command[0]} is not installed: run 'make doctor'")
        with (self._folder / "errors").open("wb") as errors:
            self._child = Child(command, stdout=errors, stderr=errors)
        self._closing.callback(self._child.kill)
        self._control = self._closing.enter_context(
            contextlib.closing(ControlSocket(self._connect("qmp"))))
        self._stub = self._closing.enter_context(
            contextlib.closing(DebuggerStub(self._connect("gdb"))))
        self.ram = self._closing.enter_context(contextlib.closing(GuestRam.map_file(ram_file)))
        ram_file.unlink()  # both sides have it open: nothing is left behind, however we end

    def _connect(self, name: str) -> socket.socket:
        """QEMU makes its sockets a moment after it starts: tries until it listens or is gone."""
        connection = socket.socket(socket.AF_UNIX)
        give_up = time.monotonic() + START_TIMEOUT
        while True:
            try:
                connection.connect(str(self._folder / name))
                return connection
            except OSError as error:
                if self._child.wait(0.002) is not None or time.monotonic() > give_up:
                    connection.close()
                    raise MachineLost(self._last_words(f"QEMU did not start: {error}")) from error

    def _last_words(self, otherwise: str) -> str:
        """What a QEMU that ended said last; it explains more than a broken socket."""
        status = self._child.wait(1.0)
        if status is None:
            return otherwise
        lines = (self._folder / "errors").read_text(errors="replace").strip().splitlines()
        return f"QEMU ended with status {status}: {lines[-1] if lines else otherwise}"


class _Standstill:
    """For how long the guest's clock has not moved."""

    def __init__(self) -> None:
        self._clock: Optional[Clock] = None
        self._since = 0.0

    def seconds(self, clock: Clock) -> float:
        """Takes the newest reading of the clock."""
        if clock != self._clock:
            self._clock, self._since = clock, time.monotonic()
        return time.monotonic() - self._since


def _short_folder() -> Optional[str]:
    """Where the private folder goes: the usual place, unless its path is too long for sockets."""
    return None if len(tempfile.gettempdir()) < SOCKET_PATH_LIMIT else "/tmp"


def _ram_folder(otherwise: Path, size: int) -> Path:
    """Guest memory belongs into memory, not onto a disk, where the host has the room for it. (A
    guest touches little of a big memory, and what it does not touch takes no room.)"""
    if SHARED_MEMORY.is_dir() and os.access(SHARED_MEMORY, os.W_OK):
        space = os.statvfs(SHARED_MEMORY)
        if space.f_bavail * space.f_frsize > min(size, ENOUGH_MEMORY):
            return SHARED_MEMORY
    return otherwise


def _without_exit_port(command: list[str]) -> list[str]:
    """A graded machine has no port that ends QEMU: it has to stay for inspection."""
    kept = list(command)
    for index, word in enumerate(command):
        if word.startswith("isa-debug-exit"):
            del kept[index - 1:index + 1]
    return kept
