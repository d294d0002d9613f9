"""The models and judges of stage 05, and the check of address spaces, against made-up states."""

from __future__ import annotations

import unittest
from types import SimpleNamespace
from typing import Any

import support  # noqa: F401  (the import paths)
from fake_ipc import Fake
from grader.expect import Failure
from grader.invariants import CHECKS
from grader.machine.paging import NO_EXECUTE, PAGE, PRESENT, USER, WRITABLE
from grader.machine.ram import GuestRam
from grader.splitmix import SplitMix64
from judges.stage05 import lifetimes, mapping, parts, scenes, tables

GLOBAL = 1 << 8
DATA = PRESENT | USER | WRITABLE | NO_EXECUTE
TABLE = tables.TABLE_FLAGS
BUFFER = 0x7FFF_FFFF_D000
END = 0x60                  # the allocator's frames are 0x10 to END
BITMAP, COUNTERS, KERNEL_ROOT, KERNEL_PAGES = 0x1000, 0x10000, 0x3000, 0x4000


class Memory(GuestRam):
    """Memory in which a test makes page tables; new frames come one behind the other."""

    def __init__(self, first: int = 0x11) -> None:
        super().__init__(bytearray(END * PAGE))
        self._next = first

    def put(self, place: int, word: int) -> None:
        """Writes a word."""
        self.write(place, word.to_bytes(8, "little"))

    def new(self) -> int:
        """The next frame."""
        self._next += 1
        return (self._next - 1) * PAGE

    def skip_to(self, frame: int) -> None:
        """Leaves frames out."""
        self._next = frame

    def place(self, root: int, address: int, level: int = 1) -> int:
        """Where the entry of a level for an address stands; tables on the way are made."""
        table = root
        for above in range(tables.LEVELS, level, -1):
            entry = self.words(table + 8 * tables.index(address, above), 1)[0]
            if not entry:
                entry = self.new() | TABLE
                self.put(table + 8 * tables.index(address, above), entry)
            table = entry & -PAGE & ~NO_EXECUTE
        return table + 8 * tables.index(address, level)

    def map(self, root: int, address: int, entry: int) -> None:
        """Maps a page."""
        self.put(self.place(root, address), entry)


class Trees(unittest.TestCase):
    def test_reading(self) -> None:
        memory = Memory()
        root = memory.new()
        pages = {0x1000: 0x20000 | DATA, 0x40_0000_0000: 0x21000 | DATA, 0x7FFF_FFFF_E000: 0x22005}
        for address, entry in pages.items():
            memory.map(root, address, entry)
        tree = tables.read_tree(memory, root)
        self.assertEqual((tree.pages, tree.cut), (pages, ""))
        self.assertEqual(sorted(level for level, _ in tree.tables), [1, 1, 1, 2, 2, 2, 3, 3, 4])
        self.assertEqual([entry is None for _, entry in tables.way(tree, 0x2000)],
                         [False, False, False, True])

    def test_a_table_outside_memory(self) -> None:
        memory = Memory()
        memory.put(0x11000, 0x7FFFF000 | TABLE)
        self.assertIn("no memory there", tables.read_tree(memory, 0x11000).cut)

    def test_words(self) -> None:
        self.assertEqual(tables.flags_text(DATA | 1 << 6),
                         "present, writable, user, no execute, and bits 0x40")
        self.assertEqual(tables.page_flags(tables.READ | tables.EXECUTE), PRESENT | USER)


def mapped(address: int, result: int, taken: int, budget: int = 3) -> Any:
    """A call of page_map()."""
    return SimpleNamespace(address=address, frame=0x5000, rights=1, budget=budget, result=result,
                           taken=taken)


class Mapping(unittest.TestCase):
    def setUp(self) -> None:
        self.space = mapping.Space()
        mapping._judge_call(mapped(0x1000, mapping.NONE, 3), self.space)

    def refused(self, call: Any, pattern: str) -> None:
        """The call is judged wrong."""
        with self.assertRaisesRegex(Failure, pattern):
            mapping._judge_call(call, self.space)

    def test_right_calls(self) -> None:
        mapping._judge_call(mapped(0x1000, mapping.BUSY, 3, 0), self.space)
        mapping._judge_call(mapped(0x20_0000, mapping.NO_MEMORY, 3, 0), self.space)
        mapping._judge_call(mapped(0x8000_0000, mapping.NO_MEMORY, 4, 1), self.space)
        mapping._judge_call(mapped(0x8000_0000, mapping.NONE, 5, 1), self.space)
        self.assertEqual(set(self.space.pages), {0x1000, 0x8000_0000})

    def test_wrong_calls(self) -> None:
        self.refused(mapped(0x1000, mapping.NONE, 3), "wrong error when a page is mapped there")
        self.refused(mapped(0x2000, mapping.NO_MEMORY, 3, 0), "when nothing is in its way")
        self.refused(mapped(0x20_0000, mapping.NONE, 3, 0), "when 1 table is missing and 0")
        self.refused(mapped(0x2000, mapping.NONE, 4), "takes too many tables")

    def test_places_and_rights(self) -> None:
        memory = Memory()
        memory.map(0x10000, 0x1000, 0x5000 | tables.page_flags(1))
        tree = tables.read_tree(memory, 0x10000)
        for judge in (mapping._judge_places, mapping._judge_flags, mapping._judge_kept):
            judge(0, self.space, tree)
        tree.pages[0x1000] ^= WRITABLE
        mapping._judge_places(0, self.space, tree)
        for judge in (mapping._judge_flags, mapping._judge_kept):
            with self.assertRaises(Failure):
                judge(0, self.space, tree)
        tree.pages = {0x2000: 0x5005}
        with self.assertRaisesRegex(Failure, "not mapped to its frame"):
            mapping._judge_places(0, self.space, tree)


