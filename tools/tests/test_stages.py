"""What every stage there is has to keep: the kit's promises about its trees."""

import re
import time
import unittest
from pathlib import Path
from subprocess import CompletedProcess

from real_kit import LABS, LAYOUT, STAGES, blank_in, starter_kinds, text_of, tree_of
from support import ROOT, read_folder, run, stage_tool, table, work_folder

from stagetool import csource, export, nasmsource, variants
from stagetool.exercises import Exercise
from stagetool.generated import DESCRIPTION
from stagetool.manifest import Stage
from stagetool.retired import retired_files
from stagetool.tree import SOLVED, Tree, check_exercises, solution

EXPORT_SECONDS = 2.0
VARIANT_SHARE = 0.10
VARIANT_LINES = 100
SOURCES = (".c", ".h", ".asm", ".py", ".md")
OF_PROGRAMS = {"user/lib/exercise.c", "user/lib/exercise.h"}    # where one has an exercise
OF_A_STARTER = {"kernel/exercise.h", "kernel/exercise.c", "kernel/exercise_note.asm"}
ANEW_FOR_A_STARTER = {"README.md", DESCRIPTION}


def without_exercises(text: str, exercises: list[Exercise]) -> str:
    """A source text without the bodies of these exercises."""
    for exercise in exercises:
        if exercise.language == "nasm":
            place = nasmsource.find_routine(text, exercise.function)
        else:
            place = csource.find_function(text, exercise.function)
        text = text[:place.body_start] + text[place.end:]
    return text


def linker_names(tree: Tree) -> set[str]:
    """The names that a tree's own sources give to the linker."""
    names = set()
    for path in tree.files:
        if path.endswith(".c"):
            names |= csource.global_names(text_of(tree, path))
        elif path.endswith(".asm"):
            names |= nasmsource.global_names(text_of(tree, path))
    return names


def own_functions(tree: Tree) -> set[str]:
    """The functions that a tree's C files define, those for one file alone included."""
    return {function.name for path in tree.files if path.endswith(".c")
            for function in csource.functions(text_of(tree, path))}


def own_structures(tree: Tree) -> set[str]:
    """The names of a tree's structures: a later stage may have a function of such a name."""
    return {name for path in tree.files if path.endswith(SOURCES)
            for name in re.findall(r"\bstruct (\w+)", text_of(tree, path))}


class Exports(unittest.TestCase):
    def test_two_exports_are_byte_for_byte_the_same(self) -> None:
        for stage in STAGES:
            for kind in ("stage", "lab"):
                with self.subTest(stage=stage.name, kind=kind):
                    folder = work_folder("twice")
                    for name in ("one", "two"):
                        done = stage_tool(kind, stage.name, "--out", folder / name)
                        self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(read_folder(folder / "one"), read_folder(folder / "two"))

    def test_an_export_takes_well_under_two_seconds(self) -> None:
        rows = []
        for stage in STAGES:
            out = work_folder("timed") / "tree"
            began = time.monotonic()
            done = stage_tool("lab", stage.name, "--out", out)
            seconds = time.monotonic() - began
            self.assertEqual(done.returncode, 0, done.stderr)
            files = read_folder(out)
            rows.append({"tree": f"lab {stage.name}", "files": len(files),
                         "lines": sum(data.count(b"\n") for data, _ in files.values()),
                         "seconds": f"{seconds:.2f}"})
            self.assertLess(seconds, EXPORT_SECONDS)
        table("exports", rows)

    def test_variants_are_few_and_short(self) -> None:
        found = variants.all_variants(LAYOUT)
        share = variants.share(LAYOUT)
        table("variants", [{"stage": each.stage, "file": each.path, "lines": each.lines}
                           for each in found] +
              [{"stage": "sum", "file": f"{share:.1%} of the newest stage's sources",
                "lines": sum(each.lines for each in found)}])
        self.assertLess(share, VARIANT_SHARE)
        for each in found:
            self.assertLessEqual(each.lines, VARIANT_LINES, f"{each.stage}: {each.path}")


class Exercises(unittest.TestCase):
    def test_each_is_new_in_its_stage_and_lasts(self) -> None:
        check_exercises(LAYOUT)

    def test_each_has_its_section_in_the_handout(self) -> None:
        for stage in LABS:
            handout = ROOT / "labs" / stage.name / "handout.md"
            self.assertTrue(handout.is_file(), f"{handout} is missing")
            text = handout.read_text(encoding="utf-8")
            missing = [exercise.section for exercise in stage.exercises
                       if f"{{#{exercise.section}}}" not in text]
            self.assertEqual(missing, [], stage.name)

    def test_a_starter_differs_only_where_the_student_works(self) -> None:
        for stage in STAGES:
            for kind in starter_kinds(stage):
                with self.subTest(stage=stage.name, kind=kind):
                    self.compare_starter(stage, kind)

    def compare_starter(self, stage: Stage, kind: str) -> None:
        blank = blank_in(stage, kind)
        solved, starter = tree_of(stage, SOLVED), tree_of(stage, kind)
        added = OF_A_STARTER | (OF_PROGRAMS if any(not exercise.file.startswith("kernel/")
                                                   for exercise in blank) else set())
        self.assertEqual(set(starter.files) - set(solved.files), added)
        self.assertEqual(set(solved.files) - set(starter.files), set())
        changed = {path for path in solved.files if solved.files[path] != starter.files[path]}
        self.assertEqual(changed - ANEW_FOR_A_STARTER, {exercise.file for exercise in blank})
        for path in changed - ANEW_FOR_A_STARTER:
            here = [exercise for exercise in blank if exercise.file == path]
            self.assertEqual(without_exercises(text_of(solved, path), here),
                             without_exercises(text_of(starter, path), here))
        for exercise in blank:
            self.assertIn("exercise_unwritten", solution(starter.files, exercise))


