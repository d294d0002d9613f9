"""Files that retire: in the trees for the students' work in them, and no part of the kernel."""

import json
import unittest
from pathlib import Path

from repository import commit, git, merge_conflicts
from small_kit import COUNT_C, layout_of, make_kit, tree_of, with_line
from support import ROOT, run, work_folder

from stagetool import course, export, tree, variants, wrong
from stagetool.errors import KitError

FIRST = "stages/01-alpha/manifest.toml"
THIRD = "stages/03-gamma/manifest.toml"
FOURTH = "stages/04-delta/manifest.toml"
COUNT = "kernel/count.c"
LIST = "kernel/generated/retired.list"

# A stage that has outgrown the file of the first lab's exercises, and one after it.
RETIRING = 'version = "0.3"\ntitle = "Gamma"\nsummary = "The third."\nfiles = ["kernel/next.c"]\n'
AFTER = 'version = "0.4"\ntitle = "Delta"\nsummary = "The fourth."\nfiles = []\n'
RETIRES = f'retires = ["{COUNT}"]\n'
NEXT_LAB = '''
[[exercise]]
id = "next"
title = "What comes next"
file = "kernel/next.c"
function = "next_step"
points = 10
section = "exercise-1-next"
'''


def kit_with(third: str = RETIRES, **changes: str | None) -> Path:
    moved = {COUNT: None, f"stages/01-alpha/{COUNT}": COUNT_C,
             **with_line(FIRST, f', "{COUNT}"', "")}
    return make_kit(**(moved | {
        "tools/tree/Makefile": (ROOT / "tools/tree/Makefile").read_text(encoding="utf-8"),
        "kernel/next.c": "void next_step(void)\n{\n}\n", THIRD: RETIRING + third, FOURTH: AFTER,
        "labs/03-gamma/exercises.toml": NEXT_LAB,
        "labs/03-gamma/handout.md": "# Three\n"} | changes))


class Trees(unittest.TestCase):
    def test_every_tree_from_its_first_stage_on_has_the_file_as_it_was(self) -> None:
        folder = kit_with()
        for stage in "1234":
            self.assertEqual(tree_of(folder, stage).files[COUNT].data.decode(), COUNT_C)

    def test_the_list_is_there_as_soon_as_there_is_something_in_it(self) -> None:
        folder = kit_with()
        self.assertEqual([LIST in tree_of(folder, stage).files for stage in "1234"],
                         [False, False, True, True])
        self.assertEqual(tree_of(folder, "4").files[LIST].data.decode(), f"{COUNT}\n")

    def test_several_files_are_listed_by_name(self) -> None:
        folder = kit_with(**{FOURTH: AFTER + 'retires = ["kernel/a.c"]\n',
                             "stages/02-beta/kernel/a.c": ""})
        self.assertEqual(tree_of(folder, "4").files[LIST].data.decode(), f"kernel/a.c\n{COUNT}\n")

    def test_the_first_page_says_what_the_file_is_there_for(self) -> None:
        folder = kit_with()
        for stage, is_told in (("2", False), ("3", True)):
            text = tree_of(folder, stage).files["README.md"].data.decode()
            self.assertEqual(f"\n- `{COUNT}`\n" in text, is_told)

    def test_starters_have_its_stubs_and_its_solutions(self) -> None:
        folder = kit_with()
        layout = layout_of(folder)
        tree.check_exercises(layout)
        for kind, is_blank in ((tree.SOLVED, False), (tree.FRESH, False), (tree.UNSOLVED, True)):
            files = tree_of(folder, "3", kind).files
            self.assertEqual(b"exercise_unwritten" in files[COUNT].data, is_blank)
            named = [each["id"] for each in json.loads(files["stage.json"].data)["exercises"]]
            self.assertEqual(named, ["count", "reset", "switch", "next"])
        self.assertEqual(tree_of(folder, "1", tree.FRESH).files[COUNT],
                         tree_of(folder, "3", tree.UNSOLVED).files[COUNT])

    def test_a_wrong_solution_finds_its_place(self) -> None:
        folder = kit_with()
        mistake = wrong.load_wrong(folder / "solutions/01-alpha/wrong/count--off-by-one.c")
        for stage in ("1", "3"):
            out = work_folder("out") / "tree"
            export.export(tree_of(folder, stage), out)
            self.assertEqual(wrong.splice(mistake, out), out / COUNT)

    def test_it_is_neither_a_variant_nor_a_part_of_the_system(self) -> None:
        layout = layout_of(kit_with())
        self.assertEqual([each.path for each in variants.all_variants(layout)], ["kernel/demo.c"])
        system = [file for path, file in layout.tree(layout.kit.newest).items()
                  if path.startswith("kernel/") and path != COUNT]
        self.assertEqual(variants.system_lines(layout),
                         sum(file.read_text(encoding="utf-8").count("\n") for file in system))


