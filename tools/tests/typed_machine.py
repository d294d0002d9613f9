"""A machine of `make debug`: gdb's commands are a file's, and the test types."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import Callable

from shell_machine import listen, own_disk, tree
from support import PATIENCE, work_folder


class Typed:
    """A machine under gdb with somebody who types, and what both have said."""

    def __init__(self, watch: str) -> None:
        folder = work_folder("typed")
        (folder / "watch").write_text(watch)
        os.mkfifo(folder / "typed")
        self.process = subprocess.Popen(
            [sys.executable, tree() / "tools/run.py", "debug", "--disk", own_disk(), "--input",
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
        self.said = listen(self.process, self.said, is_there, self._deadline)
