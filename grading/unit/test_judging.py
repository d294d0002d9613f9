"""Reports from the guest, expectations, random numbers, how boots end, and the verdicts."""

from __future__ import annotations

import re
import subprocess
import tempfile
import textwrap
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Callable
from unittest import mock

from support import GRADING, SmallMachine
from grader import story
from grader.catalogue import Test, read_tests
from grader.channel import Channel, Unwritten, parse_channel
from grader.errors import BadAddress, InfrastructureError
from grader.expect import Failure, expect_equal, expect_line, expect_no_line, listed
from grader.machine.limits import Clock
from grader.machine.registers import GENERAL, Table
from grader.places import in_tree
from grader.run import Run, Status, run_test
from grader.splitmix import SplitMix64, derived_seed
from grader.story import End, Ended
from judges.counts import expect_count

KEY = 0x0123456789ABCDEF
OTHER = "00000000deadbeef"
LINES = ["Booting MicroK v0.1...", "[mm] 127 MB detected", "one", "two", "three", "four"]


class Reports(unittest.TestCase):
    def parse(self, *lines: str) -> Channel:
        """A debug port's text; K stands for the key."""
        return parse_channel("\n".join(lines).replace("K", f"{KEY:016x}"), KEY)

    def test_kinds_of_values(self) -> None:
        channel = self.parse("K count=17", "K delta=-3", "K place=0x00000000000000ff",
                             r'K text="a\x0ab\x5cc"', "K raw=bytes:00ff", "K count=18")
        self.assertEqual(channel.all("count"), [17, 18])
        self.assertEqual(channel.all("delta"), [-3])
        self.assertEqual(channel.all("place"), [255])
        self.assertEqual(channel.all("text"), ["a\nb\\c"])
        self.assertEqual(channel.all("raw"), [b"\0\xff"])
        self.assertEqual(channel.all("nothing"), [])

    def test_only_the_key_counts(self) -> None:
        channel = self.parse("count=17", f"{OTHER} count=17", "Kcount=17", " K count=17")
        self.assertEqual(channel.reports, [])
        self.assertEqual(channel.forged, [f"{OTHER} count=17"])

    def test_the_kernel_s_own_words(self) -> None:
        channel = self.parse("unwritten: format (format_unsigned)", "stop: panic")
        self.assertEqual(channel.unwritten, [Unwritten("format", "format_unsigned")])
        self.assertEqual(channel.stop, "panic")

    def test_what_is_cut_off(self) -> None:
        self.assertEqual(self.parse("K raw=bytes:0").all("raw"), ["bytes:0"])


class Expectations(unittest.TestCase):
    def failure(self, action: Callable[[], object]) -> str:
        """The text of the failure that an action leads to."""
        with self.assertRaises(Failure) as caught:
            action()
        return caught.exception.text()

    def test_equal(self) -> None:
        expect_equal("the sum", 4, 4)
        self.assertEqual(self.failure(lambda: expect_equal("the sum", 5, 4, "count again")),
                         "the sum is wrong\n  expected: 4\n  got:      5\ncount again")
        self.assertIn("65536 (0x10000)", self.failure(lambda: expect_equal("it", 65536, 4)))

    def test_a_missing_line_shows_the_nearest(self) -> None:
        self.assertEqual(expect_line(LINES, r"^\[mm\] \d+ MB"), LINES[1])
        text = self.failure(lambda: expect_line(LINES, r"^\[mm\] 128 MB detected$"))
        self.assertIn("> [mm] 127 MB detected", text)
        self.assertIn("  Booting", text)
        self.assertIn("no line at all", self.failure(lambda: expect_line([], "x")))

    def test_a_line_that_must_not_be_there(self) -> None:
        expect_no_line(LINES, "PANIC")
        self.assertIn("> two", self.failure(lambda: expect_no_line(LINES, "^two$")))

    def test_long_values_are_cut(self) -> None:
        self.assertLess(len(self.failure(lambda: expect_equal("it", "x" * 10000, ""))), 1000)

    def test_lists(self) -> None:
        self.assertEqual([listed("abc"[:count]) for count in range(4)],
                         ["", "a", "a and b", "a, b and c"])


