"""Manifests, layout, starters and exports, on a kit small enough to see through."""

import json
import unittest
from typing import Any

from small_kit import COUNT_C, FILES, SWITCH_ASM, layout_of, make_kit, tree_of, with_line
from support import read_folder, stage_tool, work_folder, write_files

from stagetool import export, starter, tree, variants, wrong
from stagetool.errors import KitError
from stagetool.exercises import Exercise
from stagetool.manifest import Kit, init_order, start_function

FIRST = "stages/01-alpha/manifest.toml"
SECOND = "stages/02-beta/manifest.toml"
LAB = "labs/01-alpha/exercises.toml"


class Manifests(unittest.TestCase):
    def test_a_stage_is_found_by_number_label_and_name(self) -> None:
        kit = Kit.load(make_kit())
        for wanted in ("1", "01", "01-alpha"):
            self.assertEqual(kit.stage(wanted).name, "01-alpha")
        self.assertEqual(kit.stage("").name, "02-beta")

    def test_a_wrong_stage_is_told_the_right_ones(self) -> None:
        for wanted in ("3", "001", "alpha", "1-alpha"):
            with self.assertRaisesRegex(KitError, "no stage '.*'; the stages are "
                                                  "01-alpha, 02-beta"):
                Kit.load(make_kit()).stage(wanted)

    def test_init_steps_are_appended_or_put_before(self) -> None:
        stages = Kit.load(make_kit()).stages
        self.assertEqual(init_order(stages[:1]), ["uart_init", "memory_init"])
        self.assertEqual(init_order(stages),
                         ["uart_init", "early_init", "memory_init", "timer_init"])

    def test_the_newest_start_counts(self) -> None:
        changed = with_line(SECOND, 'version', 'start = "shell"\nversion')
        self.assertEqual(start_function(Kit.load(make_kit()).stages), "demo_main")
        self.assertEqual(start_function(Kit.load(make_kit(**changed)).stages), "shell")

    def test_mistakes_are_named(self) -> None:
        for changes, message in (
                (with_line(FIRST, "title", "tilte"), "unknown key 'tilte'"),
                (with_line(FIRST, 'version = "0.1"\n', ""), "'version' is missing"),
                (with_line(FIRST, '["hello"]', '"hello"'), "'sees' has to be a list"),
                (with_line(FIRST, '"0.1"', "0.1"), "'version' has to be a str"),
                (with_line(FIRST, '["hello"]', '['), "manifest.toml: "),
                ({FIRST: None}, "01-alpha/manifest.toml is missing"),
                ({"stages/three/manifest.toml": ""}, "is named like 04-ipc"),
                ({"stages/02-other/manifest.toml": FILES[SECOND]}, "stage number 02 is .* twice"),
                (with_line(SECOND, '"memory_init"', '"disk_init"'), "no earlier step"),
                (with_line(SECOND, '"timer_init"', '"uart_init"'), "uart_init is there twice"),
                (with_line(SECOND, "before =", "after ="), "init has"),
                (with_line(FIRST, 'start = "demo_main"\n', ""), "no stage so far has a 'start'"),
                (with_line(LAB, "points = 5\n", ""), "exercise reset: 'points' is missing"),
                (with_line(LAB, "points = 5\n", "points = 0\n"), "more than 0"),
                (with_line(LAB, 'id = "reset"', 'id = "Reset!"'), "lower-case words"),
                (with_line(LAB, 'id = "reset"', 'id = "count"'), "exercise count is there twice"),
                (with_line(LAB, 'stub = "return -1;"', 'stubb = ""'), "unknown key 'stubb'")):
            with self.subTest(message):
                with self.assertRaisesRegex(KitError, message):
                    tree_of(make_kit(**changes), "02")


