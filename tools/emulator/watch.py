"""Watching how a QEMU ends that owns the terminal.

QEMU itself would leave a triple fault and a power off both with status 0. So it is told to pause
at its end; the watcher learns the reason through the control protocol (QMP), notes the registers
of a triple fault, and then lets QEMU go.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import IO, Any

from . import sockets


class Watcher:
    """A context manager around the run of one QEMU. `fault` afterwards holds all registers at a
    triple fault, or None if there was none."""

    def __init__(self, path: Path) -> None:
        self.fault: str | None = None
        self._path = path
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        try:
            with sockets.connected(self._path, self._over.is_set) as connection, \
                    connection.makefile("rw", encoding="utf-8") as stream:
                self._follow(stream)
        except (OSError, ValueError):
            pass    # QEMU is gone: by the exit port, by Ctrl-A X, or it never started

    def _follow(self, stream: IO[str]) -> None:
        send(stream, "qmp_capabilities")
        for line in stream:
            message = json.loads(line)
            if message.get("event") == "SHUTDOWN":
                if message["data"]["reason"] == "guest-reset":
                    self.fault = ask(stream, "human-monitor-command",
                                     {"command-line": "info registers"})
                send(stream, "quit")


def send(stream: IO[str], command: str, arguments: dict[str, Any] | None = None) -> None:
    """Sends one command."""
    stream.write(json.dumps({"execute": command, "arguments": arguments or {}}) + "\n")
    stream.flush()


def ask(stream: IO[str], command: str, arguments: dict[str, Any]) -> Any:
    """Sends one command and waits for what it returns, past any event that comes in between."""
    send(stream, command, arguments)
    for line in stream:
        message = json.loads(line)
        if "return" in message:
            return message["return"]
    return None
