"""The Makefiles and the symbol table."""

import re
import subprocess
import time
import unittest
from pathlib import Path

import symbols
from built import built, exported, make
from real_kit import STAGES
from support import ROOT, run, work_folder

NOOP_SECONDS = 0.5

NM = """\
ffffffff80100010 0000000000000020 T second
ffffffff80100000 T image_start
ffffffff80100000 0000000000000010 t first
ffffffff80100030 t routine
ffffffff80100034 t routine.loop
ffffffff80100040 0000000000000004 t first.cold
ffffffff80101000 T text_end
ffffffff80101000 0000000000000010 r constant
0000000000400000 A IMAGE_LIMIT
                 U nothing
"""


class SymbolTable(unittest.TestCase):
    def names(self, text: str) -> list[str]:
        return [each.name for each in symbols.functions(symbols.parse(text.splitlines()))]

    def test_functions_by_address_and_nothing_else(self) -> None:
        self.assertEqual(self.names(NM), ["first", "second", "routine", "first.cold"])

    def test_of_several_names_the_best_one_is_kept(self) -> None:
        at = "ffffffff80100000"
        self.assertEqual(self.names(f"{at} t label\n{at} T global"), ["global"])
        self.assertEqual(self.names(f"{at} T label\n{at} 0000000000000008 t function"),
                         ["function"])
        self.assertEqual(self.names(f"{at} T b\n{at} T a"), ["a"])

    def test_the_table_is_c(self) -> None:
        text = symbols.table(symbols.functions(symbols.parse(NM.splitlines())))
        self.assertIn('    {0xffffffff80100010, "second"},', text)
        self.assertIn("const size_t symbol_count = 4;", text)
        self.assertIn("{0, 0}", symbols.table([]))

    def test_a_function_that_moved_fails_the_build(self) -> None:
        table = work_folder("symbols") / "table.c"
        tool = [str(ROOT / "tools/symbols.py")]
        written = subprocess.run(tool, input=NM, text=True, capture_output=True, check=True)
        table.write_text(written.stdout)
        for text, status in ((NM, 0), (NM.replace("80100010", "80100018"), 1)):
            done = subprocess.run([*tool, "--check", table], input=text, text=True,
                                  capture_output=True, check=False)
            self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn("moved a function", done.stderr)