class Layouts(unittest.TestCase):
    def test_a_stage_has_its_own_files_and_those_of_earlier_stages(self) -> None:
        folder = make_kit()
        first, second = (set(tree_of(folder, stage).files) for stage in ("1", "2"))
        common = {"LICENSE", "Makefile", ".gitignore", "README.md", "stage.json", "tools/run.py",
                  "kernel/main.c", "kernel/count.c", "kernel/lib/text.c", "kernel/demo.c",
                  "kernel/generated/init_order.c", "kernel/generated/version.h",
                  "labs/01-alpha/handout.md", "grading/tests/stage01.py"}
        self.assertEqual(first, common | {"docs/01-alpha.md"})
        self.assertEqual(second, common | {
            "kernel/switch.asm", "kernel/lib/queue.c", "labs/02-beta/handout.md",
            "grading/tests/stage02.py", "grading/guest/02-beta/guest.c", "docs/02-beta/page.md"})

    def test_a_variant_stands_until_the_finished_file_comes(self) -> None:
        folder = make_kit()
        self.assertEqual(tree_of(folder, "1").files["kernel/demo.c"].data, b"/* early */\n")
        self.assertEqual(tree_of(folder, "2").files["kernel/demo.c"].data, b"/* finished */\n")
        changed = {"kernel/demo.c": None} | with_line(SECOND, '"kernel/demo.c", ', "")
        self.assertEqual(tree_of(make_kit(**changed), "2").files["kernel/demo.c"].data,
                         b"/* early */\n")

    def test_files_may_be_executable(self) -> None:
        files = tree_of(make_kit(), "1").files
        self.assertTrue(files["tools/run.py"].executable)
        self.assertFalse(files["LICENSE"].executable)

    def test_a_folder_does_not_take_what_is_the_kit_s_own(self) -> None:
        changed = with_line(FIRST, '"tools/run.py"', '"tools/"')
        files = tree_of(make_kit(**changed, **{"tools/stage.py": "", "tools/tests/t.py": ""}), "1")
        self.assertEqual([path for path in files.files if path.startswith("tools/")],
                         ["tools/run.py"])

    def test_mistakes_are_named(self) -> None:
        for changes, message in (
                (with_line(SECOND, '"kernel/switch.asm"', '"kernel/main.c"'),
                 "kernel/main.c is listed twice"),
                (with_line(SECOND, '"kernel/switch.asm"', '"kernel/none.c"'), "no such file"),
                (with_line(SECOND, '"kernel/switch.asm"', '"docs/none/"'), "no file in it"),
                (with_line(SECOND, '"kernel/lib/queue.c"', '"kernel/lib/"'), "one by one"),
                (with_line(SECOND, '"kernel/switch.asm"', '"../x.c"'), "leads out of the kit"),
                (with_line(FIRST, "tools/tree/Makefile", "Makefile"), "is the kit's own"),
                ({"kernel/stray.c": ""}, "kernel/stray.c is in no stage's manifest"),
                ({"stages/01-alpha/kernel/count.c": ""}, "count.c is a variant, but"),
                (with_line(SECOND, '["docs/01-alpha.md"]', '["docs/none.md"]'), "leaves, but"),
                ({"stages/01-alpha/README.md": ""}, "README.md is generated")):
            with self.subTest(message):
                with self.assertRaisesRegex(KitError, message):
                    tree_of(make_kit(**changes), "02")

    def test_variants_and_their_share(self) -> None:
        layout = layout_of(make_kit())
        self.assertEqual(variants.all_variants(layout),
                         [variants.Variant("01-alpha", "kernel/demo.c", 1)])
        total = sum(text.count("\n") for path, text in FILES.items()
                    if path.startswith("kernel/"))
        self.assertAlmostEqual(variants.share(layout), 1 / total)


