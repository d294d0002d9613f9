"""Building the graded kernel: a student's sources, so with bounds on time, memory and output.

The bounds keep a bad submission from hurting the host by accident. They are no prison: the
compiler runs as the grader's own user and reads what that user may read, so a source could
#include a file of the host and show lines of it in an error message. Who grades strangers does it
in a container or as a user of its own.
"""

from __future__ import annotations

import os
import re
import resource
import select
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from ..errors import InfrastructureError
from ..machine.processes import Child
from .targets import Target

TIME_LIMIT = 180.0
CPU_LIMIT = 60              # seconds, for each process
MEMORY_LIMIT = 4 << 30      # bytes, for each process
FILE_LIMIT = 256 << 20      # bytes, for each file written
OUTPUT_LIMIT = 1 << 20
SHOWN_LINES = 40

TOOLS = ("make", "nasm")
NOISE = re.compile(r"^  [A-Z]+ +\S|^make(\[\d+\])?: |Waiting for unfinished jobs")
WARNING = re.compile(r"^([\w./+-]+):(\d+):(?:\d+:)? warning: (.*)$", re.MULTILINE)
NO_COMMAND = re.compile(r"^make(\[\d+\])?: \*\*\* .*\] Error 127$", re.MULTILINE)
FORGOTTEN = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES", "GNUMAKEFLAGS",
             "BUILD", "GUEST", "GUEST_PROGRAMS", "V", "ARGS", "EXTRA_CFLAGS")


@dataclass(frozen=True)
class Warned:
    """A warning of the compiler or assembler."""

    path: str       # in the tree
    line: int
    text: str


@dataclass(frozen=True)
class Built:
    """A build's result; `problem` is empty when there is a kernel."""

    folder: Path
    problem: str = ""
    lacks_command: bool = False     # make says that a tool is not there
    warnings: tuple[Warned, ...] = ()


def build(tree: Path, target: Target, folder: Path, variables: Sequence[str] = ()) -> Built:
    """Builds one of the kernels that the grader needs into `folder`."""
    for tool in TOOLS:
        if shutil.which(tool) is None:
            raise InfrastructureError(f"{tool} is not installed: run 'make doctor'")
    folder.mkdir(parents=True, exist_ok=True)
    command = ["make", "--no-print-directory", "-C", str(tree), f"BUILD={folder}",
               *target.settings, *variables, "all"]
    status, output = _run(command)
    if status == 0:
        return Built(folder, warnings=_warnings(output))
    lines = [line for line in output.splitlines() if not NOISE.search(line)]
    return Built(folder, "\n".join(_shortened(lines or output.splitlines(), tree)),
                 bool(NO_COMMAND.search(output)))


def _run(command: list[str]) -> tuple[int, str]:
    """Exit status and output; a build over a limit has a status other than 0, and says so."""
    environment = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
    reading, writing = os.pipe()
    child = Child(command, stdout=writing, stderr=subprocess.STDOUT,
                  env=environment | {"LC_ALL": "C"}, prepare=_set_limits)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            output, excess = _read_bounded(pipe.fileno(), time.monotonic() + TIME_LIMIT)
        status = child.wait(0.0 if excess else 10.0)
    finally:
        child.kill()
    text = output.decode("utf-8", "replace")
    return (status or 0, text) if not excess and status is not None else (1, text + excess)


def _warnings(output: str) -> tuple[Warned, ...]:
    return tuple(Warned(path, int(line), text) for path, line, text in WARNING.findall(output))


def _read_bounded(pipe: int, deadline: float) -> tuple[bytes, str]:
    """What the build prints, and why it has to be ended, if it has to be."""
    output = b""
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return output, f"\nthe build was ended after {TIME_LIMIT:.0f} s"
        part = os.read(pipe, 65536)
        if not part:
            return output, ""
        output += part
        if len(output) > OUTPUT_LIMIT:
            return output, f"\nthe build was ended: it printed over {OUTPUT_LIMIT >> 10} KB"


def _set_limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _shortened(lines: list[str], tree: Path) -> list[str]:
    """The first lines, which name the first error; the last one too, if a limit ended the build."""
    lines = [line[:300].replace(f"{tree}/", "") for line in lines]
    if len(lines) <= SHOWN_LINES:
        return lines
    left = len(lines) - SHOWN_LINES
    return lines[:SHOWN_LINES - 1] + [f"... ({left} more lines)", lines[-1]]
