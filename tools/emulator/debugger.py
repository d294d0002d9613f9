"""gdb in front of a stopped QEMU, over a private socket.

QEMU runs in the background with its console on our stdout; gdb has the terminal. A guest that reads
is given a file. When gdb ends, so does QEMU.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Callable, Iterator

from . import qemu, recording, session
from .terminal import PipeConsole

PROGRAM = "gdb"
COMMANDS = Path(__file__).resolve().parent.parent / "gdb" / "microk.py"

START_LIMIT = 30.0      # seconds for QEMU to open its socket, on a very busy host
POLL = 0.01

# Where most runs end; a finished kernel does not have the second.
ENDINGS = ("machine_stop", "exercise_unwritten_stop")
BREAK_AT_ENDINGS = f"python for name in {ENDINGS}: " \
    "gdb.lookup_global_symbol(name) and gdb.Breakpoint(name)"

COUNT = re.compile(r"instruction count = (\d+)")
AT_BREAKPOINT = re.compile(r"^Breakpoint \d+, ", re.MULTILINE)


def gdb_command(symbols: Path, socket: Path, first: list[str], batch: list[str] | None,
                ) -> list[str]:
    """gdb with the kit's commands, attached to the stub at the socket. `first` are commands that
    come before the user's or those of a batch."""
    settings = ["set confirm off", "set pagination off", "set architecture i386:x86-64",
                f"directory {symbols.resolve().parent.parent}"]
    start = [*settings, f"source {COMMANDS}", f"target remote {socket}", *first]
    words = [PROGRAM, "-q", "-nx"] + (["-batch"] if batch is not None else [])
    for line in start + (batch or []):
        words += ["-ex", line]
    return [*words, os.fspath(symbols)]


def wait_for_socket(socket: Path, process: subprocess.Popen) -> None:
    """Until QEMU listens, or has ended without."""
    deadline = time.monotonic() + START_LIMIT
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise session.ToolMissing("QEMU did not start; its own line above says why")
        time.sleep(POLL)


def debug(machine: qemu.Machine, symbols: Path, batch: list[str] | None = None,
          first: list[str] | None = None, cwd: Path | None = None,
          typed: Path | None = None) -> int:
    """Runs QEMU (in cwd) stopped and gdb attached until gdb ends; gdb's status. The file `typed`
    is what the guest is given to read."""
    with stopped_qemu(machine, cwd, typed) as socket:
        sys.stdout.flush()
        return session.foreground(gdb_command(symbols, socket, first or [], batch))[0]


@contextlib.contextmanager
def stopped_qemu(machine: qemu.Machine, cwd: Path | None, typed: Path | None = None,
                 ) -> Iterator[Path]:
    """QEMU in the background, stopped before its first instruction; the socket of its stub."""
    session.require(qemu.PROGRAM, PROGRAM)
    with session.private_folder() as folder:
        socket, line = folder / "gdb", folder / "serial"
        stopped = replace(machine, gdb=socket, stopped=True, pause_at_end=True)
        if typed:
            stopped = replace(stopped, serial=qemu.to_pipes(line))
        with typing(typed, line) as start, \
                session.background(qemu.command(stopped), cwd=cwd) as process:
            start(process)
            wait_for_socket(socket, process)
            yield socket


@contextlib.contextmanager
def typing(typed: Path | None, line: Path) -> Iterator[Callable[[subprocess.Popen], None]]:
    """Gives a guest a file to read, through the pipes `line`, once it is started."""
    if typed is None:
        yield lambda process: None
        return
    with typed.open("rb") as file, PipeConsole(line, file.fileno()) as console:
        threads: list[threading.Thread] = []

        def start(process: subprocess.Popen) -> None:
            threads.append(threading.Thread(target=console.serve, args=(process, 0)))
            threads[0].start()

        yield start
        for thread in threads:
            thread.join()


def debug_backwards(recorded: Path, batch: list[str] | None = None) -> int:
    """Replays a recording up to its end and leaves gdb there.

    A machine that has ended cannot go backwards, so it must be stopped just before. The first of
    two replays finds out where that is. The console is not shown: going backwards runs parts of
    the recording again and again, and each time it would print the same."""
    with session.private_folder() as folder:
        machine = replace(recording.replay(recorded, folder, backwards=True), serial=qemu.NOWHERE)
        first = end_of(machine, recorded)
        return debug(machine, recorded / "microk.debug", batch, first, recorded)


def end_of(machine: qemu.Machine, recorded: Path) -> list[str]:
    """The gdb commands that run the machine to just before its end."""
    script = [BREAK_AT_ENDINGS, "continue", "monitor info replay"]
    with stopped_qemu(machine, recorded) as socket:
        command = gdb_command(recorded / "microk.debug", socket, [], script)
        output = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, check=False).stdout
    if AT_BREAKPOINT.search(output):
        return [BREAK_AT_ENDINGS, "continue"]
    count = COUNT.search(output)
    if not count:
        return []   # it left QEMU by a way that gdb cannot see: the person finds the place
    return [f"monitor replay_break {max(int(count.group(1)) - 1, 0)}", "continue"]