class Generated(unittest.TestCase):
    def test_init_order(self) -> None:
        text = tree_of(make_kit(), "2").files["kernel/generated/init_order.c"].data.decode()
        self.assertIn("    uart_init,\n    early_init,\n", text)
        self.assertIn("void timer_init(void);\n", text)
        self.assertIn("init_step_count = 4;", text)
        self.assertIn("void (*const init_start)(void) = demo_main;\n", text)

    def test_description(self) -> None:
        files = tree_of(make_kit(), "2", tree.FRESH).files
        table = json.loads(files["stage.json"].data)
        self.assertEqual((table["number"], table["kind"], table["version"]), (2, "lab", "0.2"))
        self.assertEqual(table["stages"], ["01-alpha", "02-beta"])
        self.assertEqual([each["id"] for each in table["exercises"]],
                         ["count", "reset", "switch"])
        self.assertEqual(table["exercises"][2]["language"], "nasm")
        self.assertEqual(table["files"], {path: file.digest for path, file in files.items()
                                          if path != "stage.json"})


def exercise(**changes: Any) -> Exercise:
    values = {"id": "count", "title": "Counting", "stage_number": 1, "stage": "01-alpha",
              "file": "kernel/count.c", "function": "count_up", "points": 1, "section": "s",
              "stub": "return -1;"}
    return Exercise(**(values | changes))


class Starters(unittest.TestCase):
    def test_a_c_stub(self) -> None:
        expected = '''\
int count_up(int step, const char *why)
{
    /* Lab 01, exercise "count": the comment above says what this function has to do. */
    (void)step;
    (void)why;
    exercise_unwritten("count", __func__);
    return -1;
}

/** Starts again. */
'''
        text = starter.blank(COUNT_C, exercise())
        self.assertIn(expected, text)
        self.assertTrue(text.startswith(COUNT_C[:COUNT_C.index("{")]))
        self.assertTrue(text.endswith(COUNT_C[COUNT_C.index("/** Starts again"):]))

    def test_a_function_without_a_result_needs_no_stub_text(self) -> None:
        text = starter.blank(COUNT_C, exercise(function="count_reset", stub=None))
        self.assertTrue(text.endswith('    exercise_unwritten("count", __func__);\n}\n'))

    def test_a_function_with_a_result_does(self) -> None:
        with self.assertRaisesRegex(KitError, r"exercise count: kernel/count.c: count_up\(\) "
                                              "returns int"):
            starter.blank(COUNT_C, exercise(stub=None))

    def test_a_stub_of_several_lines(self) -> None:
        stub = "\nif (step > 0) {\n    return 1;\n}\nreturn 0;\n"
        text = starter.blank(COUNT_C, exercise(stub=stub))
        self.assertIn("    if (step > 0) {\n        return 1;\n    }\n    return 0;\n}\n", text)

    def test_a_long_name_wraps_the_comment(self) -> None:
        text = starter.blank(COUNT_C, exercise(id="a-name-that-is-rather-too-long"))
        self.assertLessEqual(max(map(len, text.splitlines())), 100)
        self.assertIn("    /*\n     * Lab 01", text)

    def test_a_nasm_stub(self) -> None:
        text = starter.blank(SWITCH_ASM, exercise(id="switch", file="kernel/switch.asm",
                                                  function="switch_to", stub=None))
        self.assertEqual(text, '''\
section .text

; switch_to: leaves for the context in rdi.
global switch_to
switch_to:
    ; Lab 01, exercise "switch": the comment above says what this routine has to do.
    extern exercise_unwritten_stop, kernel_stack_end
    lea rsp, [rel kernel_stack_end - 8]
    mov rdi, .unwritten_name
    jmp exercise_unwritten_stop
.unwritten_name: db "switch (switch_to)", 0

; switch_back: comes back.
global switch_back
switch_back:
    ret
''')

    def test_a_nasm_stub_that_goes_on(self) -> None:
        text = starter.blank(SWITCH_ASM, exercise(id="switch", file="kernel/switch.asm",
                                                  function="switch_to", stub="jmp switch_back"))
        self.assertIn('''\
switch_to:
    ; Lab 01, exercise "switch": the comment above says what this routine has to do.
    extern exercise_unwritten_note
    mov rcx, .unwritten_name
    lea r11, [rel .unwritten_noted]
    jmp exercise_unwritten_note
.unwritten_name: db "switch (switch_to)", 0
.unwritten_noted:
    jmp switch_back

; switch_back: comes back.
''', text)

    def test_the_kinds_of_tree_differ_in_what_is_blank(self) -> None:
        folder = make_kit()
        for kind, count_blank, switch_blank in ((tree.SOLVED, False, False),
                                                (tree.FRESH, False, True),
                                                (tree.UNSOLVED, True, True)):
            files = tree_of(folder, "2", kind).files
            self.assertEqual(b"exercise_unwritten" in files["kernel/count.c"].data, count_blank)
            self.assertEqual(b"unwritten" in files["kernel/switch.asm"].data, switch_blank)
            self.assertEqual("kernel/exercise.h" in files, kind != tree.SOLVED)

    def test_a_stub_is_the_same_in_later_labs(self) -> None:
        folder = make_kit()
        self.assertEqual(tree_of(folder, "1", tree.FRESH).files["kernel/count.c"],
                         tree_of(folder, "2", tree.UNSOLVED).files["kernel/count.c"])

    def test_mistakes_are_named(self) -> None:
        early = {"stages/01-alpha/kernel/switch.asm": SWITCH_ASM}
        changed = {"stages/02-beta/kernel/count.c": COUNT_C.replace("calls = 0", "calls = 1")}
        for changes, message in (
                (with_line(LAB, '"count_reset"', '"count_none"'),
                 r"exercise reset: kernel/count.c: count_none\(\) is not defined"),
                (with_line(LAB, 'stub = "return -1;"\n', ""), "exercise count: .* returns int"),
                (early, "exercise switch: switch_to.* already, before its own stage"),
                (changed, "exercise reset: .* another body in stage 02-beta")):
            with self.subTest(message):
                folder = make_kit(**changes)
                with self.assertRaisesRegex(KitError, message):
                    tree_of(folder, "1", tree.FRESH)
                    tree.check_exercises(layout_of(folder))

    def test_a_stage_without_a_lab_has_no_starter(self) -> None:
        with self.assertRaisesRegex(KitError, "01-alpha has no lab"):
            tree_of(make_kit(**{LAB: None}), "1", tree.FRESH)


