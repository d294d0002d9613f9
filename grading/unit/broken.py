"""A test class for invariants: a machine in order, which each test breaks at one place."""

from __future__ import annotations

import struct
import unittest

from support import SmallMachine
from grader.image.views import has
from grader.invariants import CHECKS, check_invariants
from grader.machine.address_space import KERNEL_BASE


class Broken(unittest.TestCase):
    """Each test breaks one thing and looks for one sentence."""

    check = ""
    programs = False    # whether the machine's threads run programs

    def setUp(self) -> None:
        self.machine = SmallMachine(self.programs)
        self._fill_idt()
        self.kernel = self.machine.snapshot().kernel
        self.threads = self.kernel.threads

    def _fill_idt(self) -> None:
        for vector in range(32):
            self.gate(vector)

    def gate(self, vector: int, entry: int | None = None, selector: int = 8, ist: int = 1,
             kind: int = 0x8E) -> None:
        """Writes a gate of the IDT."""
        entry = self.machine.image.symbols.address("small_function") if entry is None else entry
        data = struct.pack("<HHBBHII", entry & 0xFFFF, selector, ist, kind, entry >> 16 & 0xFFFF,
                           entry >> 32, 0)
        self.machine.ram.write(self.machine.idt.base - KERNEL_BASE + 16 * vector, data)

    def violations(self) -> list[str]:
        """What the check of this class finds now."""
        return CHECKS[self.check].violations(self.machine.snapshot())

    def assert_violation(self, pattern: str) -> None:
        """Exactly one kind of violation, which the pattern describes."""
        found = self.violations()
        self.assertTrue(found, "nothing was found")
        for sentence in found:
            self.assertRegex(sentence, pattern)


class InOrder:
    """The test of a machine that nobody has broken; a class of it is a Broken as well."""

    def test_a_machine_in_order(self) -> None:
        for name, check in CHECKS.items():
            if has(self.kernel, check.NEEDS):
                with self.subTest(name):
                    self.assertEqual(check.violations(self.machine.snapshot()), [])
        check_invariants(self.machine.snapshot())