class Retired(unittest.TestCase):
    def test_what_is_built_includes_nothing_that_has_retired(self) -> None:
        for stage in STAGES:
            retired = retired_files(LAYOUT.kit.up_to(stage))
            tree = tree_of(stage, SOLVED)
            found = [f"{path} includes {used}" for path in tree.files
                     if path.startswith("kernel/") and path not in retired
                     for used in re.findall(r'^[#%]include "(.*)"', text_of(tree, path), re.M)
                     if f"kernel/{used}" in retired]
            self.assertEqual(found, [], stage.name)


class NoTraceOfLaterStages(unittest.TestCase):
    maxDiff = None

    def test_no_path_name_or_symbol_of_a_later_stage(self) -> None:
        for index, stage in enumerate(STAGES[:-1]):
            tree = tree_of(stage, SOLVED)
            for later in STAGES[index + 1:]:
                with self.subTest(stage=stage.name, later=later.name):
                    self.assertEqual(self.traces(tree, tree_of(later, SOLVED)), [])

    def traces(self, tree: Tree, later: Tree) -> list[str]:
        """Where a tree mentions what only a later one has."""
        paths = set(later.files) - set(tree.files)
        # A file's name of one word is that of other systems' files, too: `proc.c`, `clock.c`.
        names = {name for path in paths
                 if path.endswith(SOURCES) and "_" in (name := Path(path).name)}
        names -= {Path(path).name for path in tree.files}
        # A symbol of one word is a word of the language too: `threads`, `frames`, `_start`.
        symbols = {name for name in linker_names(later) - linker_names(tree) - own_functions(tree)
                   - own_structures(tree) if "_" in name.strip("_")}
        words = sorted(paths | names | symbols)
        mention = re.compile(r"(?<![\w.-])(" + "|".join(map(re.escape, words)) + r")(?![\w-])")
        return sorted({f"{path}: {found[1]}" for path in tree.files
                       for found in mention.finditer(text_of(tree, path))})

    def test_no_handout_test_or_page_of_a_later_stage(self) -> None:
        for index, stage in enumerate(STAGES[:-1]):
            for later in STAGES[index + 1:]:
                own = (f"labs/{later.name}/", f"grading/tests/stage{later.label}",
                       f"grading/guest/{later.label}-", f"docs/{later.label}-")
                paths = [path for path in tree_of(stage, SOLVED).files
                         if path.startswith(own)]
                self.assertEqual(paths, [])


class Boots:
    """Builds and boots one tree. Made into a test class below for each tree there is."""

    expected_seconds = 15
    stage: Stage
    kind: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.tree = work_folder("boots") / "tree"
        export.export(tree_of(cls.stage, cls.kind), cls.tree)
        cls.built = {name: run("make", f"CC={name}", f"BUILD=build/{name}", cwd=cls.tree)
                     for name in ("gcc", "clang")}

    def test_builds_with_gcc_without_a_warning(self) -> None:
        self.assert_clean(self.built["gcc"])

    def test_builds_with_clang_without_a_warning(self) -> None:
        self.assert_clean(self.built["clang"])

    def assert_clean(self, done: CompletedProcess[str]) -> None:
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")
        self.assertNotIn("warning", done.stdout)

    def test_boots_in_qemu(self) -> None:
        self.assert_ends_well(self.make("run", "gcc"))

    def test_boots_in_qemu_built_with_clang(self) -> None:
        self.assert_ends_well(self.make("run", "clang"))

    def test_boots_in_bochs(self) -> None:
        made = self.make("iso", "gcc")
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
        self.assert_ends_well(run("tools/run.py", "bochs", "--build", "build/gcc",
                                  "--limit", "600", cwd=self.tree))

    def make(self, target: str, compiler: str) -> CompletedProcess[str]:
        return run("make", target, f"CC={compiler}", f"BUILD=build/{compiler}", cwd=self.tree)

    def assert_ends_well(self, done: CompletedProcess[str]) -> None:
        told = f"{done.stdout}\n--- and on stderr:\n{done.stderr}"
        if self.kind == SOLVED:
            self.assertEqual(done.returncode, 0, told)
            for line in self.stage.sees:
                self.assertIn(line, done.stdout)
        elif done.returncode != 0:
            self.assertRegex(done.stderr, "the kernel panicked|not written yet", told)
            self.assertNotRegex(done.stderr, "triple fault|still running|ended by itself", told)


def boot_class(stage: Stage, kind: str) -> type:
    name = f"Boots_{stage.label}_{kind}"
    return type(name, (Boots, unittest.TestCase),
                {"stage": stage, "kind": kind, "__module__": __name__})


globals().update((made.__name__, made) for made in (
    boot_class(stage, kind) for stage in STAGES for kind in (SOLVED, *starter_kinds(stage))))


if __name__ == "__main__":
    unittest.main()