class Sharing(unittest.TestCase):
    def share(self, **changes: Any) -> Any:
        """A call that went well, but for some changes."""
        values = {"to_root": 1, "to": 0x2000, "from_root": 3, "rights": 1, "frame": 0x5000,
                  "has": 3, "uses_are_full": False, "map_error": 0, "result": 0, "uses_before": 0,
                  "uses_added": 1, "was_lost": False, "mapped": 1, "mapped_root": 1,
                  "mapped_at": 0x2000, "mapped_frame": 0x5000, "mapped_rights": 1, "strangers": 0}
        return SimpleNamespace(**values | changes)

    def test_right(self) -> None:
        nothing = {"uses_added": 0, "mapped": 0}
        for changes in ({}, {"frame": 0, "result": 8, **nothing},
                        {"rights": 5, "result": 14, **nothing},
                        {"map_error": 2, "result": 2, **nothing}):
            parts._judge_share(self.share(**changes))

    def test_wrong(self) -> None:
        for changes in ({"uses_added": 0}, {"mapped": 0}, {"mapped_rights": 3}, {"mapped_root": 3},
                        {"result": 6}, {"was_lost": True}, {"strangers": 1},
                        {"map_error": 2, "result": 2, "mapped": 0}):
            with self.assertRaises(Failure, msg=str(changes)):
                parts._judge_share(self.share(**changes))


class Giving(unittest.TestCase):
    def judge(self, given: list[int]) -> None:
        """Of three tables, the first the root."""
        lifetimes._judge_given("table", "page_table_give()", [1, 2, 3], 3, given,  # type: ignore
                               len(given))

    def test_given_back(self) -> None:
        self.judge([3, 2, 1])
        for given, words in (([3, 2], "a root is missing"), ([3, 1], "a table is missing"),
                             ([1, 2, 3, 3], "more than once"), ([1, 2, 3, 4], "none of the space")):
            with self.assertRaises(Failure) as caught:
                self.judge(given)
            self.assertIn(words, caught.exception.text())


class Faulting(unittest.TestCase):
    def test_the_same_again(self) -> None:
        boot: Any = SimpleNamespace(program=lambda name: SimpleNamespace(random=lambda:
                                                                         SplitMix64(5)))
        symbols = SimpleNamespace(address=len)
        snapshot: Any = SimpleNamespace(programs={"faulter": SimpleNamespace(symbols=symbols)})
        faulter = scenes.Faulter(boot, snapshot, SplitMix64(6))
        for number in range(scenes.ASKED_TWICE):
            faulter.access(number)
        self.assertEqual([access for _, access, _ in faulter.faults], [1, 2, 4, 1, 1])
        self.assertEqual(faulter.faults[2][0], faulter.faults[2][2])
        self.assertEqual(faulter.faults[3], faulter.faults[4])
        self.assertEqual(len(set(faulter.digests)), scenes.ASKED_TWICE)


