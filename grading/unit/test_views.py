"""The kernel's variables by name and type, out of a compiled file's debug information."""

from __future__ import annotations

import unittest

from support import SmallMachine
from grader.errors import BadAddress, KernelMismatch
from grader.image.views import address_of, cast, fields, has


class Views(unittest.TestCase):
    def setUp(self) -> None:
        self.machine = SmallMachine()
        self.kernel = self.machine.snapshot().kernel
        self.shapes = self.kernel.shapes

    def test_numbers_have_sign_and_size(self) -> None:
        self.assertEqual(self.shapes.negative, -5)
        self.assertEqual(self.shapes.inner, 0x1234)
        self.assertIs(self.shapes.yes, True)

    def test_bit_fields(self) -> None:
        self.assertEqual((self.shapes.low, self.shapes.high), (6, 17))

    def test_enumerations_have_names(self) -> None:
        self.assertEqual(self.shapes.sign, -2)
        self.assertEqual(self.shapes.sign.name, "SMALL_MINUS")
        self.machine.poke(self.shapes, "sign", 3)
        self.assertIn("3", self.shapes.sign.name)

    def test_arrays_of_arrays(self) -> None:
        self.assertEqual([list(row) for row in self.shapes.grid], [[1, 2, 3], [-4, -5, -6]])
        with self.assertRaises(IndexError):
            self.shapes.grid[2]  # pylint: disable=pointless-statement

    def test_unions_show_the_same_bytes(self) -> None:
        self.assertEqual(list(self.shapes.both.bytes), [1, 2, 3, 4])
        self.assertEqual(list(self.shapes.parts), [0x34, 0x12])

    def test_pointers_are_followed(self) -> None:
        self.assertEqual(self.shapes.words.text(), "some words")
        self.assertEqual(self.shapes.self.self.negative, -5)
        self.assertEqual(int(self.shapes.self), address_of(self.shapes))
        self.assertEqual(self.kernel.sched.ready.first.next.name.text(), "two")
        with self.assertRaises(KernelMismatch):
            self.shapes.nothing.target  # pylint: disable=pointless-statement

    def test_cast(self) -> None:
        address = address_of(self.kernel.threads[1])
        self.assertEqual(cast(self.kernel, "struct thread", address).name.text(), "one")

    def test_fields(self) -> None:
        self.assertEqual(fields(self.kernel.memory_free.ranges[0]),
                         {"start": 0x400000, "end": 0x600000})

    def test_what_is_not_there(self) -> None:
        self.assertFalse(has(self.kernel, "nonsense"))
        for look in (lambda: self.kernel.nonsense, lambda: self.shapes.nonsense,
                     lambda: cast(self.kernel, "struct nonsense", 0)):
            with self.assertRaises(KernelMismatch):
                look()

    def test_an_address_that_is_not_mapped(self) -> None:
        self.machine.poke(self.shapes, "self", 0x1000)
        with self.assertRaises(BadAddress):
            self.shapes.self.negative  # pylint: disable=expression-not-assigned


class Symbols(unittest.TestCase):
    def setUp(self) -> None:
        self.symbols = SmallMachine().image.symbols

    def test_functions_by_address(self) -> None:
        start = self.symbols.address("small_other")
        self.assertEqual(self.symbols.function_at(start), "small_other")
        self.assertEqual(self.symbols.function_at(start + 1), "small_other+0x1")
        self.assertIsNone(self.symbols.function_at(self.symbols.address("threads")))

    def test_unknown_symbol(self) -> None:
        self.assertIsNone(self.symbols.find("nonsense"))
        with self.assertRaises(KernelMismatch):
            self.symbols.address("nonsense")


if __name__ == "__main__":
    unittest.main()
