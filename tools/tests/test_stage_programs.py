"""System calls and user programs: manifests, what is generated from them, and how it is built."""

import json
import re
import time
import unittest
from pathlib import Path
from subprocess import CompletedProcess

from small_kit import PROGRAM_STAGE, make_kit, tree_of, with_line
from support import ROOT, run, work_folder, write_files

from stagetool import export, tree
from stagetool.calls import Call, calls_of
from stagetool.errors import KitError
from stagetool.manifest import Kit
from stagetool.programs import program_names

THIRD = "stages/03-gamma/manifest.toml"
FOURTH = "stages/04-delta/manifest.toml"

# A stage after the one with programs, to which these tests add what they are about.
NEXT = 'version = "0.4"\ntitle = "Delta"\nsummary = "The fourth."\nfiles = []\n'


def kit_with(fourth: str = "", **changes: str | None) -> Path:
    return make_kit(**(PROGRAM_STAGE | {FOURTH: NEXT + fourth} | changes))


def texts(folder: Path, stage: str, kind: str = tree.SOLVED) -> dict[str, str]:
    return {path: file.data.decode() for path, file in tree_of(folder, stage, kind).files.items()}


class Calls(unittest.TestCase):
    def test_they_add_up_and_leave_gaps(self) -> None:
        stages = Kit.load(kit_with('calls_leave = ["task_sleep"]\ncalls = {task_self = 3}')).stages
        self.assertEqual(calls_of(stages[:2]), [])
        self.assertEqual(calls_of(stages[:3]), [Call(0, "task_exit", False),
                                                Call(2, "task_sleep", False),
                                                Call(4, "ipc_call", True)])
        self.assertEqual([call.name for call in calls_of(stages)],
                         ["task_exit", "task_self", "ipc_call"])

    def test_the_list_for_c(self) -> None:
        text = texts(kit_with(), "3")["kernel/generated/calls.h"]
        self.assertEqual(text, '''\
/* Generated from the manifests of the stages 01 to 03. */
#pragma once

/** Every system call: its number, its name in capitals, its name. */
#define CALL_LIST(CALL) \\
    CALL(0, TASK_EXIT, task_exit) \\
    CALL(2, TASK_SLEEP, task_sleep) \\
    CALL(4, IPC_CALL, ipc_call)
''')

    def test_the_kernel_s_table_has_a_row_for_each_number(self) -> None:
        text = texts(kit_with(), "3")["kernel/generated/call_table.asm"]
        self.assertEqual(re.findall(r"dq (\S+)", text),
                         ["syscall_task_exit", "syscall_unknown", "syscall_task_sleep",
                          "syscall_unknown", "syscall_ipc_call", "5"])
        self.assertEqual(re.findall(r"extern (\S+)", text),
                         ["syscall_task_exit", "syscall_unknown", "syscall_task_sleep",
                          "syscall_ipc_call"])

    def test_the_user_s_functions(self) -> None:
        text = texts(kit_with(), "3")["user/generated/stubs.asm"]
        self.assertIn("global task_sleep:function\ntask_sleep:\n    mov eax, 2\n"
                      "    mov r10, rcx\n    syscall\n    ret\n", text)
        self.assertNotIn("ipc_call", text)

    def test_mistakes_are_named(self) -> None:
        for fourth, message in (
                ("calls = {task_self = 2}",
                 "04-delta/manifest.toml: call task_self has the number 2 of task_sleep"),
                ('calls_leave = ["task_sleep"]\ncalls = {task_self = 2}', "never used again"),
                ("calls = {task_exit = 9}", "call task_exit is there twice"),
                ("calls = {a = 8}\nmessage_calls = {a = 9}", "call a is there twice"),
                ("calls = {a = 8}\nmessage_calls = {b = 8}", "call b has the number 8 of a"),
                ('calls_leave = ["task_self"]', "call task_self leaves, but no earlier"),
                ("calls = {a = -1}", "a = -1; a call's number is 0 to 255"),
                ("calls = {a = 256}", "a = 256; a call's number"),
                ("message_calls = {a = true}", "message_calls: a = True; a call's number"),
                ('calls = {"a-b" = 8}', "calls: 'a-b' is no name of a call"),
                ("calls = [8]", "'calls' has to be a dict")):
            with self.subTest(message):
                with self.assertRaisesRegex(KitError, message):
                    texts(kit_with(fourth), "4")


