"""Boots of user programs, as far as no kernel is needed: the reports' memory, the programs' files,
what is built, and what is said of a task that has ended."""

from __future__ import annotations

import subprocess
import tempfile
import textwrap
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from support import GRADING, SmallMachine
from grader import story
from grader.channel import Channel
from grader.errors import InfrastructureError
from grader.expect import Failure
from grader.image.image import Image
from grader.machine.limits import Clock
from grader.program_boot import ProgramReports, patched, program_seed
from grader.splitmix import SplitMix64
from grader.story import End, Ended
from grader.submission.stage_info import StageInfo
from grader.submission.targets import PLAIN, targets

FILES = {
    "program.h": "#include <stdint.h>\nint64_t main(uint64_t);\n",
    "task.h": "#include <stdint.h>\n#include <stdnoreturn.h>\nnoreturn void task_exit(int64_t);\n",
}

PROGRAM = """
    #define main program_main
    #include "guest_program.c"
    #undef main
    #include "shared.c"
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>

    void guest_checkpoint(const char *name) { (void)name; }
    void guest_finished(void) { }
    noreturn void task_exit(int64_t status) { exit((int)status); }
    int64_t guest_main(uint64_t lines) {
        for (uint64_t i = 0; i < lines; i++) guest_report("n", i);
        guest_report_text("text", "a\\nb");
        return 0;
    }
    int main(int count, char **words) {
        (void)count;
        program_main((uint64_t)atol(words[1]));
        printf("%lu %lu\\n", guest_reports.length, guest_reports.lost);
        fwrite((char *)guest_reports.text, 1, guest_reports.length, stdout);
    }
"""


# Where the program's memory is, of which there is none to be touched on this computer.
NOWHERE = ("-Wl,--defsym=program_start_address=0", "-Wl,--defsym=program_end_address=0")


def compiled(folder: Path, text: str, *words: str) -> Path:
    """A program of this computer with the test programs' part in it."""
    for name, content in (*FILES.items(), ("program.c", textwrap.dedent(text))):
        (folder / name).write_text(content)
    subprocess.run(["gcc", "-no-pie", "-fno-pie", "-w", f"-I{folder}", f"-I{GRADING}/guest/program",
                    folder / "program.c", "-o", folder / "program", *NOWHERE, *words], check=True)
    return folder / "program"


class Folder(unittest.TestCase):
    """With a folder of its own."""

    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="microk-unit-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)


class Memory(Folder):
    """The memory that a program's reports go to."""

    def run_program(self, lines: int) -> tuple[int, int, str]:
        """Length, lost lines and text after so many reports."""
        out = subprocess.run([compiled(self.folder, PROGRAM), str(lines)], capture_output=True,
                             text=True, check=True).stdout
        first, _, text = out.partition("\n")
        length, lost = map(int, first.split())
        return length, lost, text

    def test_a_few(self) -> None:
        self.assertEqual(self.run_program(2), (22, 0, 'n=0\nn=1\ntext="a\\x0ab"\n'))

    def test_more_than_fits(self) -> None:
        length, lost, text = self.run_program(20_000)
        self.assertLessEqual(length, 0x10000)
        self.assertGreater(lost, 0)
        kept = [line for line in text.splitlines() if line.startswith("n=")]
        self.assertEqual(kept, [f"n={number}" for number in range(len(kept))])