class Exports(unittest.TestCase):
    def setUp(self) -> None:
        self.kit = make_kit()
        self.out = work_folder("out") / "tree"

    def export(self, stage: str, kind: str = tree.SOLVED) -> None:
        export.export(tree_of(self.kit, stage, kind), self.out)

    def sync(self, stage: str, kind: str = tree.SOLVED) -> None:
        export.sync(tree_of(self.kit, stage, kind), self.out)

    def times(self) -> dict[str, int]:
        return {path.relative_to(self.out).as_posix(): path.stat().st_mtime_ns
                for path in self.out.rglob("*") if path.is_file()}

    def test_the_disk_holds_the_tree(self) -> None:
        self.export("2")
        made = {path: (file.data, file.executable)
                for path, file in tree_of(self.kit, "2").files.items()}
        self.assertEqual(read_folder(self.out), made)

    def test_an_empty_directory_is_filled_and_stays_the_same_one(self) -> None:
        self.out.mkdir()
        before = self.out.stat().st_ino
        self.export("2")
        self.assertEqual(self.out.stat().st_ino, before)
        self.assertEqual(set(read_folder(self.out)), set(tree_of(self.kit, "2").files))

    def test_two_exports_are_the_same(self) -> None:
        self.export("2")
        first = read_folder(self.out)
        self.out = self.out.with_name("other")
        self.export("2")
        self.assertEqual(first, read_folder(self.out))

    def test_only_what_changed_is_written_again(self) -> None:
        self.export("1")
        before = self.times()
        self.export("2")
        changed = {path for path, time in self.times().items() if before.get(path) != time}
        self.assertEqual(changed & set(before),
                         {"README.md", "stage.json", "kernel/demo.c",
                          "kernel/generated/init_order.c", "kernel/generated/version.h"})
        self.assertFalse((self.out / "docs/01-alpha.md").exists())

    def test_what_others_put_there_stays(self) -> None:
        self.export("2")
        write_files(self.out, {"build/microk.elf": "built", "kernel/mine.c": "mine"})
        self.export("1")
        self.assertTrue((self.out / "build/microk.elf").is_file())
        self.assertTrue((self.out / "kernel/mine.c").is_file())
        self.assertFalse((self.out / "docs/02-beta").exists())

    def test_a_foreign_directory_is_refused(self) -> None:
        for files in ({"thesis.txt": "mine"}, {"stage.json": "{}"}, {"stage.json": "mine"}):
            self.out = work_folder("foreign")
            write_files(self.out, files)
            for write in (self.export, self.sync):
                with self.assertRaisesRegex(KitError, "not empty, and no earlier export"):
                    write("1")
            self.assertEqual(set(read_folder(self.out)), set(files))

    def test_a_file_in_the_place_is_refused(self) -> None:
        self.out.write_text("mine")
        with self.assertRaisesRegex(KitError, "is not a directory"):
            self.export("1")

    def test_work_in_an_export_is_not_overwritten(self) -> None:
        self.export("1", tree.FRESH)
        write_files(self.out, {"kernel/count.c": "a student's work"})
        with self.assertRaisesRegex(KitError, "kernel/count.c was changed since"):
            self.export("2")
        self.assertEqual((self.out / "kernel/count.c").read_text(), "a student's work")

    def test_sync_mends_what_was_changed(self) -> None:
        self.sync("1")
        whole = read_folder(self.out)
        before = self.times()
        write_files(self.out, {"kernel/count.c": "broken"})
        (self.out / "kernel/main.c").unlink()
        self.sync("1")
        self.assertEqual(read_folder(self.out), whole)
        unchanged = {path for path, time in self.times().items() if before[path] == time}
        self.assertEqual(set(before) - unchanged, {"kernel/count.c", "kernel/main.c"})

    def test_an_error_leaves_nothing_half_made(self) -> None:
        parent = self.out.parent
        write_files(self.kit, {LAB: FILES[LAB].replace("count_reset", "none")})
        done = stage_tool("lab", "01", "--out", self.out, kit=self.kit)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"^stage: exercise reset: [^\n]*\n$")
        self.assertEqual(list(parent.iterdir()), [])

    def test_a_write_that_fails_leaves_nothing_half_made(self) -> None:
        made = tree_of(self.kit, "1")
        made.files["LICENSE/below"] = tree.File(b"a file is in the way of this folder")
        with self.assertRaises(OSError):
            export.export(made, self.out)
        self.assertEqual(list(self.out.parent.iterdir()), [])