class Programs(unittest.TestCase):
    def test_they_add_up_in_order(self) -> None:
        leaving = 'programs_leave = ["hello"]\nprograms = ["echo", "hello"]\n' \
                  'files = ["user/bin/echo.c"]'
        folder = kit_with(**{FOURTH: NEXT.replace("files = []\n", leaving),
                             "user/bin/echo.c": ""})
        stages = Kit.load(folder).stages
        self.assertEqual(program_names(stages[:2]), [])
        self.assertEqual(program_names(stages), ["init", "names", "echo", "hello"])
        self.assertEqual(json.loads(texts(folder, "4")["stage.json"])["programs"],
                         ["init", "names", "echo", "hello"])
        self.assertEqual(json.loads(texts(folder, "2")["stage.json"])["programs"], [])

    def test_what_the_makefile_learns(self) -> None:
        text = texts(kit_with(), "3")["user/generated/programs.mk"]
        self.assertEqual([line for line in text.splitlines() if line and line[0] != "#"], [
            "PROGRAMS := init hello names",
            "PROGRAM_BASE := 0x10000000", "PROGRAM_SPACING := 0x100000",
            "SOURCE_init := user/init", "SOURCE_hello := user/bin/hello.c",
            "SOURCE_names := servers/names"])

    def test_the_newest_place_counts(self) -> None:
        text = texts(kit_with("program_spacing = 0"), "4")["user/generated/programs.mk"]
        self.assertIn("PROGRAM_BASE := 0x10000000\nPROGRAM_SPACING := 0x0\n", text)

    def test_a_variant_can_be_a_program(self) -> None:
        changes = with_line(THIRD, '"user/init/main.c",', "")
        folder = kit_with(**changes, **{
            "user/init/main.c": None, "stages/03-gamma/user/init/main.c": "/* early */\n"})
        self.assertEqual(texts(folder, "3")["user/init/main.c"], "/* early */\n")
        self.assertIn("SOURCE_init := user/init\n",
                      texts(folder, "3")["user/generated/programs.mk"])

    def test_a_tree_without_them_has_nothing_of_theirs(self) -> None:
        made = texts(kit_with(), "2")
        self.assertEqual([path for path in made if path.startswith("user/") or "call" in path], [])
        self.assertNotIn("user", made["README.md"])

    def test_the_first_page_names_the_folders_that_there_are(self) -> None:
        shown = texts(kit_with(), "3")["README.md"]
        self.assertIn("\n- `user/`: ", shown)
        self.assertIn("\n- `servers/`: ", shown)
        self.assertNotIn("`drivers/`", shown)

    def test_mistakes_are_named(self) -> None:
        for changes, message in (
                ({FOURTH: NEXT + 'programs = ["init"]'}, "program init is there twice"),
                ({FOURTH: NEXT + 'programs = ["sh-ell"]'}, "'sh-ell' is no name of a program"),
                ({FOURTH: NEXT + "programs = [7]"}, "7 is no name of a program"),
                ({FOURTH: NEXT + 'programs = ["lib"]'}, "'lib' is no name of a program"),
                ({FOURTH: NEXT + 'disk_programs = ["a", "a"]'}, "program a is on the disk twice"),
                ({FOURTH: NEXT + 'disk_programs = ["lib"]'}, "'lib' is no name of a program"),
                ({FOURTH: NEXT + 'programs_leave = ["echo"]'}, "program echo leaves, but no"),
                ({FOURTH: NEXT + 'programs = ["echo"]'},
                 r"program echo .* it has none of user/echo/, .*, user/bin/echo\.c"),
                ({FOURTH: NEXT.replace("[]", '["user/hello/a.c"]'), "user/hello/a.c": ""},
                 r"program hello .* it has user/hello and user/bin/hello\.c"),
                (with_line(THIRD, "program_base = 0x10000000\n", ""),
                 "no stage so far has a 'program_base'"),
                (with_line(THIRD, "0x10000000", "0x10000800"), "multiples of 0x1000"),
                (with_line(THIRD, "0x10000000", "0"), "multiples of 0x1000"),
                (with_line(THIRD, "0x100000\n", "-4096\n"), "multiples of 0x1000"),
                (with_line(THIRD, "0x100000\n", "0x30000000\n"), "3 programs .* do not fit"),
                (with_line(THIRD, "0x100000\n", '"1M"\n'), "'program_spacing' has to be a int"),
                ({"stages/03-gamma/user/generated/programs.mk": ""}, "programs.mk is generated")):
            with self.subTest(message):
                with self.assertRaisesRegex(KitError, message):
                    texts(kit_with(**changes), "4")


