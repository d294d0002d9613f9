"""The console driver in the whole system: keys are answered however busy programs are."""

import contextlib
import os
import re
import select
import signal
import statistics
import subprocess
import sys
import time
import unittest
from typing import Callable

from built import built
from emulator import disks
from real_kit import STAGES
from support import PATIENCE, work_folder

STAGE = next((stage for stage in STAGES if stage.disk_programs), None)
SPINNERS = 8                # with ten ticks each, if the console had to wait for its turn
LATEST = 20                 # ticks of a millisecond, for most keys: a busy host delays some
KEYS = "abcdefghij"
LIMIT = float(PATIENCE)

# Says at each byte that reaches the console how long ago the UART's line (4, so vector 36) last
# interrupted. The machine's time stands still while gdb looks.
WATCH = """
microk program console
set $came = 0
break irq_enter if saved->vector == 36
commands
silent
set $came = sched.ticks
continue
end
break input_put if $_streq(sched.current->name, "console")
commands
silent
printf "<late %d>", sched.ticks - $came
continue
end
continue
"""
LATE = re.compile(r"<late (\d+)>")


class Typed:
    """A machine under gdb with somebody who types, and what both have said."""

    def __init__(self) -> None:
        tree, folder = built(STAGE), work_folder("console")
        disks.copy(tree / "build" / disks.NAME, folder / "disk")
        (folder / "watch").write_text(WATCH)
        os.mkfifo(folder / "typed")
        self.process = subprocess.Popen(
            [sys.executable, tree / "tools/run.py", "debug", "--disk", folder / "disk", "--input",
             folder / "typed", "--batch", f"source {folder / 'watch'}"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        self.keys = os.fdopen(os.open(folder / "typed", os.O_RDWR), "wb", buffering=0)
        self.said = ""
        self._deadline = time.monotonic() + LIMIT

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


@unittest.skipUnless(STAGE, "needs a console")
class Console(unittest.TestCase):
    expected_seconds = 30

    def test_keys_do_not_wait_for_programs_that_compute(self) -> None:
        with contextlib.closing(Typed()) as machine:
            machine.until(lambda said: "MicroK> " in said)
            machine.keys.write(b"run spinner 1000000000000 &\n" * SPINNERS)
            machine.until(lambda said: said.count("MicroK> ") > SPINNERS)
            self.assertIn(f"[{SPINNERS}] ", machine.said)
            before = len(machine.said)
            for number, key in enumerate(KEYS, 1):
                machine.keys.write(key.encode())
                machine.until(lambda said: len(LATE.findall(said, before)) == number and
                              key in said[before:].replace("late", ""))
            late = [int(ticks) for ticks in LATE.findall(machine.said, before)]
        self.assertEqual(len(late), len(KEYS))
        self.assertLessEqual(statistics.median(late), LATEST, late)
