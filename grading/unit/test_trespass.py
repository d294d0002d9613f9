"""Built objects that show what a student's source must not do."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path

import support  # noqa: F401  pylint: disable=unused-import
from grader.submission.trespass import trespasses

STUDENT = "kernel/lib/format.c"


class Trespass(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="microk-unit-")
        self.addCleanup(folder.cleanup)
        self.tree = Path(folder.name, "tree")
        self.build = self.tree / "build"

    def compile(self, path: str, text: str) -> None:
        """Compiles a source of the tree as its Makefile does."""
        target = self.build / f"{path}.o"
        for place in (self.tree / path, target):
            place.parent.mkdir(parents=True, exist_ok=True)
        (self.tree / path).write_text(text)
        subprocess.run(["gcc", "-Ikernel", "-MMD", "-MP", "-MF", f"{target}.d", "-c", path, "-o",
                        target], cwd=self.tree, check=True)

    def found(self, *students: str) -> str:
        """What is found when these files are a student's."""
        return "; ".join(trespasses(self.tree, self.build, students or (STUDENT,)))

    def test_nothing_wrong(self) -> None:
        self.compile(STUDENT, "int other(int); int f(void) { return other(1); }")
        self.compile("grading/guest/x.c", "void guest_report(void); void g(void) "
                                          "{ guest_report(); }")
        self.assertEqual(self.found(), "")

    def test_a_name_of_the_tests(self) -> None:
        self.compile(STUDENT, "void guest_report(void); void f(void) { guest_report(); }")
        self.assertRegex(self.found(), f"{STUDENT} must not .* guest_report")

    def test_a_tree_that_has_been_moved(self) -> None:
        path = "kernel/lib/format.asm"
        self.compile(STUDENT, "int other(int); int f(void) { return other(1); }")
        target = self.build / f"{path}.o"
        (self.tree / path).write_text("f: ret\n")
        subprocess.run(["nasm", "-f", "elf64", "-MD", f"{target}.d", "-MP", path, "-o", target],
                       cwd=self.tree, check=True)
        self.tree = self.tree.rename(self.tree.parent / "moved")
        self.build = self.tree / "build"
        self.assertEqual(self.found(STUDENT, path), "")

    def test_a_header_in_front_of_another(self) -> None:
        (self.tree / "kernel").mkdir(parents=True)
        (self.tree / "kernel/stddef.h").write_text("#define guest_report guest_end\n")
        self.compile("grading/guest/x.c", "#include <stddef.h>\nvoid guest_report(void); "
                                          "void g(void) { guest_report(); }")
        self.assertRegex(self.found("kernel/stddef.h"), "kernel/stddef.h must not .* guest_end")

    def test_a_file_from_outside(self) -> None:
        outside = self.tree.parent / "solution.h"
        outside.write_text("int solved;\n")
        for path in (str(outside), "../../../solution.h"):
            with self.subTest(path):
                self.compile(STUDENT, f'#include "{path}"\n')
                self.assertIn(f"{STUDENT} includes {outside}, which is outside", self.found())


if __name__ == "__main__":
    unittest.main()
