"""The report formats, of gradings that went well, went badly, and could not be done."""

from __future__ import annotations

import csv
import json
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import support  # noqa: F401  pylint: disable=unused-import
from grader.batch import Row, _write_summary, Batch, find_submissions
from grader.catalogue import Test
from grader.errors import InfrastructureError
from grader.report import Report, not_run
from grader.reports.files import write_reports
from grader.reports.text import TextReport
from grader.run import Outcome, Status
from grader.submission.stage_info import Exercise, StageInfo

EXERCISES = (Exercise("console", "Bytes out", "01-boot", "kernel/uart.c", "uart_put", 10, "ex-1"),
             Exercise("format", "Numbers", "01-boot", "kernel/format.c", "format", 5.5, "ex-2"))
STAGE = StageInfo(1, "01-boot", "0.1", ("01-boot",), EXERCISES, {})
SEED = 0xABC
NASTY = "expected: <a & b>\n  got: \x00\x1b[31m\x07 ]]> ünïcode"


def a_test(id: str, exercise: str, points: float) -> Test:
    """A test without a function."""
    return Test(id, 1, exercise, points, f"title of {id}", f"what {id} shows", "", lambda run: None)


def mixed() -> Report:
    """One test passed, one failed."""
    return Report(STAGE, SEED, [
        Outcome(a_test("console-bytes", "console", 10), Status.PASSED, seconds=0.25),
        Outcome(a_test("format-hex", "format", 5.5), Status.FAILED, NASTY, boot=1, seconds=0.5),
    ], warnings=["your change in kernel/main.c is not taken"], seconds=1.5)


def unbuilt() -> Report:
    """The kernel did not build."""
    report = Report(STAGE, SEED, problem="the kernel does not build:\nkernel/x.c:1: error: <no>")
    report.outcomes = not_run([a_test("console-bytes", "console", 10)], "not run")
    return report


def troubled() -> Report:
    """The grader itself could not."""
    return Report(STAGE, SEED, trouble="qemu-system-x86_64 is not installed")


class Exercises(unittest.TestCase):
    def test_they_stand_in_the_order_of_the_stage(self) -> None:
        tests = [a_test("whole", "", 3), a_test("format-hex", "format", 5.5),
                 a_test("console-bytes", "console", 10)]
        report = Report(STAGE, SEED, [Outcome(test, Status.PASSED) for test in tests])
        self.assertEqual([row[0] for row in report.exercises()], ["console", "format", ""])


class Formats(unittest.TestCase):
    def files(self, report: Report) -> dict[str, str]:
        """Every report file's text."""
        with tempfile.TemporaryDirectory(prefix="microk-unit-") as folder:
            write_reports(report, Path(folder, "new", "folder"))
            return {path.name: path.read_text(encoding="utf-8")
                    for path in Path(folder, "new", "folder").iterdir()}

    def test_gradescope(self) -> None:
        results = json.loads(self.files(mixed())["results.json"])
        self.assertEqual(results["score"], 10)
        passed, failed = results["tests"]
        self.assertEqual((passed["score"], passed["max_score"], passed["status"],
                          passed["number"], passed["visibility"]),
                         (10, 10, "passed", "1", "visible"))
        self.assertEqual((failed["score"], failed["max_score"], failed["status"]),
                         (0, 5.5, "failed"))
        for part in ("<a & b>", "labs/01-boot/handout.md#ex-2",
                     "make grade TEST=format-hex SEED=0xabc",
                     "make debug TEST=format-hex SEED=0xabc BOOT=1", "make record"):
            self.assertIn(part, failed["output"])
        self.assertEqual(results["extra_data"]["exercises"]["format"],
                         {"score": 0, "max_score": 5.5})

    def test_gradescope_of_a_kernel_that_does_not_build(self) -> None:
        results = json.loads(self.files(unbuilt())["results.json"])
        self.assertEqual(results["score"], 0)
        self.assertIn("kernel/x.c:1: error", results["output"])
        self.assertEqual(results["tests"][0]["max_score"], 10)

    def test_trouble_gives_no_score(self) -> None:
        files = self.files(troubled())
        self.assertNotIn("score", json.loads(files["results.json"]))
        self.assertIn("Bail out! qemu", files["results.tap"])
        suite = xml.fromstring(files["junit.xml"])
        self.assertEqual((suite.get("errors"), suite.get("failures")), ("1", "0"))
        self.assertIsNotNone(suite.find("testcase/error"))

    def test_junit(self) -> None:
        suite = xml.fromstring(self.files(mixed())["junit.xml"])
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("2", "1"))
        failures = suite.findall("testcase/failure")
        self.assertEqual(len(failures), 1)
        self.assertIn(r"\x00\x1b[31m\x07 ]]> ünïcode", failures[0].text or "")

    def test_tap(self) -> None:
        lines = self.files(mixed())["results.tap"].splitlines()
        self.assertEqual(lines[0], "TAP version 13")
        self.assertIn("1..2", lines)
        self.assertIn("ok 1 - console-bytes: title of console-bytes", lines)
        self.assertIn("not ok 2 - format-hex: title of format-hex", lines)
        for line in lines[1:]:
            self.assertRegex(line, r"^(#|(not )?ok \d|1\.\.)")

    def test_exit_status(self) -> None:
        self.assertEqual((mixed().exit_status, unbuilt().exit_status, troubled().exit_status),
                         (1, 1, 2))
        full = mixed()
        full.outcomes.pop()
        self.assertEqual(full.exit_status, 0)
        full.outcomes.clear()
        self.assertEqual(full.exit_status, 1)