class Random(unittest.TestCase):
    def test_the_published_sequence(self) -> None:
        """Reference values of Vigna's splitmix64.c for the seed 1234567."""
        random = SplitMix64(1234567)
        self.assertEqual([random.next() for _ in range(3)],
                         [6457827717110365317, 3203168211198807973, 9817491932198370423])

    def test_the_guest_s_is_the_same(self) -> None:
        program = """
            #include <stdio.h>
            #include "random.c"
            int main(void) {
                uint64_t state = 42;
                for (int i = 0; i < 50; i++) printf("%lu ", guest_random_next(&state));
            }"""
        with tempfile.TemporaryDirectory(prefix="microk-unit-") as folder:
            source = Path(folder, "program.c")
            source.write_text(textwrap.dedent(program))
            subprocess.run(["gcc", f"-I{GRADING}/guest/common", source, "-o",
                            f"{folder}/program"], check=True)
            out = subprocess.run([f"{folder}/program"], capture_output=True, text=True, check=True)
        random = SplitMix64(42)
        self.assertEqual([int(word) for word in out.stdout.split()],
                         [random.next() for _ in range(50)])

    def test_each_boot_has_its_seed(self) -> None:
        seeds = [derived_seed(7, index) for index in range(10)]
        self.assertEqual(seeds[0], 7)
        self.assertEqual(len(set(seeds)), 10)


class Endings(unittest.TestCase):
    """How a boot ended; blank exercises that were called do not hide it."""

    def setUp(self) -> None:
        self.machine = SmallMachine()
        self.machine.plain |= dict.fromkeys(GENERAL, 0)

    def failure(self, end: End, *serial: str, clock: Clock = Clock(51_000_000, 0),
                **registers: int) -> Failure:
        """What is said of an end, with the exercise "wake" blank."""
        self.machine.plain |= registers
        channel = Channel(unwritten=[Unwritten("wake", "sleep_wake_due")])
        return story.failure(Ended(end, self.machine.snapshot(), clock, serial, channel))

    def test_a_panic_is_told_whole(self) -> None:
        panic = ["PANIC: unexpected interrupt, vector 32", *(f"line {i}" for i in range(12))]
        failure = self.failure(End.PANIC, "before", *panic)
        self.assertEqual(failure.what, "the kernel panicked: unexpected interrupt, vector 32")
        self.assertEqual(failure.around, panic)
        self.assertNotIn("wake", failure.text())

    def test_a_hang_is_told_with_its_place(self) -> None:
        failure = self.failure(End.HALTED)
        self.assertTrue(failure.what.startswith(End.HALTED.value))
        self.assertTrue(failure.what.endswith(", in small_function"), failure.what)
        self.assertNotIn("wake", failure.text())
        self.assertNotIn("exceptions", failure.text())

    def test_a_blank_routine_that_stops_the_kernel(self) -> None:
        self.assertEqual(self.failure(End.UNWRITTEN).what,
                         'the kernel stopped at exercise "wake", which is not written yet '
                         "(sleep_wake_due)")

    def test_short_times(self) -> None:
        for clock, told in ((Clock(51_000_000, 0), "51 million instructions, at least 816 ms of"),
                            (Clock(51_000_000, 4), "51 million instructions, at least 4000 ms of"),
                            (Clock(51_000_000, 10), "51 million instructions, 10 s of")):
            self.assertIn(told, self.failure(End.TOO_LONG, clock=clock).what)

    def test_triple_faults(self) -> None:
        good = self.machine.idt
        for table, hint in ((good, story.PAGE_FAULT), (Table(0, 0x3FF), story.NO_TABLE),
                            (Table(good.base, 0), story.EMPTY_TABLE)):
            self.machine.idt = table
            self.assertEqual(self.failure(End.TRIPLE_FAULT).hint, hint)

    def test_exceptions_without_end(self) -> None:
        with mock.patch.object(story, "ENTRY", re.compile("small_function")):
            text = self.failure(End.TOO_LONG, cr2=0xABC, rsp=0xDEF).text()
            self.assertIn("come again and again", text)
            self.assertIn("cr2 is 0xabc, rsp is 0xdef", text)
        for name in ("trap_entry", "vector_entry_14"):
            self.assertTrue(story.ENTRY.fullmatch(name))

    def test_paths_begin_in_the_tree(self) -> None:
        for path, told in (
                ("/a/grading/guest/common//grading/guest/common/catch.asm:26",
                 "grading/guest/common/catch.asm:26"),
                ("/a/kernel/lab/grading/guest/common/guest.c:3", "grading/guest/common/guest.c:3"),
                ("/a/kernel/arch/x86_64//kernel/arch/x86_64/entry.asm:27",
                 "kernel/arch/x86_64/entry.asm:27"),
                ("kernel/main.c:1", "kernel/main.c:1"), ("/usr/x.c:1", "/usr/x.c:1")):
            self.assertEqual(in_tree(path), told)


