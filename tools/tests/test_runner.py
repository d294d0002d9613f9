"""The runner of these very tests."""

import sys
import unittest
from subprocess import CompletedProcess

from support import ROOT, run, work_folder, write_files

MIXED = '''
import os, unittest

class Good(unittest.TestCase):
    def test_passes(self): pass
    @unittest.skip("no such device")
    def test_skipped(self): pass
    @unittest.expectedFailure
    def test_known(self): self.fail()

class Bad(unittest.TestCase):
    def test_fails(self):
        print("what it said")
        self.assertEqual(1, 2)
    def test_breaks(self): raise OSError("the reason")
    def test_parts(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertNotEqual(i, 1)

class NeverSetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise OSError("no set-up")
    def test_not_reached(self): pass
'''

DYING = '''
import os, unittest

class Dying(unittest.TestCase):
    expected_seconds = 5
    def test_dies(self): os._exit(7)

class Living(unittest.TestCase):
    def test_passes(self): pass
'''

TABLES = '''
import support, unittest

class One(unittest.TestCase):
    def test_one(self): support.table("fruit", [{"name": "pear", "count": 2}])

class Two(unittest.TestCase):
    def test_two(self): support.table("fruit", [{"name": "apple", "colour": "red"}])
'''


def run_tests(*names: str, **files: str) -> CompletedProcess[str]:
    folder = work_folder("tests")
    write_files(folder, {f"{name}.py": text for name, text in files.items()})
    return run(sys.executable, ROOT / "tools/test.py", "--folder", folder, *names,
               PYTHONPATH=str(ROOT / "tools/tests"))


def last_line(done: CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


class Runner(unittest.TestCase):
    def test_every_outcome_is_counted(self) -> None:
        done = run_tests(test_mixed=MIXED)
        self.assertEqual(last_line(done), "2 passed, 4 failed, 1 skipped")
        self.assertEqual(done.returncode, 1)

    def test_failures_are_told_whole(self) -> None:
        text = run_tests(test_mixed=MIXED).stdout
        for expected in ("what it said", "AssertionError: 1 != 2", "OSError: the reason", "(i=1)",
                         "OSError: no set-up", "no such device"):
            self.assertIn(expected, text)

    def test_a_selection_runs_alone(self) -> None:
        done = run_tests("Good.test_passes", "Good.test_known", test_mixed=MIXED)
        self.assertEqual((last_line(done), done.returncode), ("2 passed, 0 failed", 0))

    def test_nothing_run_is_a_failure(self) -> None:
        done = run_tests("no_such_test", test_mixed=MIXED)
        self.assertEqual((last_line(done), done.returncode), ("0 passed, 0 failed", 1))

    def test_a_worker_that_dies_fails_its_test_alone(self) -> None:
        done = run_tests("--jobs", "1", test_dying=DYING)
        self.assertEqual(last_line(done), "1 passed, 1 failed")
        self.assertIn("the worker process ended with 7", done.stdout)

    def test_a_module_that_does_not_load_fails(self) -> None:
        done = run_tests(test_a="import no_such_module\n", test_b=DYING.replace("os._exit(7)", "0"))
        self.assertEqual(last_line(done), "2 passed, 1 failed")
        self.assertIn("No module named 'no_such_module'", done.stdout)

    def test_folders_have_helpers_of_their_own(self) -> None:
        folder = work_folder("folders")
        for name in ("one", "two"):
            write_files(folder / name, {
                "helper.py": f"NAME = {name!r}\n",
                f"test_{name}.py": "import helper, unittest\nclass A(unittest.TestCase):\n"
                                   f"    def test_a(self): assert helper.NAME == {name!r}\n",
                "test_both.py": "import unittest\nclass B(unittest.TestCase):\n"
                                "    def test_b(self): pass\n"})
        done = run(sys.executable, ROOT / "tools/test.py", "--folder", folder / "one",
                   "--folder", folder / "two")
        self.assertEqual(last_line(done), "3 passed, 1 failed")
        self.assertIn("there is another test_both", done.stdout)

    def test_tables_of_one_title_are_one_table(self) -> None:
        done = run_tests(test_tables=TABLES)
        self.assertIn("fruit\n-----\n", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^(name +count +colour|name +colour +count)$")
        self.assertEqual(last_line(done), "2 passed, 0 failed")


if __name__ == "__main__":
    unittest.main()
