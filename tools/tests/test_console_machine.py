"""The console driver in the whole system: keys are answered however busy programs are."""

import contextlib
import re
import statistics
import unittest

from shell_machine import PROMPT, STAGE
from typed_machine import Typed

SPINNERS = 8                # with ten ticks each, if the console had to wait for its turn
LATEST = 20                 # ticks of a millisecond, for most keys: a busy host delays some
KEYS = "ABCDEFGHIJ"         # gdb says none of these here

# Says at each byte that reaches the console how long ago the UART's line (4, so vector 36) last
# interrupted. The machine's time stands still while gdb looks; each look takes milliseconds, so it
# is at this vector's entry and not at irq_enter(), where every tick comes by.
WATCH = """
microk program console
set $came = 0
tbreak irq_enter
continue
break *((unsigned long *)&vector_entries)[36]
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


@unittest.skipUnless(STAGE, "needs a console")
class Console(unittest.TestCase):
    expected_seconds = 30

    def test_keys_do_not_wait_for_programs_that_compute(self) -> None:
        with contextlib.closing(Typed(WATCH)) as machine:
            machine.until(lambda said: PROMPT in said)
            machine.keys.write(b"run spinner 1000000000000 &\n" * SPINNERS)
            machine.until(lambda said: said.count(PROMPT) > SPINNERS)
            self.assertIn(f"[{SPINNERS}] ", machine.said)
            late = [self.delay(machine, key) for key in KEYS]
        self.assertLessEqual(statistics.median(late), LATEST, late)

    def delay(self, machine: Typed, key: str) -> int:
        """Types a key and waits for its echo: the ticks that it was late. gdb may tell one
        breakpoint twice."""
        before = len(machine.said)
        machine.keys.write(key.encode())
        machine.until(lambda said: key in said[before:])
        return int(LATE.search(machine.said, before)[1])