class CommandLine(unittest.TestCase):
    def setUp(self) -> None:
        self.kit = make_kit()
        self.out = work_folder("out") / "tree"

    def test_resolve_and_list(self) -> None:
        self.assertEqual(stage_tool("resolve", "1", kit=self.kit).stdout, "01-alpha\n")
        self.assertEqual(stage_tool("resolve", "", kit=self.kit).stdout, "02-beta\n")
        self.assertRegex(stage_tool("list", kit=self.kit).stdout,
                         r"(?m)^01-alpha +v0.1 +2 exercises  Alpha$")

    def test_stage_lab_and_sync(self) -> None:
        done = stage_tool("stage", "1", "--out", self.out, kit=self.kit)
        self.assertRegex(done.stdout, r"^stage 01-alpha: \d+ files in ")
        done = stage_tool("sync", "2", "--kind", "lab", "--out", self.out, kit=self.kit)
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("", "", 0))
        self.assertEqual(json.loads((self.out / "stage.json").read_text())["kind"], "lab")

    def test_errors_are_one_line(self) -> None:
        for words in (("stage", "7", "--out", self.out), ("resolve", "x"),
                      ("stage", "1", "--out", "/proc/none"),
                      ("splice", self.out / "none.c", "--tree", self.out)):
            done = stage_tool(*words, kit=self.kit)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, r"^stage: [^\n]+\n$")
        self.assertEqual(stage_tool("list", kit=self.out).returncode, 1)

    def test_variants(self) -> None:
        self.assertRegex(stage_tool("variants", kit=self.kit).stdout,
                         r"    1  01-alpha  kernel/demo.c\n    1  of \d+ lines: \d+\.\d%\n")


