"""QEMU itself, run by the grader's machine: every way of stopping, on a program of a few lines."""

from __future__ import annotations

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import support  # noqa: F401  pylint: disable=unused-import
from grader.errors import MachineLost
from grader.machine.limits import Limits, StopReason
from grader.machine.machine import Machine

SOURCE = Path(__file__).resolve().with_name("small_program.asm")
START = 0x100000

HALT = "cli\nhlt\n"
SPIN = "jmp $\n"
SPAM = ".again: out 0xE9, al\njmp .again\n"
TRIPLE_FAULT = "lidt [.nothing]\nud2\n.nothing: dw 0\ndd 0\n"
POWER_OFF = "mov dx, 0x604\nmov ax, 0x2000\nout dx, ax\n" + SPIN


def program(end: str) -> tuple[bytes, int]:
    """The program with this end, and the address of stop_here."""
    with tempfile.TemporaryDirectory(prefix="microk-unit-") as folder:
        source, flat, listing = (Path(folder, name) for name in ("p.asm", "p", "p.map"))
        text = SOURCE.read_text().replace("    END\n", end)
        source.write_text(f"[map symbols {listing}]\n{text}")
        subprocess.run(["nasm", "-f", "bin", source, "-o", flat], check=True)
        line = next(line for line in listing.read_text().splitlines()
                    if line.endswith("stop_here"))
        return flat.read_bytes(), int(line.split()[1], 16)


class Stops(unittest.TestCase):
    def machine(self, end: str, limits: Limits = Limits(wall=60.0)) -> Machine:
        """A machine with the program in it."""
        kernel, self.stop_here = program(end)
        machine = Machine(kernel, memory_mb=16, limits=limits)
        self.addCleanup(machine.close)
        return machine

    def test_breakpoint_memory_and_end(self) -> None:
        machine = self.machine(HALT)
        machine.add_breakpoint(self.stop_here)
        self.assertIs(machine.resume(), StopReason.BREAKPOINT)
        self.assertEqual(machine.registers().rip, self.stop_here)
        self.assertEqual((machine.serial(), machine.debug_port()), (b"S", b"A"))
        place = machine.ram.read(START, 256).index((0x12345678).to_bytes(4, "little"), 64) + START
        machine.ram.write(place, b"B")
        before = machine.clock().instructions
        self.assertIs(machine.resume(), StopReason.HALTED)
        self.assertEqual(machine.debug_port(), b"AB")
        self.assertGreater(machine.clock().instructions, before)

    def test_triple_fault(self) -> None:
        machine = self.machine(TRIPLE_FAULT)
        self.assertIs(machine.resume(), StopReason.RESET)
        self.assertEqual(machine.registers().rsp, 0x200000)

    def test_power_off(self) -> None:
        self.assertIs(self.machine(POWER_OFF).resume(), StopReason.POWER_OFF)

    def test_the_limit_of_guest_time(self) -> None:
        machine = self.machine(SPIN, Limits(instructions=20_000_000))
        self.assertIs(machine.resume(), StopReason.GUEST_LIMIT)

    def test_the_limit_of_output(self) -> None:
        machine = self.machine(SPAM, Limits(output=1000))
        self.assertIs(machine.resume(), StopReason.OUTPUT_LIMIT)
        self.assertEqual(len(machine.debug_port()), 1000)

    def test_the_limit_of_real_time(self) -> None:
        machine = self.machine(SPIN, Limits(instructions=1 << 60, seconds=1 << 30, wall=0.3))
        self.assertIs(machine.resume(), StopReason.WALL_LIMIT)

    def test_the_same_run_twice(self) -> None:
        counts = set()
        for _ in range(2):
            machine = self.machine(HALT)
            machine.add_breakpoint(self.stop_here)
            machine.resume()
            counts.add(machine.clock().instructions)
        self.assertEqual(len(counts), 1)


class Endings(unittest.TestCase):
    def test_nothing_is_left(self) -> None:
        machine = Machine(program(HALT)[0], memory_mb=16)
        folder, child = machine._emulator.folder, machine._emulator.child
        machine.close()
        self.assertFalse(folder.exists())
        self.assertIsNotNone(child.status())

    def test_a_machine_that_cannot_start(self) -> None:
        with self.assertRaisesRegex(MachineLost, "QEMU ended with status 1: .*"):
            Machine(b"no kernel at all", memory_mb=16)

    def test_a_machine_that_is_lost(self) -> None:
        with Machine(program(SPIN)[0], memory_mb=16) as machine:
            os.kill(machine._emulator.child.pid, 9)
            with self.assertRaisesRegex(MachineLost, "QEMU ended with status -9"):
                machine.resume()


if __name__ == "__main__":
    unittest.main()
