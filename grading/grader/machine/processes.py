"""Child processes that are gone for certain when the grader is.

Each child leads a process group of its own, so that ending it ends what it started as well, and
never anything else. A register of the living ones serves the one place that has to end them all:
the way out of the program, be it by an error, Ctrl-C or SIGTERM. Against SIGKILL of the grader
itself there is setpriv's parent-death signal, where the host has it.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import threading
from pathlib import Path
from types import FrameType
from typing import IO, Callable, Optional, Sequence, Union

from emulator.session import dying_with_us

Output = Union[int, IO[bytes]]

_living: set["Child"] = set()
_lock = threading.Lock()


class Child:
    """One process and the group that it leads."""

    def __init__(self, command: Sequence[Union[str, Path]], *, stdout: Output = subprocess.DEVNULL,
                 stderr: Output = subprocess.DEVNULL, cwd: Optional[Path] = None,
                 env: Optional[dict[str, str]] = None,
                 prepare: Optional[Callable[[], None]] = None) -> None:
        self._process = subprocess.Popen(
            dying_with_us() + [str(word) for word in command], stdin=subprocess.DEVNULL,
            stdout=stdout, stderr=stderr, cwd=cwd, env=env, start_new_session=True,
            preexec_fn=prepare)
        with _lock:
            _living.add(self)

    @property
    def pid(self) -> int:
        """The child's process id, which is its group's id too."""
        return self._process.pid

    def status(self) -> Optional[int]:
        """The exit status, or None while it runs."""
        return self._process.poll()

    def wait(self, timeout: float) -> Optional[int]:
        """The exit status, or None when it still runs after `timeout` seconds."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """Ends the whole group and waits for the child; harmless when it has ended before."""
        with _lock:
            if self not in _living:
                return
            _living.discard(self)
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()


def kill_all() -> None:
    """Ends every child that still lives."""
    with _lock:
        children = list(_living)
    for child in children:
        child.kill()


def end_children_on_signals() -> None:
    """Makes SIGTERM and SIGHUP leave the program as Ctrl-C does: with its children ended."""
    def leave(number: int, _frame: Optional[FrameType]) -> None:
        kill_all()
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


atexit.register(kill_all)
