"""A terminal in front of an emulated serial line: the emulator's end of the line on one side, our
stdin and stdout on the other.

Nothing is lost on the way. What the guest sends is taken at once and kept until stdout takes it.
What stdin gives is handed on as fast as the emulator takes it; when that is no terminal, the first
byte waits until the guest has said something, because a serial port that is being set up forgets
what it has received, and at the end comes Ctrl-D.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import queue
import select
import subprocess
import sys
import termios
import threading
import time
import tty
from pathlib import Path
from typing import Iterator

ESCAPE = b"\x01"    # Ctrl-A, then X leaves: the keys of QEMU
LEAVE = (b"x", b"X")
END_OF_INPUT = b"\x04"
CHUNK = 4096
POLL = 0.05         # seconds between two looks whether the emulator has ended
BRIEF = 0.01        # the same while the guest is to be given something
UART_HOLDS = 12     # bytes: a 16550 has room for 16
PROMPT = 0.2        # seconds without a word: what a guest said last is a prompt, if it is no line
QUIET = 0.02        # seconds without a word: it waits
PATIENCE = 10.0     # seconds without a word: it shows no prompts
ECHO = 1.0          # seconds without a word: it does not show what it takes
PIPE_SIZE = 1 << 20     # bytes: the most that Linux allows everybody


class Console:
    """Both ends of a line. Use as a context manager; a subclass opens the line in `_open`.

    `source` is the file descriptor that input comes from, stdin unless it is given. `careful` is
    for an emulator that loses what the guest has not taken when more comes. Then the guest gets no
    more at once than a 16550 holds: the first bytes when it shows a prompt, the next ones when it
    has shown those and is quiet again."""

    def __init__(self, source: int | None = None, careful: bool = False) -> None:
        self._source = sys.stdin.fileno() if source is None else source
        self._is_careful = careful
        self._burst = UART_HOLDS if careful else CHUNK

    def __enter__(self) -> "Console":
        self.left = False           # the person asked for it, or nobody reads our stdout any more
        self._output = Output()
        self._is_person = os.isatty(self._source)
        self._input_open = True
        self._escaped = False
        self._held_back = b""       # what the source has given and the line has not taken
        self._last = b"\n"          # what it has given last
        self._said = b""            # by the guest: the last byte
        self._said_since = 0        # bytes, since it was given some
        self._given = 0             # bytes, the last time
        self._said_at, self._given_at = time.monotonic(), 0.0
        self._has_listened = self._is_person    # the guest, when we are careful
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        self._output.close()

    def _open(self) -> None:
        """Makes what the emulator connects to, and the descriptors of our end of it, which do not
        block: `_from` the guest, `_to` the guest."""
        raise NotImplementedError

    def _close(self) -> None:
        raise NotImplementedError

    def serve(self, process: subprocess.Popen, limit: float) -> bool:
        """Passes bytes both ways until the process ends (True), or until the person leaves (`left`
        then says so) or the limit of seconds is over (False). A limit of 0 is none."""
        deadline = time.monotonic() + limit if limit else float("inf")
        with raw(self._source):
            while process.poll() is None and not self.left and time.monotonic() < deadline:
                self._pass_on()
                self.left |= self._output.broken
        self._drain()
        return process.poll() is not None

    def _pass_on(self) -> None:
        """Waits a moment for something to do."""
        sources = [self._from]
        if self._input_open and not self._held_back:
            sources.append(self._source)
        can_give = self._held_back and self._listens(time.monotonic())
        wait = BRIEF if self._held_back else POLL
        readable, writable, _ = select.select(sources, [self._to] if can_give else [], [], wait)
        if self._from in readable:
            self._drain()
        if writable:
            self._give()
        if self._source in readable:
            self._take_input(os.read(self._source, CHUNK))

    def _listens(self, now: float) -> bool:
        """Whether the guest takes bytes. A person sees when it begins to."""
        silence = now - max(self._said_at, self._given_at)
        if not self._is_careful:
            return self._is_person or bool(self._said)
        if not self._has_listened:
            is_prompt = self._said not in (b"", b"\n")
            self._has_listened = silence > (PROMPT if is_prompt else PATIENCE)
            return self._has_listened
        has_shown = self._said_since >= self._given
        return silence > (QUIET if has_shown else ECHO)

    def _take_input(self, text: bytes) -> None:
        """What the source gives; nothing is its end."""
        if self._is_person:
            self._take_keys(text)
        else:
            self._held_back += text
        if text:
            self._last = text[-1:]
            return
        self._input_open = False
        if not self._is_person:
            self._held_back += (b"" if self._last == b"\n" else b"\n") + END_OF_INPUT

    def _take_keys(self, keys: bytes) -> None:
        """What a person has pressed."""
        for key in (keys[i:i + 1] for i in range(len(keys))):
            if self._escaped and key in LEAVE:
                self.left = True
                return
            self._escaped = key == ESCAPE and not self._escaped
            if not self._escaped:
                self._held_back += key

    def _give(self) -> None:
        """Hands the line as much as it takes."""
        with contextlib.suppress(BlockingIOError):
            taken = os.write(self._to, self._held_back[:self._burst])
            self._held_back, self._given = self._held_back[taken:], taken
            self._given_at, self._said_since = time.monotonic(), 0

    def _drain(self) -> None:
        """Takes all that the guest has sent so far."""
        with contextlib.suppress(BlockingIOError):
            while text := os.read(self._from, CHUNK):
                self._said, self._said_at = text[-1:], time.monotonic()
                self._said_since += len(text)
                self._output.put(text)


class PtyConsole(Console):
    """A line through a pty: `device` is what the emulator opens. Bochs reads a byte whenever the
    line would have brought one, whether the guest has taken the one before or not."""

    def __init__(self) -> None:
        super().__init__(careful=True)

    def _open(self) -> None:
        self._from, self._theirs = os.openpty()
        self._to = self._from
        tty.setraw(self._theirs)
        os.set_blocking(self._from, False)
        self.device = os.ttyname(self._theirs)

    def _close(self) -> None:
        os.close(self._from)
        os.close(self._theirs)


class PipeConsole(Console):
    """A line through two named pipes, `path`.in and `path`.out. QEMU reads the one as the guest
    takes bytes, but not when it records. The other is made large, so that a guest does not wait
    for us when the host is busy: there are guests that lose patience, and bytes."""

    def __init__(self, path: Path, source: int | None = None, careful: bool = False) -> None:
        super().__init__(source, careful)
        self._names = [path.with_name(path.name + end) for end in (".out", ".in")]

    def _open(self) -> None:
        for name in self._names:
            os.mkfifo(name)
        self._from, self._to = (os.open(name, os.O_RDWR | os.O_NONBLOCK) for name in self._names)
        with contextlib.suppress(OSError):      # it may be more than this host allows
            fcntl.fcntl(self._from, fcntl.F_SETPIPE_SZ, PIPE_SIZE)

    def _close(self) -> None:
        os.close(self._from)
        os.close(self._to)


class Output:
    """Our stdout, which may be slow: whoever puts something does not wait for it."""

    def __init__(self) -> None:
        self.broken = False     # nobody reads it any more
        self._texts: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def put(self, text: bytes) -> None:
        """Something to be written."""
        self._texts.put(text)

    def close(self) -> None:
        """Returns when all is written."""
        self._texts.put(None)
        self._thread.join()

    def _write(self) -> None:
        while (text := self._texts.get()) is not None:
            try:
                while text:
                    text = text[os.write(sys.stdout.fileno(), text):]
            except OSError:
                self.broken = True


@contextlib.contextmanager
def raw(source: int) -> Iterator[None]:
    """Keys reach the guest one by one and unchanged, if the source is a terminal at all."""
    if not os.isatty(source):
        yield
        return
    before = termios.tcgetattr(source)
    tty.setraw(source, termios.TCSANOW)
    try:
        yield
    finally:
        termios.tcsetattr(source, termios.TCSADRAIN, before)