class FakeBoot:
    """A boot that has ended, with these exercises blank."""

    def __init__(self, *blank: str) -> None:
        self.unwritten = [Unwritten(name, f"{name}_function") for name in blank]

    def close(self) -> None:
        """Nothing to end."""


class Verdicts(unittest.TestCase):
    def judge(self, function: Callable[[Run], None], *blank: str) -> tuple[Status, str]:
        """A test's status and message, when these exercises are blank."""
        def body(run: Run) -> None:
            run._boots.append(FakeBoot(*blank))  # type: ignore[arg-type]
            function(run)

        test = Test("some-test", 1, "format", 5, "t", "s", "", body)
        outcome = run_test(test, None, None, 1)  # type: ignore[arg-type]
        self.assertEqual(outcome.points, 5 if outcome.status is Status.PASSED else 0)
        return outcome.status, outcome.message

    def fail(self, error: Exception) -> Callable[[Run], None]:  # type: ignore[override]
        """A test function that raises."""
        def function(_run: Run) -> None:
            raise error
        return function

    def test_passed(self) -> None:
        self.assertEqual(self.judge(lambda run: None), (Status.PASSED, ""))

    def test_failed(self) -> None:
        self.assertEqual(self.judge(self.fail(Failure("it is wrong", got="x"))),
                         (Status.FAILED, "it is wrong\n  got:      x"))

    def test_an_exercise_that_is_blank_never_passes(self) -> None:
        status, message = self.judge(lambda run: None, "format")
        self.assertIs(status, Status.FAILED)
        self.assertEqual(message, 'exercise "format" is not written yet: format_function() is '
                                  "still the stub")

    def test_another_blank_exercise_is_named_only_in_a_failure(self) -> None:
        self.assertEqual(self.judge(lambda run: None, "console"), (Status.PASSED, ""))
        _, message = self.judge(self.fail(Failure("it is wrong")), "console")
        self.assertEqual(message, "it is wrong\nnot written yet, and called in this run: "
                                  'exercise "console" (console_function)')

    def test_a_kernel_that_cannot_be_read(self) -> None:
        self.assertEqual(self.judge(self.fail(BadAddress("nothing is mapped at address 0x0"))),
                         (Status.FAILED, "nothing is mapped at address 0x0"))

    def test_trouble_of_the_grader_is_no_student_s_failure(self) -> None:
        for error in (OSError("no room left"), InfrastructureError("no QEMU")):
            with self.assertRaises(InfrastructureError):
                self.judge(self.fail(error))

    def test_nonsense_in_the_machine_fails_one_test(self) -> None:
        for error in (ZeroDivisionError("by 0"), ValueError("not enough"), KeyError("(no such)")):
            status, message = self.judge(self.fail(error))
            self.assertIs(status, Status.FAILED)
            self.assertRegex(message, "^the test could not make sense of what it found in the "
                                      rf"machine: {type(error).__name__}: .*\(test_judging.py:\d+, "
                                      r"function\)$")

    def test_a_count_that_was_written_over(self) -> None:
        for count in (0, 47, 1 << 63):
            found = SimpleNamespace(kernel=SimpleNamespace(guest_put_count=count))
            with self.assertRaisesRegex(Failure, "guest_put_count"):
                expect_count(found, "guest_put_count", 48)      # type: ignore[arg-type]


class Catalogue(unittest.TestCase):
    def load(self, newest: int, **files: str) -> list[Test]:
        """The tests of a folder with these files."""
        with tempfile.TemporaryDirectory(prefix="microk-unit-") as folder:
            for name, ids in files.items():
                text = "from grader.api import test\n" + "".join(
                    f'@test(id="{id}", title="t", shows="s")\ndef _(run): pass\n'
                    for id in ids.split())
                Path(folder, f"{name}.py").write_text(text)
            return read_tests(Path(folder), newest)

    def test_stages_up_to_the_tree_s(self) -> None:
        tests = self.load(2, stage01="one-a one-b", stage02="two", stage03="three", other="no")
        self.assertEqual([(test.stage, test.id) for test in tests],
                         [(1, "one-a"), (1, "one-b"), (2, "two")])
        self.assertEqual(tests[0].guest_name, "one_a")

    def test_ids(self) -> None:
        for ids in ("twice twice", "Upper", "under_score"):
            with self.assertRaises(InfrastructureError):
                self.load(1, stage01=ids)


if __name__ == "__main__":
    unittest.main()
