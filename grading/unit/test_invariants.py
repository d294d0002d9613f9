"""Every invariant against a machine in order, and against one that was broken at one place."""

from __future__ import annotations

import unittest

from broken import Broken, InOrder
from support import DATA, STACK_AREA, STACKS, SLOT, WINDOW_BASE
from grader.expect import Failure
from grader.image.views import address_of
from grader.invariants import check_invariants
from grader.machine.address_space import KERNEL_BASE
from grader.machine.paging import PAGE, PRESENT, USER, WRITABLE
from grader.machine.registers import Table


class Whole(InOrder, Broken):
    def test_violations_become_a_failure(self) -> None:
        self.machine.plain["cr0"] &= ~(1 << 16)
        with self.assertRaises(Failure) as caught:
            check_invariants(self.machine.snapshot(), "control registers")
        self.assertIn("CR0.WP", caught.exception.text())
        check_invariants(self.machine.snapshot(), "frames")


class ControlRegisters(Broken):
    check = "control registers"

    def test_bits(self) -> None:
        for register, bit, name in (("cr0", 31, "PG"), ("cr0", 16, "WP"), ("cr4", 5, "PAE"),
                                    ("efer", 11, "NXE"), ("efer", 10, "LMA")):
            with self.subTest(name):
                self.machine.plain[register] ^= 1 << bit
                self.assert_violation(rf"{register.upper()}\.{name} .*expected 1, got 0")
                self.machine.plain[register] ^= 1 << bit


class PageTablesBroken(Broken):
    check = "page tables"

    def test_writable_and_executable(self) -> None:
        self.machine.tables.map(0xFFFF_9000_0000_0000, 0x500000, PRESENT | WRITABLE)
        self.assert_violation("both writable and executable")

    def test_executable_data(self) -> None:
        data = self.machine.image.symbols.address("threads") & -PAGE
        self.machine.tables.map(data, data - KERNEL_BASE, PRESENT)
        self.assert_violation("nothing executable but the kernel's text")

    def test_a_writable_alias_of_the_text(self) -> None:
        text = self.machine.image.symbols.start - KERNEL_BASE
        self.machine.tables.map(WINDOW_BASE + text, text, DATA)
        self.assert_violation(r"expected \.text to be read-only at every address")

    def test_writable_constants(self) -> None:
        constants = self.machine.image.symbols.address("kernel_stacks") & -PAGE
        self.machine.tables.map(constants, constants - KERNEL_BASE, DATA)
        self.assert_violation(r"expected \.rodata to be read-only")

    def test_user_access(self) -> None:
        ram = self.machine.ram
        self.machine.tables.map(0xFFFF_9000_0000_0000, 0x500000, DATA | USER)
        table = self.machine.tables.root
        for shift in (39, 30, 21):
            place = table + 8 * (0xFFFF_9000_0000_0000 >> shift & 511)
            entry = ram.words(place, 1)[0]
            ram.write(place, (entry | USER).to_bytes(8, "little"))
            table = entry & 0x000F_FFFF_FFFF_F000
        self.assert_violation("out of reach for user mode|no entry open to user mode")

    def test_a_guard_page_that_is_there(self) -> None:
        guard = self.machine.image.symbols.address("guard")
        self.machine.tables.map(guard, guard - KERNEL_BASE, DATA)
        self.assert_violation("guard page below the boot stack to be missing")

    def test_a_stack_that_is_missing(self) -> None:
        self.machine.tables.map(self.machine.image.symbols.address("stack") + PAGE, 0, 0)
        self.assert_violation("expected the boot stack to be mapped")

    def test_text_that_is_missing(self) -> None:
        self.machine.tables.map(self.machine.image.symbols.start, 0, 0)
        self.assert_violation(r"expected \.text at .* got nothing")


class Descriptors(Broken):
    check = "descriptors"

    def test_a_trap_gate(self) -> None:
        self.gate(14, kind=0x8F)
        self.assert_violation("gate of vector 14: .*interrupt gate.*got a trap gate")

    def test_an_entry_outside_the_text(self) -> None:
        self.gate(3, entry=self.machine.image.symbols.address("threads"))
        self.assert_violation("gate of vector 3: expected an entry point in the kernel's text")

    def test_wrong_selectors(self) -> None:
        for selector in (0x10, 0, 0x1B, 0x28, 0x0B):
            with self.subTest(selector):
                self.gate(5, selector=selector)
                self.assert_violation("gate of vector 5: expected the selector")

    def test_a_missing_exception(self) -> None:
        self.gate(31, kind=0x0E)
        self.assert_violation("a gate for each of the 32 exceptions, got none .* for 31$")

    def test_tables_outside_the_image(self) -> None:
        self.machine.idt = Table(0, 0x3FF)
        self.assert_violation("expected the IDT inside the kernel's image")

    def test_a_short_table(self) -> None:
        self.machine.idt = Table(self.machine.idt.base, 0xFF)
        self.assert_violation("at least 32 gates")

    def test_a_save_area_outside_the_data(self) -> None:
        tss = self.machine.image.symbols.address("tss")
        for end in (0, self.machine.image.symbols.start + 0x100, 0x1000,
                    address_of(self.threads[3].context) + 168):
            with self.subTest(hex(end)):
                self.machine.poke_address(tss + 36, end)
                self.assert_violation("expected IST1 to be the end of a context")

    def test_an_ist_that_is_not_set(self) -> None:
        self.gate(8, ist=2)
        self.assert_violation("expected IST2 to be")


