"""A machine of `make debug`: gdb's commands are a file's, and the test types."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

from emulator import disks
from support import PATIENCE, work_folder


class Typed:
    """A machine under gdb with somebody who types, and what both have said."""

    def __init__(self, tree: Path, watch: str) -> None:
        folder = work_folder("typed")
        disks.copy(tree / "build" / disks.NAME, folder / "disk")
        (folder / "watch").write_text(watch)
        os.mkfifo(folder / "typed")
        self.process = subprocess.Popen(
            [sys.executable, tree / "tools/run.py", "debug", "--disk", folder / "disk", "--input",
             folder / "typed", "--batch", f"source {folder / 'watch'}"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        self.keys = os.fdopen(os.open(folder / "typed", os.O_RDWR), "wb", buffering=0)
        self.said = ""
        self._deadline = time.monotonic() + PATIENCE

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)     # it ends gdb and QEMU
        self.process.communicate(timeout=60)
        self.keys.close()

    def until(self, is_there: Callable[[str], bool]) -> None:
        """Waits until this has been said."""
        while not is_there(self.said):
            left = self._deadline - time.monotonic()
            if left < 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise AssertionError(f"this takes too long:\n{self.said}")
            text = os.read(self.process.stdout.fileno(), 65536)
            if not text:
                raise AssertionError(f"the machine has ended:\n{self.said}")
            self.said += text.decode(errors="replace")
