"""QEMU's control protocol (QMP): commands and events as lines of JSON over a unix socket."""

from __future__ import annotations

import json
import select
import socket
from typing import Any, Optional

from ..errors import MachineLost


class ControlSocket:
    """A client of one QEMU. Events that arrive between answers are kept for take_events()."""

    def __init__(self, connection: socket.socket, timeout: float = 30.0) -> None:
        self._socket = connection
        self._timeout = timeout
        self._buffer = b""
        self._events: list[dict[str, Any]] = []
        try:
            self._receive(self._timeout)  # the greeting
            self.execute("qmp_capabilities")
        except BaseException:
            connection.close()
            raise

    def fileno(self) -> int:
        """For select()."""
        return self._socket.fileno()

    def close(self) -> None:
        """Closes the connection; QEMU runs on."""
        self._socket.close()

    def execute(self, command: str, **arguments: Any) -> Any:
        """Runs one command and gives back what it returns."""
        request: dict[str, Any] = {"execute": command}
        if arguments:
            request["arguments"] = arguments
        try:
            self._socket.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            raise MachineLost(f"QEMU's control socket broke: {error}") from error
        while True:
            message = self._receive(self._timeout)
            if message is None:
                raise MachineLost(f"QEMU did not answer {command} within {self._timeout:.0f} s")
            if "event" in message:
                self._events.append(message)
            elif "error" in message:
                raise MachineLost(f"QEMU refused {command}: {message['error'].get('desc')}")
            else:
                return message.get("return")

    def monitor(self, line: str) -> str:
        """Runs one command of the human monitor, for what QMP has no command of its own."""
        return str(self.execute("human-monitor-command", **{"command-line": line}))

    def take_events(self) -> list[dict[str, Any]]:
        """The events since the last call, without waiting for more."""
        while (message := self._receive(0.0)) is not None:
            self._events.append(message)
        events, self._events = self._events, []
        return events

    def _receive(self, timeout: float) -> Optional[dict[str, Any]]:
        while b"\n" not in self._buffer:
            if not select.select([self._socket], [], [], timeout)[0]:
                return None
            try:
                part = self._socket.recv(65536)
            except OSError as error:
                raise MachineLost(f"QEMU's control socket broke: {error}") from error
            if not part:
                raise MachineLost("QEMU closed its control socket")
            self._buffer += part
        line, self._buffer = self._buffer.split(b"\n", 1)
        return json.loads(line)