class Files(Folder):
    """A program's file with other values in it."""

    def test_seed_and_arguments(self) -> None:
        """The arguments that are not given stay 0."""
        text = PROGRAM.replace("printf(", 'printf("%lx %lu %lu %lu\\n", guest_seed, '
                               "guest_argument(0), guest_argument(1), guest_argument(7)); printf(")
        program = compiled(self.folder, text, "-g")
        image = Image(program, program)
        changed = self.folder / "changed"
        changed.write_bytes(patched(image, 0x1234, [7, -1]))    # type: ignore[arg-type]
        changed.chmod(0o755)
        out = subprocess.run([changed, "0"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(out.splitlines()[0], f"1234 7 {(1 << 64) - 1} 0")

    def test_one_of_the_tree_s_own(self) -> None:
        program = compiled(self.folder, "int main(void) { return 0; }")
        image: Any = Image(program, program)
        image.name = "own"
        self.assertEqual(patched(image, 1, []), program.read_bytes())
        with self.assertRaises(InfrastructureError):
            patched(image, 1, [1])

    def test_too_many_arguments(self) -> None:
        program = compiled(self.folder, PROGRAM)
        image: Any = Image(program, program)
        image.name = "asker"
        with self.assertRaises(InfrastructureError):
            patched(image, 1, [0] * 9)


def memory(text: str, lost: int = 0) -> Any:
    """A program's variables with these reports."""
    raw = text.encode() + b"garbage\n"
    return SimpleNamespace(guest_reports=SimpleNamespace(
        length=len(text), lost=lost, text=SimpleNamespace(raw=lambda: raw)))


class Reports(unittest.TestCase):
    def setUp(self) -> None:
        self.reports = ProgramReports("echo", 5)

    def test_what_counts(self) -> None:
        self.reports.read(130, memory("a=1\nb=2\n"))
        self.reports.read(130, memory("a=1\nb=2\na=3\n"))
        self.assertEqual(self.reports.values("a"), [1, 3])
        self.assertEqual(self.reports.value("b"), 2)
        with self.assertRaises(Failure):
            self.reports.value("a")

    def test_one_task_after_the_other(self) -> None:
        for thread, text in ((130, "a=1\n"), (131, "a=7\n"), (130, "a=1\na=2\n")):
            self.reports.read(thread, memory(text))
        self.assertEqual(self.reports.values("a"), [1, 2, 7])

    def test_too_many(self) -> None:
        self.reports.read(130, memory("a=1\n", lost=1))
        with self.assertRaisesRegex(Failure, "echo has reported more"):
            self.reports.values("a")

    def test_seeds(self) -> None:
        self.assertEqual(program_seed(9, 0), 9)
        self.assertEqual(len({program_seed(9, place) for place in range(5)}), 5)
        self.assertEqual(self.reports.random().next(), SplitMix64(5).next())


class Targets(Folder):
    """What is built for the tests of which stages."""

    def targets(self, *wanted: int, programs: tuple[str, ...] = ()) -> dict[str, str]:
        """Name and make's variable of each build."""
        stage = StageInfo(3, "03-c", "", ("01-a", "02-b", "03-c"), (), {}, programs)
        return {target.name: " ".join(target.settings)
                for target in targets(self.folder, stage, wanted)}

    def write(self, *paths: str) -> None:
        """Files below grading/guest/."""
        for path in paths:
            file = self.folder / "grading/guest" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()

    def test_a_kernel_for_each_stage(self) -> None:
        self.write("common/guest.c", "01-a/x.c", "02-b/x.asm", "03-c/link.options")
        both = {"01-a": "GUEST=grading/guest/common grading/guest/01-a",
                "02-b": "GUEST=grading/guest/common grading/guest/02-b"}
        self.assertEqual(self.targets(1, 2, 3), both)
        self.assertEqual(self.targets(2), {"02-b": both["02-b"]})

    def test_with_programs(self) -> None:
        self.write("common/guest.c", "start/start.c", "01-a/x.c", "03-c/programs/y.c")
        self.assertEqual(self.targets(1, 3, programs=("init",)), {
            "01-a": "GUEST=grading/guest/common grading/guest/start grading/guest/01-a",
            PLAIN: "GUEST_PROGRAMS=grading/guest/03-c/programs"})


class Endings(unittest.TestCase):
    def test_tasks_that_exceptions_have_ended(self) -> None:
        machine = SmallMachine(programs=True)
        address = machine.image.symbols.address("small_function")
        serial = [f"[fault] one: at {address:016x}, general protection, error code 0x0; the task "
                  "ends", "[fault] two: at 0000000000000123, divide error; the task ends"]
        text = story.failure(Ended(End.LEFT, machine.snapshot(), Clock(1, 0), serial,
                                   Channel())).text()
        self.assertIn("the task one was ended by an exception in small_function: general "
                      "protection, error code 0x0", text)
        self.assertIn("the task two was ended by an exception in 0x123, which is no code", text)


del Folder

if __name__ == "__main__":
    unittest.main()
