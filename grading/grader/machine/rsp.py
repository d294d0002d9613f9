"""A small client of the gdb remote serial protocol, as QEMU's debugger stub speaks it.

It does what the grader needs and nothing more: breakpoints, continue, interrupt, single step.
Registers come from QEMU's monitor instead, which also knows the descriptor tables, and memory is
mapped directly.
Protocol: "Debugging with GDB", appendix E.
"""

from __future__ import annotations

import select
import socket
from typing import Optional

from ..errors import MachineLost

HARDWARE_BREAKPOINT = 1  # in QEMU neither kind changes guest memory; this one says so


class DebuggerStub:
    """The connection to one stopped or running machine."""

    def __init__(self, connection: socket.socket, timeout: float = 30.0) -> None:
        self._socket = connection
        self._timeout = timeout
        self._buffer = b""

    def fileno(self) -> int:
        """For select()."""
        return self._socket.fileno()

    def close(self) -> None:
        """Closes the connection; the machine stays as it is."""
        self._socket.close()

    def insert_breakpoint(self, address: int) -> None:
        """The machine will stop before it executes the instruction at `address`."""
        self._command(f"Z{HARDWARE_BREAKPOINT},{address:x},1")

    def remove_breakpoint(self, address: int) -> None:
        """Takes insert_breakpoint() back."""
        self._command(f"z{HARDWARE_BREAKPOINT},{address:x},1")

    def resume(self) -> None:
        """Lets the machine run; wait_for_stop() tells when it stops."""
        self._send("c")

    def interrupt(self) -> None:
        """Asks a running machine to stop; wait_for_stop() tells when it has."""
        self._write(b"\x03")

    def step(self) -> None:
        """Executes one instruction, also when a breakpoint stands on it, with interrupts held."""
        self._send("s")
        if not self.wait_for_stop(self._timeout):
            raise MachineLost("QEMU's debugger stub did not finish a single step")

    def wait_for_stop(self, timeout: float) -> bool:
        """True when the machine has stopped, False when it still runs after `timeout` seconds."""
        packet = self._receive(timeout)
        while packet is not None and packet[:1] not in ("T", "S", "W", "X"):
            packet = self._receive(timeout)  # console output ("O...") and the like
        return packet is not None

    def _command(self, text: str) -> None:
        self._send(text)
        answer = self._receive(self._timeout)
        if answer != "OK":
            raise MachineLost(f"QEMU's debugger stub answered {answer!r} to {text!r}")

    def _send(self, text: str) -> None:
        payload = text.encode()
        self._write(b"$%s#%02x" % (payload, sum(payload) & 0xFF))

    def _write(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise MachineLost(f"QEMU's debugger socket broke: {error}") from error

    def _receive(self, timeout: float) -> Optional[str]:
        """The next packet's payload, acknowledged; None when none comes in time."""
        while True:
            packet, self._buffer = _split_packet(self._buffer)
            if packet is not None:
                self._write(b"+")
                return packet
            if not select.select([self._socket], [], [], timeout)[0]:
                return None
            try:
                part = self._socket.recv(65536)
            except OSError as error:
                raise MachineLost(f"QEMU's debugger socket broke: {error}") from error
            if not part:
                raise MachineLost("QEMU closed its debugger socket")
            self._buffer += part


def _split_packet(data: bytes) -> tuple[Optional[str], bytes]:
    """Splits `$payload#cc` off; acknowledgements before it are dropped."""
    start = data.find(b"$")
    if start < 0:
        return None, b""
    end = data.find(b"#", start)
    if end < 0 or len(data) < end + 3:
        return None, data[start:]
    payload, checksum = data[start + 1:end], int(data[end + 1:end + 3], 16)
    if sum(payload) & 0xFF != checksum:
        raise MachineLost("a packet of QEMU's debugger stub came damaged")
    return payload.decode("ascii", "replace"), data[end + 3:]
