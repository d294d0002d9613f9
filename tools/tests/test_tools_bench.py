"""bench.py: its arithmetic, its words, and real runs of the stages that have a benchmark."""

import json
import os
import re
import unittest
from functools import lru_cache
from pathlib import Path
from typing import Any

from built import exported, make, tool
from real_kit import STAGES, tree_of
from support import ROOT, run, table, work_folder, write_files

from benchtool import file_report, listing, machine, report
from benchtool.errors import BenchError
from benchtool.measurements import FILES, MEASUREMENTS, Measurement, programs
from benchtool.samples import Figures, Times, read_samples
from emulator import disks, qemu
from stagetool.manifest import Stage
from stagetool.tree import SOLVED

PAGE = ROOT / "docs/benchmarks.md"
FILES_PAGE = ROOT / "docs/07-benchmarks.md"
TOLERANCE = 0.1     # the page shows figures of one compiler; those of another one differ a little
MEASURED = tuple(stage for stage in STAGES
                 if "user/bench/measure.h" in tree_of(stage, SOLVED).files)
SAID = """\
[kernel] booting
[bench] a-call: operations=10 overhead=7\r
[bench] a-call: samples 107 117
[bench] b-call: operations=5 overhead=0
[bench] a-call: samples 107 147
[bench] b-call: samples 10 10
"""


class Arithmetic(unittest.TestCase):
    def test_samples_are_read_by_name_and_the_overhead_is_taken_off(self) -> None:
        found = read_samples(SAID)
        self.assertEqual(found["a-call"].each(), [10, 11, 10, 14])
        self.assertEqual(found["b-call"].each(), [2, 2])

    def test_what_a_program_complains_of_is_no_sample(self) -> None:
        for line in ("[bench] a-call: out of luck", "[bench] a-call: samples 1 2"):
            with self.assertRaisesRegex(BenchError, "a-call"):
                read_samples(line + "\n")

    def test_times_stand_beside_the_samples(self) -> None:
        found = read_samples(SAID + "[bench] a-call: turns=8 milliseconds=20 calls=16\n")
        self.assertEqual(found["a-call"].times, Times(8, 20, 16))
        self.assertIsNone(found["b-call"].times)

    def test_figures(self) -> None:
        figures = Figures.of([10, 11, 10, 14])
        self.assertEqual((figures.count, figures.minimum, figures.mean), (4, 10, 11.25))
        self.assertAlmostEqual(figures.deviation, 1.8930, places=4)
        self.assertAlmostEqual(figures.confidence, 1.959964 * 1.8930 / 2, places=4)

    def test_every_measurement_has_a_name_of_its_own(self) -> None:
        names = [each.name for each in MEASUREMENTS]
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(len(set(programs(MEASUREMENTS))), len(programs(MEASUREMENTS)))


