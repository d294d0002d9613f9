"""The models and judges of stage 03 against notes that are made up."""

from __future__ import annotations

import unittest
from types import SimpleNamespace
from typing import Any

import support  # noqa: F401  pylint: disable=unused-import  (import paths)
from grader.expect import Failure
from grader.machine.registers import Registers, Segment
from grader.splitmix import MASK, SplitMix64
from judges.stage03 import calls, checks, dispatch, faults, msrs, programs, segments
from judges.stage03.checks import Pages
from judges.stage03.segments import Segment as Loaded

PAGE = 4096


class Judging(unittest.TestCase):
    """What the judges' tests have in common."""

    def assert_fails(self, pattern: str, judge: Any, *arguments: Any) -> None:
        """A judge has to fail with words that match."""
        with self.assertRaises(Failure) as caught:
            judge(*arguments)
        self.assertRegex(caught.exception.text().replace("\n", " "), pattern)


class Checks(Judging):
    """Pages 16 and 17 can be read, 18 written too, 19 is missing, 20 can be read."""

    pages = Pages({0x10000: [1, 1, 3, checks.UNMAPPED, 1]})

    def refused(self, address: int, size: int, rights: int = checks.READ) -> str:
        """Why, "" if not."""
        return self.pages.refusal(address, size, rights) or ""

    def test_pages(self) -> None:
        self.assertEqual(self.refused(0x10000, 3 * PAGE), "")
        self.assertEqual(self.refused(0x12000, PAGE, checks.WRITE), "")
        self.assertIn("0x13000 is not mapped", self.refused(0x10000, 3 * PAGE + 1))
        self.assertIn("0x11000 is mapped without", self.refused(0x11FFF, 2, checks.WRITE))
        self.assertIn("0x13000", self.refused(0x12FFF, PAGE + 2))

    def test_edges(self) -> None:
        everywhere = Pages({0: [3, 3], checks.END - PAGE: [3, 3], MASK + 1 - PAGE: [3]})
        for address, size in ((0xFFF, 1), (0xFFF, 2), (checks.END - 1, 2), (checks.END, 1),
                              (MASK, 1), (MASK, 2), (0x1000, MASK)):
            self.assertIn("not all between", everywhere.refusal(address, size, 1) or "",
                          (hex(address), size))
        self.assertIsNone(everywhere.refusal(0x1000, PAGE, 3))
        self.assertIsNone(everywhere.refusal(checks.END - PAGE, PAGE, 3))
        self.assertIsNone(everywhere.refusal(MASK, 0, 3))

    def test_how_far_one_has_to_look(self) -> None:
        self.assertEqual(self.pages.pages_until(0x10FFF, 2, 1), 2)
        self.assertEqual(self.pages.pages_until(0x10000, 1 << 40, 1), 4)
        self.assertEqual(self.pages.pages_until(0x10000, 0, 1), 0)
        self.assertEqual(self.pages.pages_until(0, 5, 1), 0)

    def judge(self, **fields: Any) -> None:
        values = {"address": 0x10000, "size": 2, "rights": 1, "error": 0, "lookups": 1}
        checks._judge_check("a call", SimpleNamespace(**(values | fields)), self.pages)

    def test_verdicts(self) -> None:
        self.judge()
        self.judge(size=1 << 20, error=8, lookups=4)
        for pattern, fields in (("refused memory that may", {"error": 8}),
                                ("allowed memory that may not", {"address": 0x13000}),
                                ("the wrong error", {"address": 0x13000, "error": 1}),
                                ("goes on looking", {"lookups": 100})):
            self.assert_fails(pattern, lambda fields=fields: self.judge(**fields))


