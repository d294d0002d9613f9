"""The checks of kernels with programs: user mode, page tables of several tasks, unknown states."""

from __future__ import annotations

import unittest

from broken import Broken, InOrder
from support import DATA, OWN_TABLES, PROGRAM_BASE, PROGRAM_MEMORY
from grader.errors import BadAddress
from grader.image.views import address_of
from grader.machine.address_space import KERNEL_BASE
from grader.machine.paging import PAGE, PRESENT, USER, WRITABLE
from grader.threads import current_thread, page_tables, threads_of

SENDING = 6
SYSCALL = 256


class Programs(Broken):
    """A machine whose threads run programs."""

    programs = True

    def poke(self, thread: int, field: str, value: int) -> None:
        """Writes a field of a thread's context."""
        self.machine.poke(self.threads[thread].context, field, value)


class Whole(InOrder, Programs):
    def test_threads(self) -> None:
        snapshot = self.machine.snapshot()
        self.assertEqual([thread.name.text() for thread in threads_of(snapshot)],
                         ["idle", "one", "two", "main"])
        self.assertEqual(current_thread(snapshot).name.text(), "main")
        self.assertEqual(list(page_tables(snapshot)),
                         [("", snapshot.registers.cr3), ('thread "two": ', OWN_TABLES)])

    def test_memory_of_a_thread(self) -> None:
        """Two threads, the same address, two memories."""
        snapshot = self.machine.snapshot()
        for slot, physical in ((1, PROGRAM_MEMORY), (2, PROGRAM_MEMORY + 2 * PAGE)):
            memory = snapshot.memory_of(self.threads[slot])
            self.assertEqual(memory.physical(PROGRAM_BASE), physical)
        with self.assertRaises(BadAddress):
            memory.read(PROGRAM_BASE + 2 * PAGE, 1)


class UserMode(Programs):
    check = "user mode"

    def test_bits(self) -> None:
        for register, bit, name in (("efer", 0, "SCE"), ("cr4", 11, "UMIP"), ("cr4", 20, "SMEP"),
                                    ("cr4", 21, "SMAP")):
            with self.subTest(name):
                self.machine.plain[register] ^= 1 << bit
                self.assert_violation(rf"{register.upper()}\.{name} .*expected 1, got 0")
                self.machine.plain[register] ^= 1 << bit

    def test_a_gate_that_programs_can_use(self) -> None:
        self.gate(3, kind=0xEE)
        self.assert_violation("gate of vector 3: expected it closed .*, got DPL 3")

    def test_registers(self) -> None:
        for field, value, pattern in (
                ("rip", KERNEL_BASE, "rip: expected an address in the user's half"),
                ("rip", 0x7FFF_FFFF_F000, "rip"), ("cs", 0x08, "cs: expected 0x33"),
                ("ss", 0x10, "ss: expected 0x2b"), ("rflags", 0x002, "IF"),
                ("rflags", 0x200, "bit 1"), ("rflags", 0x3202, "IOPL"),
                ("rflags", 0x20202, "VM")):
            with self.subTest(f"{field} {value:#x}"):
                before = getattr(self.threads[2].context, field)
                self.poke(2, field, value)
                self.assert_violation(f'"two": saved .*{pattern}')
                self.poke(2, field, before)

    def test_what_a_system_call_has_saved(self) -> None:
        for field, value in (("vector", SYSCALL), ("cs", 0), ("ss", 0x1234)):
            self.poke(2, field, value)
        self.assertEqual(self.violations(), [])
        self.poke(2, "rip", KERNEL_BASE)
        self.assert_violation("saved rip")

    def test_a_wild_jump(self) -> None:
        self.poke(2, "vector", 14)
        self.poke(2, "rip", KERNEL_BASE)
        self.assertEqual(self.violations(), [])


class Tables(Programs):
    check = "page tables"

    def test_writable_and_executable(self) -> None:
        self.machine.own_tables.map(PROGRAM_BASE, PROGRAM_MEMORY, PRESENT | WRITABLE | USER)
        self.assert_violation('^thread "two": expected no page that is both')

    def test_the_kernel_s_data(self) -> None:
        data = address_of(self.threads[0]) & -PAGE
        self.machine.tables.map(PROGRAM_BASE + 8 * PAGE, data - KERNEL_BASE, DATA | USER)
        self.assert_violation(r"expected user mode not to see the kernel's \.\w+, got 0x10008000")

    def test_a_page_table(self) -> None:
        self.machine.own_tables.map(PROGRAM_BASE + 8 * PAGE, OWN_TABLES + PAGE, DATA | USER)
        self.assert_violation('^thread "two": expected no page table within reach')

    def test_an_entry_of_the_upper_levels(self) -> None:
        place = self.machine.tables.root + 8 * 511
        entry = self.machine.ram.words(place, 1)[0]
        self.machine.ram.write(place, (entry | USER).to_bytes(8, "little"))
        self.assert_violation("no entry open to user mode in the kernel's half, got PML4 entry")


class Frames(Programs):
    check = "frames"

    def test_a_program_s_memory_that_is_free(self) -> None:
        frame = PROGRAM_MEMORY // PAGE + 2
        frames = self.kernel.frames
        word = int(frames.bitmap) + frame // 64 * 8
        self.machine.poke_address(word, 1 << frame % 64)
        self.machine.poke(frames, "free_count", frames.free_count + 1)
        self.assert_violation('"two": the user memory at 0x10000000 to be in use, got frame 1058')


class UnknownStates(Programs):
    check = "queues"

    def setUp(self) -> None:
        super().setUp()
        self.machine.poke(self.threads[2], "state", SENDING)

    def test_in_the_ready_queue(self) -> None:
        self.assert_violation('"two" is THREAD_SENDING: expected it not to be ready')

    def test_elsewhere(self) -> None:
        ready = self.kernel.sched.ready
        self.machine.poke(self.threads[1], "next", 0)
        self.machine.poke(ready, "last", address_of(self.threads[1]))
        self.machine.poke(self.threads[2], "queue", 0x1234)
        self.assertEqual(self.violations(), [])

    def test_a_number_that_is_none(self) -> None:
        self.machine.poke(self.threads[2], "state", 77)
        self.assert_violation('"two": expected a state, got the number 77')


del Broken, Programs

if __name__ == "__main__":
    unittest.main()
