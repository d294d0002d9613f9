"""The page-table walker against tables made by hand, and memory with the PC's hole in it."""

from __future__ import annotations

import unittest

from support import MEMORY, TABLES, PageTables
from grader.errors import BadAddress
from grader.machine.address_space import KERNEL_BASE, AddressSpace
from grader.machine.paging import (NO_EXECUTE, PAGE, PRESENT, USER, USER_ROOT_ENTRIES, WRITABLE,
                                   Rights, regions, tables, translate)
from grader.machine.ram import GIB, GuestRam

HIGH = 0xFFFF_9000_0000_0000


class Walker(unittest.TestCase):
    def setUp(self) -> None:
        self.ram = GuestRam(bytearray(MEMORY))
        self.tables = PageTables(self.ram, TABLES)

    def test_neighbours_become_one_region(self) -> None:
        for page in range(3):
            self.tables.map(HIGH + page * PAGE, 0x5000 + page * PAGE, PRESENT | WRITABLE)
        found = regions(self.ram, TABLES)
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0].virtual, found[0].physical, found[0].length),
                         (HIGH, 0x5000, 3 * PAGE))
        self.assertEqual(found[0].rights, Rights(True, False, True))

    def test_other_rights_or_memory_part_regions(self) -> None:
        self.tables.map(HIGH, 0x5000, PRESENT | WRITABLE)
        self.tables.map(HIGH + PAGE, 0x6000, PRESENT | NO_EXECUTE)
        self.tables.map(HIGH + 2 * PAGE, 0x9000, PRESENT | NO_EXECUTE)
        self.assertEqual([region.physical for region in regions(self.ram, TABLES)],
                         [0x5000, 0x6000, 0x9000])

    def test_large_pages(self) -> None:
        self.tables.map(HIGH, 2 << 20, PRESENT, large=True)
        self.assertEqual(translate(self.ram, TABLES, HIGH + 0x12345), (2 << 20) + 0x12345)
        self.assertEqual(regions(self.ram, TABLES)[0].length, 2 << 20)

    def test_rights_of_all_levels_count(self) -> None:
        """A user page below a supervisor table is out of reach for user mode."""
        self.tables.map(HIGH, 0x5000, PRESENT | WRITABLE | USER)
        self.assertFalse(regions(self.ram, TABLES)[0].rights.user)
        root_entry = TABLES + 8 * (HIGH >> 39 & 511)
        entry = self.ram.words(root_entry, 1)[0]
        self.ram.write(root_entry, (entry & ~WRITABLE | NO_EXECUTE).to_bytes(8, "little"))
        self.assertEqual(regions(self.ram, TABLES)[0].rights, Rights(False, False, False))

    def test_lower_half_addresses(self) -> None:
        self.tables.map(0x400000, 0x5000, PRESENT)
        self.assertEqual(regions(self.ram, TABLES)[0].virtual, 0x400000)

    def test_what_is_not_mapped(self) -> None:
        self.assertIsNone(translate(self.ram, TABLES, HIGH))
        self.assertEqual(regions(self.ram, TABLES), [])

    def test_tables_that_name_each_other(self) -> None:
        """Every entry of the root names the root."""
        self.ram.write(TABLES, (TABLES | PRESENT).to_bytes(8, "little") * 512)
        for look in (regions, tables):
            with self.assertRaisesRegex(BadAddress, "the page tables go round"):
                list(look(self.ram, TABLES))

    def test_tables_of_the_user_s_half(self) -> None:
        self.tables.map(0x400000, 0x3000, PRESENT)
        self.tables.map(0xFFFF_8000_0000_0000, 0x4000, PRESENT)
        self.assertEqual(len(list(tables(self.ram, TABLES))), 7)
        self.assertEqual(len(list(tables(self.ram, TABLES, USER_ROOT_ENTRIES))), 4)
        self.assertEqual([region.physical for region in
                          regions(self.ram, TABLES, USER_ROOT_ENTRIES)], [0x3000])

    def test_a_root_outside_memory(self) -> None:
        self.assertIsNone(translate(self.ram, 1 << 40, HIGH))


class Reading(unittest.TestCase):
    def setUp(self) -> None:
        self.ram = GuestRam(bytearray(MEMORY))
        self.tables = PageTables(self.ram, TABLES)

    def test_over_a_page_border(self) -> None:
        self.tables.map(HIGH, 0x5000, PRESENT)
        self.tables.map(HIGH + PAGE, 0x9000, PRESENT)
        self.ram.write(0x5FFE, b"ab")
        self.ram.write(0x9000, b"cd\0")
        space = AddressSpace(self.ram, TABLES)
        self.assertEqual(space.read(HIGH + PAGE - 2, 4), b"abcd")
        self.assertEqual(space.text(HIGH + PAGE - 2), "abcd")

    def test_the_image_needs_no_page_tables(self) -> None:
        self.ram.write(0x100000, b"image")
        self.assertEqual(AddressSpace(self.ram, 0).read(KERNEL_BASE + 0x100000, 5), b"image")

    def test_unmapped(self) -> None:
        with self.assertRaisesRegex(BadAddress, "nothing is mapped at address 0xffff9"):
            AddressSpace(self.ram, TABLES).read(HIGH, 1)

    def test_the_hole_below_4_gb(self) -> None:
        class Big(bytearray):
            """Four gigabytes without the bytes."""

            def __len__(self) -> int:
                return 4 * GIB

        ram = GuestRam(Big())
        self.assertEqual(ram._offset(3 * GIB - 8, 8), 3 * GIB - 8)
        self.assertEqual(ram._offset(4 * GIB, 8), 3 * GIB)
        self.assertEqual(ram._offset(5 * GIB - 8, 8), 4 * GIB - 8)
        for hole in (3 * GIB - 4, 3 * GIB, 4 * GIB - 4, 5 * GIB - 4):
            with self.assertRaises(BadAddress):
                ram._offset(hole, 8)


if __name__ == "__main__":
    unittest.main()