class Segments(Judging):
    """Ten bytes of the file, from its third on, on the last five bytes of a page and behind."""

    segment = Loaded(0x10FFB, 10, 5000, 2, segments.FLAG_WRITE, bytes(range(1, 100)))

    def test_pages(self) -> None:
        self.assertEqual(self.segment.pages, [0x10000, 0x11000, 0x12000])
        self.assertEqual(Loaded(0x10000, 0, PAGE, 0, 0, b"").pages, [0x10000])
        self.assertEqual(Loaded(0x10005, 0, 0, 0, 0, b"").pages, [])

    def test_content(self) -> None:
        self.assertEqual(self.segment.content(0x10000), bytes(PAGE - 5) + bytes(range(3, 8)))
        self.assertEqual(self.segment.content(0x11000), bytes(range(8, 13)) + bytes(PAGE - 5))
        self.assertEqual(self.segment.content(0x12000), bytes(PAGE))

    def test_rights(self) -> None:
        self.assertEqual(self.segment.rights, 3)
        self.assertEqual(Loaded(0, 0, 1, 0, segments.FLAG_EXECUTE | 4, b"").rights, 5)

    def test_wrong_bytes(self) -> None:
        for page, at, where in ((0x10000, 0, "before the segment"), (0x11000, 4, "of the file"),
                                (0x11000, 5, "behind the file's part"),
                                (0x12000, 4000, "behind the segment")):
            expected = self.segment.content(page)
            got = expected[:at] + bytes([expected[at] ^ 1]) + expected[at + 1:]
            self.assertIn(where, segments._wrong_byte(self.segment, page, got, expected).what)


class Dispatch(Judging):
    """Table of five."""

    def judge(self, **fields: Any) -> None:
        values = {"table_size": 5, "number": 4, "called": 4, "arguments": [1, 2, 3, 4],
                  "arrived": [1, 2, 3, 4], "given": SimpleNamespace(error=9, value=8),
                  "result": SimpleNamespace(error=9, value=8)}
        made = SimpleNamespace(**(values | fields))
        dispatch._judge_function("a call", made)
        dispatch._judge_result("a call", made)

    def test_verdicts(self) -> None:
        refused = SimpleNamespace(error=7, value=0)
        self.judge()
        self.judge(number=5, called=dispatch.NOBODY, result=refused)
        for pattern, fields in (
                ("a function was called", {"number": 5, "called": 5}),
                (r"call_table\[4\] +got: +none", {"called": dispatch.NOBODY}),
                ("the fourth argument", {"arrived": [1, 2, 3, 0]}),
                ("the result is wrong.*returned", {"result": refused}),
                ("ERROR_UNKNOWN_CALL", {"number": 9, "called": dispatch.NOBODY})):
            self.assert_fails(pattern, lambda fields=fields: self.judge(**fields))


class Registers03(Judging):
    """The registers of system calls."""

    def test_efer(self) -> None:
        msrs._judge_efer(0x1D00, 0x1D01)
        self.assert_fails("SCE is not set", msrs._judge_efer, 0x1D00, 0x1D00)
        self.assert_fails("NXE and SVME changed", msrs._judge_efer, 0x1D00, 0x0501)

    def test_star(self) -> None:
        msrs._judge_star(msrs.STAR)
        for star, bits in ((0x20 << 48 | 8 << 32, "48 to 63"), (8 << 48 | 0x23 << 32, "32 to 47"),
                           (msrs.STAR | 1, "0 to 31")):
            self.assert_fails(bits, msrs._judge_star, star)

    def at_entry(self, **fields: int) -> Any:
        plain = {"rflags": 2, "rcx": 0x1234, "r11": 0x40702} | fields
        found = {"cs": Segment(8, 0, 0), "ss": Segment(0x10, 0, 0)}
        return SimpleNamespace(registers=Registers(plain, found))

    def test_flags_at_the_entry(self) -> None:
        msrs.judge_entry_flags(self.at_entry(), 0x40702, 0x1234)
        self.assert_fails("the program's DF and AC", msrs.judge_entry_flags,
                          self.at_entry(rflags=0x40402), 0x40702, 0x1234)
        self.assert_fails("did not come from", msrs.judge_entry_flags, self.at_entry(rcx=1),
                          0x40702, 0x1234)

    def test_protection_that_is_lost(self) -> None:
        self.assertIsNone(msrs.lost_protection(Registers({"efer": 0xD01})))
        lost = msrs.lost_protection(Registers({"efer": 0x501}))
        self.assertIn("NXE", lost.what if lost else "")

    def test_results(self) -> None:
        given = SimpleNamespace(**{name: number + 1 for number, name in enumerate(calls.GENERAL)})
        right = SimpleNamespace(**(vars(given) | {name: 0 for name in calls.SCRUBBED}))
        calls._expect_results("a call", right, given, "the program's")
        for name, pattern in (("rax", "the call's result"), ("r12", "as the program had it"),
                              ("r9", "nothing of the kernel")):
            wrong = SimpleNamespace(**(vars(right) | {name: 77}))
            self.assert_fails(pattern, calls._expect_results, "a call", wrong, given, "its")

    def test_whose_value_it_is(self) -> None:
        given = SimpleNamespace(**{name: number + 1 for number, name in
                                   enumerate((*calls.GENERAL, "rsp"))})
        self.assertEqual(calls._same_as(given.rcx, given, "r10"), ", which is the program's rcx")
        self.assertEqual(calls._same_as(999, given, "r10"), "")

    def test_flags_in_words(self) -> None:
        self.assertEqual(calls._flag_words(0x4602, 0x203),
                         ": CF is 1 instead of 0, DF is 0 instead of 1, NT is 0 instead of 1")


