"""The storage driver dies in the whole system: who needs it is told, the others go on."""

import contextlib
import unittest

from shell_machine import PROMPT, STAGE
from typed_machine import Typed

# Lets the driver's next command to write meet what no driver should: its next instruction is at 0.
KILL = """
microk program storage
tbreak ata_give if $_streq(sched.current->name, "storage") && order->operation == STORAGE_WRITE
commands
silent
set $pc = 0
continue
end
continue
"""


@unittest.skipUnless(STAGE, "needs a disk")
class Death(unittest.TestCase):
    expected_seconds = 20

    def type(self, machine: Typed, line: str) -> str:
        """What a line leads to, up to the next prompt."""
        before, prompts = len(machine.said), machine.said.count(PROMPT)
        machine.keys.write(line.encode() + b"\n")
        machine.until(lambda said: said.count(PROMPT) > prompts)
        return machine.said[before:].replace("\r", "")

    def test_the_system_goes_on_without_it(self) -> None:
        with contextlib.closing(Typed(KILL)) as machine:
            machine.until(lambda said: PROMPT in said)
            said = self.type(machine, "cat /etc/hello.txt; ps; sync; echo status $?")
            self.assertIn(" storage\n", said)
            self.assertIn("\nstatus 0\n", said)                     # all these are in the cache now
            said = self.type(machine, "echo new > /home/new; sync; echo status $?")
            self.assertIn("storage driver does not answer", said)
            self.assertIn("\nsh: /home/new: Input/output error\n", said)
            self.assertIn("\nstatus 1\n", said)
            said = self.type(machine, "cat /etc/hello.txt; ps")
            self.assertIn("Hello from a file.", said)
            self.assertIn(" vfs\n", said)
            self.assertNotIn(" storage\n", said)
            said = self.type(machine, "hexdump /etc/hello.txt; echo status $?")
            self.assertIn("\nsh: hexdump: Input/output error\nstatus 126\n", said)   # was not read
            said = self.type(machine, "echo kept > /tmp/t; cat /tmp/t")
            self.assertIn("\nkept\n", said)
            machine.keys.write(b"exit\n")
            machine.until(lambda said: "has ended with status" in said)
        self.assertIn("not everything could be written", machine.said)