class Words(unittest.TestCase):
    def row(self, aim: int | None, value: float) -> report.Row:
        found = read_samples(SAID)["a-call"]
        return (Measurement("a-call", "a", "a call", aim), found, Figures.of([value, value]))

    def test_the_table_tells_whether_an_aim_is_met(self) -> None:
        for aim, verdict in ((None, ""), (40, "met"), (39, "missed")):
            self.assertEqual(report.cells(self.row(aim, 40))[-1], verdict)

    def test_a_row_of_files_tells_the_share_of_messages(self) -> None:
        found = read_samples(SAID + "[bench] a-call: turns=8 milliseconds=20 calls=16\n")
        row = file_report.FileRow.of(Measurement("a-call", "a", "a call"), found["a-call"],
                                     found["b-call"], found["a-call"])
        self.assertEqual(file_report.cells(row), ["a call", "10", "2", "20.0%", "2", "2.500 ms"])

    def test_without_gnuplot_there_are_no_plots(self) -> None:
        before = os.environ["PATH"]
        os.environ["PATH"] = str(work_folder("nowhere"))
        try:
            self.assertFalse(report.plots([self.row(None, 40)], work_folder("plots")))
        finally:
            os.environ["PATH"] = before

    def test_one_instruction_is_one_nanosecond(self) -> None:
        described = machine.machine(self.build("a"), "a", qemu.NOWHERE, qemu.NOWHERE)
        self.assertIn("shift=0,sleep=off", qemu.command(described))

    def build(self, *names: str) -> Path:
        """A folder with these programs; what is in them does not matter."""
        place = work_folder("build")
        write_files(place, {f"programs/{name}": name for name in names}
                    | {"programs.list": " ".join(names)})
        return place

    def test_what_is_loaded(self) -> None:
        alone = machine.modules(self.build("init", "names", "a", "a_peer", "b"), "a")
        self.assertEqual([file.name for file in alone], ["a", "a_peer"])
        served = machine.modules(self.build("init", "names", "demo", "a", "a_peer"), "a")
        self.assertEqual([file.name for file in served], ["init", "names", "demo", "a_peer"])
        self.assertEqual(served[2].read_text(encoding="utf-8"), "a")

    def test_privileges_are_those_of_the_measuring_program(self) -> None:
        place = self.build("init", "names", "demo", "a", "ab")
        write_files(place, {"programs/privileges": "program ab\nmemory 1\n\n"
                                                   "program a\n# All.\nmemory 2\nspace\n\n"})
        loaded = machine.modules(place, "a")
        self.assertEqual([file.name for file in loaded], ["init", "names", "demo", "privileges"])
        self.assertEqual(loaded[3].read_text(encoding="utf-8").split("\n\n")[0],
                         "program demo\n# All.\nmemory 2\nspace")
        self.assertEqual([file.name for file in machine.modules(place, "demo")],
                         ["init", "names", "demo"])

    def test_files_are_measured_on_a_disk_of_their_own(self) -> None:
        place = self.build("init", "names", "demo", "storage", "vfs", "files", "files_peer")
        with self.assertRaisesRegex(BenchError, "there is no such disk"):
            machine.machine(place, "files", qemu.NOWHERE, qemu.NOWHERE)
        write_files(place, {disks.NAME: "what is on it"})
        described = machine.machine(place, "files", qemu.NOWHERE, qemu.NOWHERE)
        self.assertEqual([file.name for file in described.modules],
                         ["init", "names", "storage", "vfs", "demo", "files_peer"])
        self.assertNotEqual(described.disk, place / disks.NAME)
        self.assertEqual(described.disk.read_text(encoding="utf-8"), "what is on it")

    def test_a_listing_counts_repetitions(self) -> None:
        steps = [listing.Step("kernel", "copy+0x6", "rep movsb", 9),
                 listing.Step("kernel", "copy+0x8", "ret", 1),
                 listing.Step("a", "main", "syscall", 1)]
        text = listing.lines(Measurement("a-call", "a", "a call"), steps)
        self.assertIn("11 instructions", text[0])
        self.assertTrue(any(line.endswith("rep movsb  ; 9 times") for line in text))
        self.assertEqual(text[-2:], ["   10  kernel: copy", "    1  a: main"])

    def test_errors_are_one_line(self) -> None:
        done = run(ROOT / "tools/bench.py", "--build", work_folder("nothing"))
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1), done.stderr)
        self.assertIn("no program of user/bench/", done.stderr)


@lru_cache(maxsize=None)
def measured(stage: Stage) -> Path:
    """A tree where `make bench` has run."""
    place = exported(stage)
    done = make(place, "bench")
    if done.returncode:
        raise AssertionError(f"make bench, {stage.name}:\n{done.stdout}{done.stderr}")
    return place


def results(file: Path) -> dict[str, dict[str, Any]]:
    """The measurements in a results.json, by name."""
    found = json.loads(file.read_text(encoding="utf-8"))["measurements"]
    return {each["name"]: each for each in found}


def rows_of(page: Path) -> list[list[str]]:
    """The cells of a page's tables."""
    return [[cell.strip() for cell in line.strip("|\n").split("|")]
            for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]