class Build(unittest.TestCase):
    """Small programs, built by the real Makefiles."""

    expected_seconds = 5

    @classmethod
    def setUpClass(cls) -> None:
        real = {path: (ROOT / path).read_text(encoding="utf-8")
                for path in ("tools/tree/Makefile", "user/build.mk", "user/program.ld")}
        listed = with_line(THIRD, 'files = [', 'files = ["user/build.mk", "user/program.ld", ')
        cls.kit = kit_with(**(real | listed))

    def setUp(self) -> None:
        self.tree = work_folder("programs") / "tree"
        export.export(tree_of(self.kit, "3"), self.tree)

    def make(self, *words: str) -> CompletedProcess[str]:
        return run("make", *words, cwd=self.tree)

    def build(self, *words: str) -> str:
        """Builds all programs; what make says."""
        names = self.tree / "build/programs.list"
        self.make("build/programs.list", *words)
        done = self.make(*(f"build/programs/{name}" for name in names.read_text().split()), *words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def segments(self, name: str) -> list[tuple[int, int, str]]:
        """A program's segments that are not empty: address, size in memory, rights."""
        shown = run("readelf", "-lW", self.tree / "build/programs" / name).stdout
        found = re.findall(r"LOAD +\S+ +(\S+) +\S+ +\S+ +(\S+) ([RWE ]{3})", shown)
        return [(int(address, 16), int(size, 16), rights.replace(" ", ""))
                for address, size, rights in found if int(size, 16)]

    def symbols(self, name: str) -> dict[str, int]:
        shown = run("nm", self.tree / "build/programs" / f"{name}.debug").stdout
        return {line.split()[-1]: int(line.split()[0], 16) for line in shown.splitlines()}

    def test_each_kind_of_content_has_pages_and_rights_of_its_own(self) -> None:
        for compiler in ("gcc", "clang"):
            self.build(f"CC={compiler}")
            found = self.segments("init")
            self.assertEqual([rights for _, _, rights in found], ["RE", "R", "RW"])
            self.assertEqual(found[0][0], 0x10000000)
            self.assertEqual([address % 4096 for address, _, _ in found], [0, 0, 0])
            self.assertGreater(found[2][1], 3000 * 4)
            self.assertIn("counter", self.symbols("init"))
            self.assertEqual(run("nm", self.tree / "build/programs/init").stdout, "")

    def test_each_is_linked_at_its_place(self) -> None:
        self.build()
        self.assertEqual((self.tree / "build/programs.list").read_text(), "init hello names\n")
        self.assertEqual([self.segments(name)[0][0] for name in ("init", "hello", "names")],
                         [0x10000000, 0x10100000, 0x10200000])

    def test_the_calls_functions_are_code(self) -> None:
        self.build()
        data = (self.tree / "build/programs/hello").read_bytes()
        self.assertIn(bytes.fromhex("b800000000 4989ca 0f05 c3"), data)

    def test_the_call_table_points_at_the_kernel_s_functions(self) -> None:
        place = "build/kernel/generated/call_table.asm.o"
        self.assertEqual(self.make(place).stderr, "")
        shown = run("readelf", "-rW", self.tree / place).stdout
        self.assertEqual(re.findall(r"(?m)^0*([0-9a-f]+) .*\b(syscall_\w+) \+ 0$", shown),
                         [("0", "syscall_task_exit"), ("8", "syscall_unknown"),
                          ("10", "syscall_task_sleep"), ("18", "syscall_unknown"),
                          ("20", "syscall_ipc_call")])

    def test_what_changes_is_built_again_and_nothing_else(self) -> None:
        self.build()
        began = time.monotonic()
        self.assertNotRegex(self.build(), "(?m)^  [A-Z]")
        self.assertLess(time.monotonic() - began, 1.0)

        write_files(self.tree, {"servers/names/more.c": "int more;\n"})
        self.assertRegex(self.build(), r"CC +servers/names/more\.c\n")
        self.assertIn("more", self.symbols("names"))
        (self.tree / "servers/names/more.c").unlink()
        self.build()
        self.assertNotIn("more", self.symbols("names"))

        self.build("PROGRAM_BASE=0x20000000")
        self.assertEqual(self.segments("hello")[0][0], 0x20100000)

    def test_a_function_that_left_the_library_is_not_found_there(self) -> None:
        self.build()
        (self.tree / "user/lib/length.c").unlink()
        done = self.make("build/programs/init")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("undefined reference to `length'", done.stderr)

    def test_a_program_that_is_too_large_for_its_place_is_refused(self) -> None:
        done = self.make("build/programs/init", "PROGRAM_SPACING=0x3000")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("reaches into the place of the next one", done.stderr)
        self.assertEqual(self.make("build/programs/init", "PROGRAM_SPACING=0").returncode, 0)

    def test_the_grader_s_programs_are_placed_behind(self) -> None:
        guest = work_folder("guest")
        program = '#include "judge.h"\nint main(void);\nint main(void)\n{\n    return judge();\n}\n'
        write_files(guest, {"b/zeta.c": program, "a/beta.c": program, "b/notes.txt": ""})
        write_files(self.tree, {
            "grading/guest/program/judge.h": "int judge(void);\n",
            "grading/guest/program/judge.c": '#include "judge.h"\n'
                                             "int judge(void)\n{\n    return 3;\n}\n"})
        words = f"GUEST_PROGRAMS={guest}/b/ {guest}/a"
        self.build(words)
        self.assertEqual((self.tree / "build/programs.list").read_text(),
                         "init hello names beta zeta\n")
        self.assertEqual([self.segments(name)[0][0] for name in ("beta", "zeta")],
                         [0x10300000, 0x10400000])
        self.assertIn("judge", self.symbols("zeta"))
        self.assertNotIn("judge", self.symbols("init"))
        for name in ("hello", "zeta"):
            write_files(guest, {f"a/{name}.c": program})
            done = self.make("build/programs.list", words)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("two programs have the same name", done.stderr)
            (guest / f"a/{name}.c").unlink()


if __name__ == "__main__":
    unittest.main()