class WrongSolutions(unittest.TestCase):
    COUNT = "solutions/01-alpha/wrong/count--off-by-one.c"
    SWITCH = "solutions/02-beta/wrong/switch--forgets-pop.asm"

    def setUp(self) -> None:
        self.kit = make_kit()
        self.out = work_folder("out") / "tree"
        export.sync(tree_of(self.kit, "2"), self.out)

    def splice(self, path: str) -> set[str]:
        """Splices; returns the paths of the files that changed."""
        before = read_folder(self.out)
        wrong.splice(wrong.load_wrong(self.kit / path), self.out)
        return {path for path, file in read_folder(self.out).items() if before[path] != file}

    def test_the_header(self) -> None:
        found = wrong.wrong_solutions(self.kit, "01-alpha")
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0].name, found[0].exercise, found[0].test, found[0].says),
                         ("off-by-one", "count", "count-steps", "expected 3, .* 2"))
        self.assertEqual(found[0].mistake, "Counts one too few: the usual off by one.")
        self.assertEqual(wrong.load_wrong(self.kit / self.SWITCH).mistake,
                         "The saved register stays on the stack.")

    def test_c_is_put_in_place_of_the_definition(self) -> None:
        self.assertEqual(self.splice(self.COUNT), {"kernel/count.c"})
        text = (self.out / "kernel/count.c").read_text()
        self.assertIn("how far it is. */\nstatic int one_less(int step)\n", text)
        self.assertIn("    return calls += one_less(step);\n}\n\n/** Starts again. */\n", text)
        self.assertNotIn("calls += step;", text)

    def test_nasm_is_put_in_place_of_the_routine(self) -> None:
        self.assertEqual(self.splice(self.SWITCH), {"kernel/switch.asm"})
        self.assertEqual((self.out / "kernel/switch.asm").read_text(),
                         SWITCH_ASM.replace(".pop:\n    pop rax\n", ""))

    def test_mistakes_do_not_pile_up(self) -> None:
        self.splice(self.COUNT)
        with self.assertRaisesRegex(KitError, "is not as it was exported"):
            self.splice(self.COUNT)
        export.sync(tree_of(self.kit, "2"), self.out)
        self.assertEqual(self.splice(self.COUNT), {"kernel/count.c"})

    def test_mistakes_are_named(self) -> None:
        text = FILES[self.COUNT]
        folder = self.kit / "solutions/01-alpha/wrong"
        for name, content, message in (
                ("count--a.c", text.replace(" * says: expected 3, .* 2\n", ""), "has to have"),
                ("count--b.c", "int count_up(int a);", "has to come first"),
                ("other--c.c", text, "its name has to begin with count--"),
                ("count--d.c", text.replace("int count_up", "int count_down"), "is not defined"),
                ("none--e.c", text.replace("exercise: count", "exercise: none"),
                 "has no exercise none")):
            with self.subTest(message):
                (folder / name).write_text(content)
                with self.assertRaisesRegex(KitError, message):
                    wrong.splice(wrong.load_wrong(folder / name), self.out)


if __name__ == "__main__":
    unittest.main()