def shown() -> dict[str, dict[str, float]]:
    """What docs/benchmarks.md shows, by stage: the figure of each measurement."""
    rows = rows_of(PAGE)
    head = next(row for row in rows if row[0] == "measurement")
    stages = {name: column for column, name in enumerate(head) if re.match(r"\d\d-", name)}
    titles = {each.title for each in MEASUREMENTS}
    return {name: {row[0]: float(row[column]) for row in rows
                   if row[0] in titles and len(row) == len(head) and row[column]}
            for name, column in stages.items()}


@unittest.skipUnless(MEASURED, "no stage has a benchmark")
class Bench(unittest.TestCase):
    """One class, so that one process builds and measures it all."""

    expected_seconds = 60

    def test_all_is_measured_and_written(self) -> None:
        for stage in MEASURED:
            with self.subTest(stage=stage.name):
                folder = measured(stage) / "build/bench"
                found = results(folder / "results.json")
                self.assertEqual(len(found), (folder / "table.md").read_text().count("±"))
                for each in found.values():
                    self.assertEqual(each["count"], len(each["batches"]))
                    self.assertLess(0, each["minimum"])
                table("guest instructions", [{"stage": stage.name, "measurement": each["title"],
                                              "minimum": each["minimum"], "aim": each["aim"] or ""}
                                             for each in found.values()])

    def test_a_second_run_gives_the_same_samples(self) -> None:
        place, again = measured(MEASURED[-1]), work_folder("again")
        done = tool(place, "bench.py", "--out", again)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((again / "results.json").read_bytes(),
                         (place / "build/bench/results.json").read_bytes())

    def test_a_round_trip_of_eight_words_is_within_the_aim(self) -> None:
        for stage in MEASURED:
            trip = results(measured(stage) / "build/bench/results.json")["round-trip-8"]
            self.assertLessEqual(trip["minimum"], trip["aim"], stage.name)

    def test_a_listing_has_as_many_instructions_as_were_counted(self) -> None:
        place = measured(MEASURED[-1])
        found = results(place / "build/bench/results.json")
        for name, operations in (("null-call", 1), ("round-trip-8", 1), ("switch", 2), ("mint", 1)):
            with self.subTest(name=name):
                done = tool(place, "bench.py", "--listing", name)
                self.assertEqual(done.returncode, 0, done.stderr)
                count = int(re.search(r"(\d+) instructions", done.stdout)[1])
                self.assertEqual(count, operations * found[name]["minimum"])
                self.assertIn("  kernel ", done.stdout)

    def test_files_are_measured_and_the_page_shows_it(self) -> None:
        stage = MEASURED[-1]
        place, again = measured(stage), work_folder("files")
        done = run("make", "bench", "FILES=1", f"OUT={again}", cwd=place)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        found = json.loads((again / "files.json").read_text(encoding="utf-8"))
        self.assertEqual([each["title"] for each in found], [each.title for each in FILES])
        page = {row[0]: row for row in rows_of(FILES_PAGE)}
        for each in found:
            with self.subTest(title=each["title"]):
                self.assertGreater(each["milliseconds"], 0)
                self.assertTrue(0 < each["share"] < 1)
                for column, part in ((1, "instructions"), (2, "messages")):
                    told = float(page[each["title"]][column])
                    self.assertLessEqual(abs(told - each[part]["minimum"]),
                                         TOLERANCE * each[part]["minimum"])
        self.assertEqual((found[1]["name"], found[1]["calls"]), ("file-read-cached", 0))

    def test_an_unknown_listing_names_those_that_there_are(self) -> None:
        done = tool(measured(MEASURED[-1]), "bench.py", "--listing", "tea")
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1))
        self.assertIn("null-call, ", done.stderr)

    def test_the_page_shows_what_is_measured(self) -> None:
        pages = shown()
        self.assertTrue(pages)
        for stage in MEASURED:
            if stage.name in pages:
                found = results(measured(stage) / "build/bench/results.json").values()
                self.assertEqual(set(pages[stage.name]), {each["title"] for each in found})
                for each in found:
                    told = pages[stage.name][each["title"]]
                    self.assertLessEqual(abs(told - each["minimum"]),
                                         TOLERANCE * each["minimum"], each["title"])