class Building(unittest.TestCase):
    def objects(self, stage: str) -> set[str]:
        """What a stage's kernel is linked from, as the real Makefile sees it."""
        out = work_folder("out") / "tree"
        export.export(tree_of(kit_with(), stage), out)
        done = run("make", "build/link.flags", cwd=out)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return set((out / "build/link.flags").read_text(encoding="utf-8").split())

    def test_the_kernel_is_linked_without_it(self) -> None:
        for stage, is_built in (("2", True), ("3", False), ("4", False)):
            objects = self.objects(stage)
            self.assertIn("build/kernel/main.c.o", objects)
            self.assertEqual(f"build/{COUNT}.o" in objects, is_built)


class Merging(unittest.TestCase):
    def test_work_in_it_merges_with_every_later_lab(self) -> None:
        out = work_folder("course") / "course"
        course.write_course(layout_of(kit_with()), out)
        clone = work_folder("clone") / "work"
        git(out, "clone", "--quiet", out / "student", clone)
        solved = "/* Mine. */\n" + COUNT_C.replace("calls += step", "calls = calls + step")
        commit(clone, {COUNT: solved}, "my work")
        for lab in ("02-beta", "03-gamma"):
            self.assertEqual(merge_conflicts(clone, f"origin/lab/{lab}"), [])
            self.assertEqual((clone / COUNT).read_text(encoding="utf-8"), solved)
        self.assertTrue((clone / LIST).is_file())


class Refusals(unittest.TestCase):
    def test_mistakes_are_named(self) -> None:
        leaves = f'leaves = ["{COUNT}"]\n'
        for third, changes, message in (
                ('retires = ["kernel/none.c"]\n', {},
                 "03-gamma/manifest.toml: kernel/none.c retires, but no earlier stage has it"),
                ('retires = ["tools/run.py"]\n', {}, "retires, but only files of kernel/ do"),
                ('retires = "kernel/count.c"\n', {}, "'retires' has to be a list"),
                (f'retires = ["{COUNT}", "{COUNT}"]\n', {}, "count.c retires twice"),
                (RETIRES, {FOURTH: AFTER + RETIRES},
                 r"04-delta/manifest.toml: kernel/count.c retires twice \(also in 03-gamma\)"),
                (RETIRES + leaves, {}, "03-gamma/manifest.toml: .* leaves, but it retires"),
                (RETIRES, {FOURTH: AFTER + 'leaves = ["kernel/"]\n'},
                 "04-delta/manifest.toml: kernel/count.c leaves, but it retires"),
                ('retires = ["kernel/main.c"]\n', {}, "main.c retires, so it has to stand in"),
                ('retires = ["kernel/new.c"]\n', {"stages/03-gamma/kernel/new.c": ""},
                 "new.c retires, but no earlier stage has it"),
                (RETIRES, {f"stages/03-gamma/{COUNT}": COUNT_C},
                 "stages/03-gamma/kernel/count.c is a variant of a file that has retired"),
                (RETIRES, {f"stages/04-delta/{COUNT}": COUNT_C}, "stages/04-delta/.* has retired"),
                (RETIRES, {f"stages/03-gamma/{LIST}": ""}, "retired.list is generated")):
            with self.subTest(message):
                with self.assertRaisesRegex(KitError, message):
                    tree_of(kit_with(third, **changes), "4")


if __name__ == "__main__":
    unittest.main()