class FakeSpaces:
    """Two tasks that share a frame, and the idle thread."""

    def __init__(self) -> None:
        self.ram = Memory(first=5)      # the kernel's tables are not the allocator's
        self.ram.map(KERNEL_ROOT, 0xFFFF_8000_0000_0000, KERNEL_PAGES | PRESENT | GLOBAL)
        self.ram.skip_to(0x11)
        self.roots = [self._space() for _ in range(2)]
        shared = self.ram.new()
        self.ram.map(self.roots[0], 0x1000, shared | DATA)
        self.ram.map(self.roots[1], 0x5000, shared | DATA & ~WRITABLE)
        self.ram.map(self.roots[1], 0x6000, 0x2000 | DATA & ~WRITABLE)  # a boot module's frame
        self.shared, self.used = shared, self.ram.new() // PAGE
        self.count(shared, 1)
        self.threads = [self._thread(number, root) for number, root in
                        enumerate([KERNEL_ROOT, *self.roots])]
        self.total = END - 0x10
        self.free = self.total - (self.used - 0x10)
        bits = (1 << END) - (1 << self.used)
        self.ram.write(BITMAP, bits.to_bytes(16, "little"))

    def _space(self) -> int:
        root = self.ram.new()
        for number in range(256, 512):
            self.ram.put(root + 8 * number, self.ram.words(KERNEL_ROOT + 8 * number, 1)[0])
        self.ram.map(root, BUFFER, self.ram.new() | DATA)
        return root

    def _thread(self, number: int, root: int) -> Fake:
        entry = self.ram.words(self.ram.place(root, BUFFER), 1)[0] if number else 0
        return Fake(0x100 * (1 + number), root=root,
                    name=SimpleNamespace(text=lambda: f"t{number}"),
                    state=SimpleNamespace(name="THREAD_READY"), buffer=entry & 0xFFFFF000)

    def count(self, frame: int, further: int) -> None:
        """Sets a frame's counter."""
        self.ram.write(COUNTERS + frame // PAGE * 2, further.to_bytes(2, "little"))

    def snapshot(self) -> Any:
        """What the check reads of a machine. Physical memory is at its own addresses."""
        memory = SimpleNamespace(read=self.ram.read, physical=lambda address: address)
        kernel = SimpleNamespace(
            _has=lambda name: name != "cap_origin", further_uses=COUNTERS,
            kernel_root=KERNEL_ROOT, threads=self.threads,
            sched=SimpleNamespace(idle=self.threads[0]._address),
            memory_free=SimpleNamespace(count=1, ranges=[SimpleNamespace(start=0x10 * PAGE,
                                                                         end=END * PAGE)]),
            frames=SimpleNamespace(limit=END, bitmap=BITMAP, free_count=self.free,
                                   total=self.total))
        return SimpleNamespace(kernel=kernel, ram=self.ram, memory=memory,
                               registers=SimpleNamespace(cr3=self.roots[0], cr4=1 << 7))


class Spaces(unittest.TestCase):
    """The check of address spaces: each test breaks one thing in a machine in order."""

    def setUp(self) -> None:
        self.machine = FakeSpaces()
        self.ram, self.roots = self.machine.ram, self.machine.roots

    def violations(self) -> str:
        """What the check finds."""
        return "\n".join(CHECKS["spaces"].violations(self.machine.snapshot()))

    def test_in_order(self) -> None:
        self.assertEqual(self.violations(), "")

    def test_counts(self) -> None:
        self.machine.count(self.machine.shared, 0)
        self.assertRegex(self.violations(), r"expected 1 further uses, since 2 pages show it "
                                            r'\(1 of thread "t1", 1 of thread "t2"\), got 0')
        self.machine.count(self.machine.shared, 1)
        self.machine.count(0x50 * PAGE, 2)
        self.assertRegex(self.violations(), "0x50000: expected no further uses")

    def test_lost_and_free_frames(self) -> None:
        self.machine.free -= 2
        self.assertRegex(self.violations(), "2 are lost")
        self.machine.free += 2
        self.ram.map(self.roots[0], 0x1000, 0x50 * PAGE | DATA)
        self.assertRegex(self.violations(), "the frame 0x50000, which it maps, not to be free")

    def test_a_table_of_two(self) -> None:
        table = self.ram.words(self.ram.place(self.roots[0], 0x1000, 4), 1)[0]
        self.ram.put(self.ram.place(self.roots[1], 0x1000, 4), table)
        self.assertRegex(self.violations(), r'got 0x[0-9a-f]+, which is thread "t1"\'s, too')

    def test_a_table_that_is_shown(self) -> None:
        self.ram.map(self.roots[0], 0x1000, self.roots[1] | DATA)
        self.assertRegex(self.violations(), r"out of reach, got it mapped at 0x1000 in")

    def test_tables_that_go_round(self) -> None:
        self.ram.put(self.ram.place(self.roots[0], 0x1000, 3), self.roots[0] | TABLE)
        self.assertRegex(self.violations(), "expected each page table once")

    def test_rights(self) -> None:
        for entry, words in ((DATA & ~NO_EXECUTE, "both writable and executable"),
                             (DATA & ~USER, "open to the program")):
            self.ram.map(self.roots[0], 0x1000, self.machine.shared | entry)
            self.assertRegex(self.violations(), words)

    def test_a_module_that_can_be_written(self) -> None:
        self.ram.map(self.roots[1], 0x6000, 0x2000 | DATA)
        self.assertRegex(self.violations(), "not the allocator's to be read-only")

    def test_kernel_half(self) -> None:
        self.ram.put(self.roots[1] + 8 * 300, 0x7007)
        self.assertRegex(self.violations(), '"t2": expected entry 300 of its root')
        self.ram.put(KERNEL_ROOT, 0x7007)
        self.assertRegex(self.violations(), "nothing in its lower half")
        self.machine.roots[0] = 0x9000
        self.assertRegex(self.violations(), "CR3: expected the root of a task or the kernel's")

    def test_global(self) -> None:
        self.ram.map(KERNEL_ROOT, 0xFFFF_8000_0000_0000, KERNEL_PAGES | PRESENT)
        self.assertRegex(self.violations(), "expected global pages")

    def test_buffer(self) -> None:
        self.ram.map(self.roots[0], BUFFER, self.machine.shared | DATA)
        self.assertRegex(self.violations(), '"t1": expected its IPC buffer')


if __name__ == "__main__":
    unittest.main()