class TreeMakefile(unittest.TestCase):
    expected_seconds = 15

    def setUp(self) -> None:
        self.tree = built(STAGES[0])

    def compiled(self, done: subprocess.CompletedProcess[str]) -> list[str]:
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return re.findall(r"^  (?:CC|NASM) +(\S+)", done.stdout, re.MULTILINE)

    def test_nothing_to_do_is_done_at_once(self) -> None:
        began = time.monotonic()
        done = make(self.tree)
        self.assertEqual(self.compiled(done), [])
        self.assertLess(time.monotonic() - began, NOOP_SECONDS)

    def test_the_table_in_the_kernel_is_that_of_the_kernel(self) -> None:
        shown = run("nm", "-S", self.tree / "build/microk.debug").stdout
        table = symbols.table(symbols.parse(shown.splitlines()))
        self.assertEqual((self.tree / "build/symbols_table.c").read_text(), table)
        self.assertIn('"kernel_main"', table)

    def test_a_changed_header_a_new_file_and_a_flag_rebuild_what_they_must(self) -> None:
        tree = exported(STAGES[0])
        everything = self.compiled(make(tree))
        self.assertIn("kernel/arch/x86_64/boot.asm", everything)

        header = tree / "kernel/debug/backtrace.h"
        header.write_text(header.read_text() + "\n")
        some = self.compiled(make(tree))
        self.assertIn("kernel/debug/backtrace.c", some)
        self.assertNotIn("kernel/lib/format.c", some)

        added = tree / "kernel/added.c"
        added.write_text("int added(void);\nint added(void)\n{\n    return 1;\n}\n")
        self.assertEqual(self.compiled(make(tree)), ["kernel/added.c", "build/symbols_table.c"])
        self.assertIn('"added"', (tree / "build/symbols_table.c").read_text())
        added.unlink()
        self.compiled(make(tree))
        self.assertNotIn('"added"', (tree / "build/symbols_table.c").read_text())

        again = self.compiled(make(tree, "CC=clang"))
        self.assertEqual(set(again) - set(everything), set())
        self.assertEqual(len(set(again)), len(set(everything)))

    def test_a_retired_file_is_not_built(self) -> None:
        tree = exported(STAGES[0])
        outgrown = tree / "kernel/mm/outgrown.c"
        outgrown.write_text("#error outgrown\n")
        self.assertIn("#error outgrown", make(tree).stderr)
        (tree / "kernel/generated/retired.list").write_text("kernel/mm/outgrown.c\n")
        self.assertNotIn("kernel/mm/outgrown.c", self.compiled(make(tree)))
        self.assertTrue((tree / "build/microk.elf").is_file())

    def test_what_assembly_includes_rebuilds_it(self) -> None:
        tree = exported(STAGES[-1])
        self.compiled(make(tree))
        included = tree / "kernel/arch/x86_64/fastpath_leave.inc"
        included.write_text(included.read_text() + "\n")
        some = self.compiled(make(tree))
        self.assertIn("kernel/arch/x86_64/fastpath.asm", some)
        self.assertNotIn("kernel/lib/format.c", some)

    def test_a_guest_program_takes_the_demonstrations_place(self) -> None:
        guest = work_folder("guest")
        (guest / "program.c").write_text('#include "init.h"\n\nvoid demo_main(void)\n{\n}\n')
        done = make(self.tree, f"GUEST={guest}", f"BUILD={guest}/build")
        compiled = self.compiled(done)
        self.assertIn(f"{guest}/program.c", compiled)
        self.assertNotIn("kernel/demo.c", compiled)
        self.assertTrue((guest / "build/microk.elf").is_file())

    def test_code_that_moves_between_the_links_is_noticed(self) -> None:
        tree = exported(STAGES[0])
        script = tree / "kernel/kernel.ld"
        text = script.read_text()
        rodata = re.search(r"        \*\(\.rodata \.rodata\.\*\)\n", text).group()
        moved = text.replace(rodata, "").replace("        *(.text .text.*)\n",
                                                 rodata + "        *(.text .text.*)\n")
        script.write_text(moved)
        done = make(tree)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("the second link moved a function", done.stderr)
        self.assertFalse((tree / "build/microk.elf").exists())

    def test_no_path_of_the_building_machine_is_in_the_stripped_kernel(self) -> None:
        self.assertNotIn(str(self.tree).encode(), (self.tree / "build/microk.elf").read_bytes())

    def test_every_target_of_help_is_one(self) -> None:
        self.check_help(self.tree)

    def check_help(self, place: Path) -> None:
        shown = make(place, "help").stdout
        targets = set(re.findall(r"^make ([a-z]+)", shown, re.MULTILINE))
        self.assertIn("run", targets)
        for target in targets:
            with self.subTest(target=target):
                text = (place / "Makefile").read_text()
                self.assertRegex(text, rf"(?m)^[a-z ]*\b{target}\b[a-z ]*:")


class KitMakefile(unittest.TestCase):
    def one_line(self, *words: str) -> str:
        """What a command that must fail says, besides make's own remark on it."""
        done = make(ROOT, *words)
        self.assertNotEqual(done.returncode, 0)
        lines = [line for line in done.stderr.splitlines() if not line.startswith("make")
                 or "say where" in line]
        self.assertEqual(len(lines), 1, done.stderr)
        return lines[0]

    def test_help(self) -> None:
        TreeMakefile.check_help(self, ROOT)     # type: ignore[arg-type]

    def test_a_wrong_stage_gets_one_line_with_those_there_are(self) -> None:
        for target in ("run", "debug", "bochs", "iso", "grade"):
            line = self.one_line(target, "STAGE=99-nothing")
            self.assertIn(STAGES[0].name, line)
            self.assertIn("99-nothing", line)

    def test_a_missing_variable_gets_one_line(self) -> None:
        for words in (("stage", "STAGE=1"), ("lab", "STAGE=1"), ("course",), ("batch", "STAGE=1")):
            self.assertIn("say where", self.one_line(*words))

    def test_a_submission_that_is_not_there(self) -> None:
        self.assertIn("there is no", self.one_line("grade", "STAGE=1", "DIR=/nowhere"))