class Text(unittest.TestCase):
    def text(self, report: Report, coloured: bool = False) -> str:
        """The whole text report."""
        text = TextReport(coloured)
        return "\n".join([text.heading(report), *(text.test(outcome, report)
                                                  for outcome in report.outcomes),
                          text.summary(report)])

    def test_a_mixed_result(self) -> None:
        text = self.text(mixed())
        for part in ("MicroK 01-boot, seed 0xabc", "note: your change", "10/10", "0/5.5",
                     "make grade TEST=format-hex SEED=0xabc", "10/15.5  total"):
            self.assertIn(part, text)
        self.assertNotIn("\033", text)

    def test_colours(self) -> None:
        self.assertIn("\033[31mFAIL", self.text(mixed(), coloured=True))

    def test_a_guest_cannot_colour_the_terminal(self) -> None:
        self.assertNotIn("\x07", self.text(mixed()))

    def test_the_compiler_s_lines_come_once(self) -> None:
        self.assertEqual(self.text(unbuilt()).count("kernel/x.c:1: error"), 1)


class Class(unittest.TestCase):
    def test_submissions(self) -> None:
        with tempfile.TemporaryDirectory(prefix="microk-unit-") as name:
            folder = Path(name)
            (folder / "anna").mkdir()
            (folder / ".hidden").mkdir()
            for file in ("anna.zip", "bob.tar.gz", "carl.TGZ", "notes.txt", ".zip"):
                (folder / file).write_text("")
            self.assertEqual([submission.name for submission in find_submissions(folder)],
                             ["anna", "anna.zip", "bob", "carl"])
            with self.assertRaises(InfrastructureError):
                find_submissions(folder / "anna")
            with self.assertRaises(InfrastructureError):
                find_submissions(folder / "nowhere")

    def test_the_summary(self) -> None:
        with tempfile.TemporaryDirectory(prefix="microk-unit-") as name:
            batch = Batch(Path(name), STAGE, Path(name))
            _write_summary(batch, [Row("anna", {"console": 10, "format": 2.5, "": 3}, 15.5),
                                   Row("=bob", remark="not graded: no, thanks")])
            with Path(name, "summary.csv").open(newline="") as file:
                rows = list(csv.reader(file))
        self.assertEqual(rows, [["name", "console", "format", "stage", "total", "remark"],
                                ["anna", "10", "2.5", "3", "15.5", ""],
                                ["'=bob", "", "", "", "", "not graded: no, thanks"]])


if __name__ == "__main__":
    unittest.main()
