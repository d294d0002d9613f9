"""Running an emulator: a private folder for its files, and its end for certain.

Nothing here knows which emulator it is. Every process started is ended by whoever started it, by
its own id; nothing is shared between two runs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Iterator, Sequence

GRACE = 5.0     # seconds for a process to end after being asked

SYSTEM_FOLDERS = "/usr/sbin:/sbin"  # where programs are, too; not in everybody's PATH


class ToolMissing(Exception):
    """A program that is needed is not installed; the message says which and what to do."""


def find(program: str) -> str | None:
    """Where a program is, if it is installed."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:{SYSTEM_FOLDERS}")


def require(*programs: str) -> None:
    """Ends with ToolMissing unless every program can be found."""
    for program in programs:
        if not find(program):
            raise ToolMissing(f"{program} is not installed; `make doctor` tells how to mend that")


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A folder of our own that is gone afterwards. Its name is short: the path of a unix socket
    has to stay under 108 bytes."""
    with tempfile.TemporaryDirectory(prefix="microk-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def dying_with_us() -> list[str]:
    """The words to put before a command, so that its process is killed when ours is, however that
    happens: SIGKILL leaves no time to tidy up."""
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "KILL", "--"] if program else []


@contextlib.contextmanager
def background(command: Sequence[str], **options: object) -> Iterator[subprocess.Popen]:
    """A process that runs beside us in a group of its own, so that a Ctrl-C at the terminal is
    ours alone; it is ended with all it started when the block ends."""
    process = subprocess.Popen(     # type: ignore[call-overload]
        [*dying_with_us(), *command], stdin=subprocess.DEVNULL, start_new_session=True, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def foreground(command: Sequence[str], limit: float = 0, cwd: Path | None = None,
               ) -> tuple[int, bool]:
    """Runs a process that owns the terminal. Its status, and whether it ended before the limit of
    seconds (0 is none).

    A Ctrl-C reaches it as well as us: it decides what that means, we wait for it. When we have to
    end it, it is asked first: a QEMU that records has yet to finish its file."""
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(     # which must not inherit that the signal is ignored
        [*dying_with_us(), *command], cwd=cwd,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        return process.wait(limit or None), True
    except subprocess.TimeoutExpired:
        return end(process), False
    finally:
        end(process)
        signal.signal(signal.SIGINT, previous)


def end(process: subprocess.Popen) -> int:
    """Ends a process, politely first; its status."""
    if process.poll() is None:
        process.terminate()
        try:
            return process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()
