"""A terminal in front of an emulated serial line: a pty for the emulator, our stdin and stdout for
the person. QEMU can do this by itself; Bochs cannot."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import termios
import time
import tty
from typing import Iterator

ESCAPE = b"\x01"    # Ctrl-A, then X leaves: the keys of QEMU
LEAVE = (b"x", b"X")
CHUNK = 4096
POLL = 0.05         # seconds between two looks whether the emulator has ended


class Console:
    """Both sides of the pty. Use as a context manager; `device` is what the emulator opens."""

    def __enter__(self) -> "Console":
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self.device = os.ttyname(self._theirs)
        self._input_open = True
        self._escaped = False
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._ours)
        os.close(self._theirs)

    def serve(self, process: subprocess.Popen, limit: float) -> bool:
        """Passes bytes both ways until the process ends (True), or until the person leaves or the
        limit of seconds is over (False). A limit of 0 is none."""
        deadline = time.monotonic() + limit if limit else float("inf")
        with raw_stdin():
            while process.poll() is None:
                if time.monotonic() > deadline or not self._pass_on():
                    self._drain()
                    return False
        self._drain()
        return True

    def _pass_on(self) -> bool:
        """Waits a moment for bytes on either side; False when the person asks to leave."""
        sources = [self._ours] + ([sys.stdin.fileno()] if self._input_open else [])
        ready, _, _ = select.select(sources, [], [], POLL)
        if self._ours in ready:
            self._drain()
        if len(ready) > (self._ours in ready):
            return self._take_input(os.read(sys.stdin.fileno(), CHUNK))
        return True

    def _take_input(self, text: bytes) -> bool:
        self._input_open = bool(text)
        for byte in (text[i:i + 1] for i in range(len(text))):
            if self._escaped and byte in LEAVE:
                return False
            self._escaped = byte == ESCAPE and not self._escaped
            if not self._escaped:
                with contextlib.suppress(BlockingIOError):  # a guest that does not read loses it
                    os.write(self._ours, byte)
        return True

    def _drain(self) -> None:
        """Writes out all that the guest has sent so far."""
        with contextlib.suppress(BlockingIOError):
            while text := os.read(self._ours, CHUNK):
                sys.stdout.buffer.write(text)
        sys.stdout.flush()


@contextlib.contextmanager
def raw_stdin() -> Iterator[None]:
    """Keys reach the guest one by one and unchanged, if stdin is a terminal at all."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    tty.setraw(sys.stdin, termios.TCSANOW)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