class Queues(Broken):
    check = "queues"

    def poke(self, thread: int, field: str, value: int) -> None:
        """Writes a field of a thread."""
        self.machine.poke(self.threads[thread], field, value)


    def test_a_ready_thread_that_is_in_no_queue(self) -> None:
        one, ready = address_of(self.threads[1]), self.kernel.sched.ready
        self.poke(1, "next", 0)
        self.machine.poke(ready, "last", one)
        self.assert_violation('"two" is THREAD_READY: expected it in queue ready, got it in none')

    def test_a_queue_that_goes_round(self) -> None:
        self.poke(2, "next", address_of(self.threads[1]))
        self.assertRegex(self.violations()[0], 'each thread once, got thread "one" again')

    def test_a_blocked_thread_in_the_queue(self) -> None:
        self.poke(2, "state", 4)
        self.poke(0, "joiner", address_of(self.threads[2]))
        self.assert_violation('"two" is THREAD_JOINING: expected it in no queue, got it in ready')

    def test_a_link_back_that_is_wrong(self) -> None:
        self.poke(2, "previous", 0)
        self.assert_violation('"two"\'s link back')

    def test_a_last_that_is_wrong(self) -> None:
        self.machine.poke(self.kernel.sched.ready, "last", address_of(self.threads[1]))
        self.assert_violation("expected `last`")

    def test_a_link_into_nowhere(self) -> None:
        self.poke(1, "next", 0xFFFFFFFF80123456)
        self.assertRegex(self.violations()[0], "expected a thread, got a link to")

    def test_a_queue_field_that_is_wrong(self) -> None:
        self.poke(1, "queue", 0)
        self.assert_violation('"one" is in queue ready: expected its `queue`')

    def test_two_running_threads(self) -> None:
        self.poke(0, "state", 2)
        self.assert_violation("exactly one running thread")

    def test_a_joiner_that_does_not_wait(self) -> None:
        self.poke(0, "joiner", address_of(self.threads[2]))
        self.assert_violation('"two" is THREAD_READY: expected 0 threads to name it .*, got 1')

    def test_sleepers_out_of_order(self) -> None:
        sched = self.kernel.sched
        one, two = (address_of(self.threads[index]) for index in (1, 2))
        for name, first, last in (("ready", 0, 0), ("sleepers", one, two)):
            self.machine.poke(getattr(sched, name), "first", first)
            self.machine.poke(getattr(sched, name), "last", last)
        for index, tick in ((1, 20), (2, 10)):
            self.poke(index, "state", 3)
            self.poke(index, "queue", address_of(sched.sleepers))
            self.poke(index, "wake_tick", tick)
        self.assert_violation("expected who wakes first to stand first")
        self.poke(2, "wake_tick", 20)
        self.assertEqual(self.violations(), [])


class Threads(Broken):
    check = "threads"

    def test_registers_out_of_bounds(self) -> None:
        for field, value, pattern in (
                ("rip", 0x1234, "saved rip: expected an address in the kernel's text"),
                ("cs", 0x10, "saved cs: expected 0x8"),
                ("ss", 0x1B, "saved ss"),
                ("rflags", 0x002, "IF"),
                ("rflags", 0x602, "DF"),
                ("rflags", 0x200, "bit 1"),
                ("rsp", STACK_AREA + SLOT + 7 * PAGE, "saved rsp: expected an address on its own"),
                ("rsp", 0, "saved rsp")):
            with self.subTest(f"{field} {value:#x}"):
                context = self.threads[2].context
                before = getattr(context, field)
                self.machine.poke(context, field, value)
                self.assert_violation(f'"two": .*{pattern}')
                self.machine.poke(context, field, before)

    def test_the_running_thread_has_no_saved_registers(self) -> None:
        self.machine.poke(self.threads[3].context, "rip", 0)
        self.assertEqual(self.violations(), [])

    def test_a_guard_page_that_is_there(self) -> None:
        self.machine.tables.map(STACK_AREA + SLOT + 3 * PAGE, STACKS - PAGE, DATA & ~WRITABLE)
        self.assert_violation('"one": expected a guard page')

    def test_where_the_cpu_saves(self) -> None:
        end = address_of(self.threads[1].context) + 176
        self.machine.poke_address(self.machine.image.symbols.address("tss") + 36, end)
        self.assert_violation("into the current thread's context")


class Frames(Broken):
    check = "frames"

    def free(self, frame: int) -> None:
        """Marks one more frame free, and counts it."""
        frames = self.kernel.frames
        word = int(frames.bitmap) + frame // 64 * 8
        bits = self.machine.ram.words(word - KERNEL_BASE, 1)[0]
        self.machine.poke_address(word, bits | 1 << frame % 64)
        self.machine.poke(frames, "free_count", frames.free_count + 1)

    def test_a_count_that_is_wrong(self) -> None:
        self.machine.poke(self.kernel.frames, "free_count", 63)
        self.assert_violation(r"the number of set bits \(64\), got 63")

    def test_a_free_frame_that_is_not_ours(self) -> None:
        self.free(0x610)
        self.assert_violation("only where memory_free has memory, got frame 1552")

    def test_a_stack_that_is_free(self) -> None:
        self.free(STACKS // PAGE + 5)
        self.assert_violation('expected the stack of thread "one" to be in use')

    def test_the_image_that_is_free(self) -> None:
        self.machine.poke(self.kernel.memory_free.ranges[0], "start", 0)
        self.free(0x101)
        self.assert_violation("expected the kernel's image to be in use")


del Broken

if __name__ == "__main__":
    unittest.main()