class Faults(Judging):
    """A task "a" that ends by an exception."""

    def judge(self, **fields: Any) -> None:
        line = faults.fault_line("a", 0x1234, "divide error, error code 0x0") + "\n"
        values = {"name": "a", "words": "divide error, error code 0x0", "line": line,
                  "saved": SimpleNamespace(rip=0x1234), "line_length": 70, "length_at_end": 70,
                  "faulted": False, "ends": 1, "ended": 9, "thread": 9, "status": MASK,
                  "leaves": 1} | fields
        for name in ("name", "words", "line"):
            values[name] = SimpleNamespace(text=lambda text=values[name]: text)
        made = SimpleNamespace(**values)
        faults._judge_line("a call", made)
        faults._judge_end("a call", made, None)

    def test_verdicts(self) -> None:
        self.judge()
        for pattern, fields in (
                ("the line is wrong.*nothing was printed", {"line": ""}),
                ("the line is wrong.*0000000000001234", {"line": "[fault] a: at 1234, d\n"}),
                ("called 0 times", {"ends": 0}), ("the wrong task", {"ended": 8}),
                ("got: +-2", {"status": MASK - 1}), ("got: +14", {"status": 14}),
                ("was not printed first", {"length_at_end": 0}),
                ("did not leave the kernel", {"leaves": 0})):
            self.assert_fails(pattern, lambda fields=fields: self.judge(**fields))


class Programs(Judging):
    """What programs end with follows from their seeds."""

    def test_statuses(self) -> None:
        for status in (programs.fuzzer_status, programs.keeper_status, programs.bystander_status):
            self.assertEqual(status(5), status(5))
            self.assertNotEqual(status(5), status(6))
            self.assertTrue(0 <= status(5) <= MASK)

    def test_crimes(self) -> None:
        chosen = programs.chosen_crimes(SplitMix64(1), 400)
        self.assertEqual(set(chosen), set(range(len(programs.CRIMES))))

    def lines(self, *lines: str) -> None:
        """Judges lines about one culprit that has divided by zero."""
        symbols = SimpleNamespace(function_at={0x1000: "commit_divide+0x4"}.get)
        snapshot = SimpleNamespace(programs={"culprit": SimpleNamespace(symbols=symbols)})
        programs.judge_fault_lines(SimpleNamespace(serial=list(lines)), [1], snapshot)

    def test_fault_lines(self) -> None:
        right = faults.fault_line("culprit", 0x1000, "divide error, error code 0x0")
        self.lines("[init] hello", right)
        for pattern, line in (("number of lines", ""), ("the wrong form", right[:-4]),
                              ("the wrong exception", right.replace("divide", "other")),
                              ("the wrong address", right.replace("1000", "2000"))):
            self.assert_fails(pattern, self.lines, line)


if __name__ == "__main__":
    unittest.main()
