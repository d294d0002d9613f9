"""The course's two repositories, of a kit small enough to see through."""

import unittest
from pathlib import Path

from repository import commit, git, merge_conflicts, objects, references
from small_kit import COUNT_C, FILES, make_kit, with_line
from support import read_folder, stage_tool, work_folder

from stagetool import course, tree
from stagetool.errors import KitError
from stagetool.layout import Layout
from stagetool.manifest import Kit


def write_course(kit: Path, out: Path) -> None:
    course.write_course(Layout.of(Kit.load(kit)), out)


class Course(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.kit = make_kit()
        git(cls.kit, "init", "--quiet")
        commit(cls.kit, {}, "kit: all of it")
        cls.out = work_folder("course") / "course"
        write_course(cls.kit, cls.out)
        cls.student, cls.instructor = cls.out / "student", cls.out / "instructor"

    def show(self, repository: Path, branch: str) -> dict[str, bytes]:
        """The files of a branch's tip."""
        paths = git(repository, "ls-tree", "-r", "--name-only", branch).splitlines()
        return {path: git(repository, "show", f"{branch}:{path}").encode() for path in paths}

    def files_of(self, stage: str, kind: str) -> dict[str, bytes]:
        layout = Layout.of(Kit.load(self.kit))
        made = tree.build_tree(layout, layout.kit.stage(stage), kind)
        return {path: file.data for path, file in made.files.items()}

    def test_branches(self) -> None:
        labs = {"refs/heads/lab/01-alpha", "refs/heads/lab/02-beta"}
        self.assertEqual(set(references(self.student)), labs)
        self.assertEqual(set(references(self.instructor)), labs | {
            f"refs/heads/{kind}/{name}" for kind in ("stage", "fresh")
            for name in ("01-alpha", "02-beta")})

    def test_every_branch_holds_its_tree(self) -> None:
        for branch, stage, kind in (("stage/01-alpha", "1", tree.SOLVED),
                                    ("stage/02-beta", "2", tree.SOLVED),
                                    ("lab/01-alpha", "1", tree.UNSOLVED),
                                    ("lab/02-beta", "2", tree.UNSOLVED),
                                    ("fresh/01-alpha", "1", tree.FRESH),
                                    ("fresh/02-beta", "2", tree.FRESH)):
            with self.subTest(branch):
                self.assertEqual(self.show(self.instructor, branch), self.files_of(stage, kind))

    def test_branches_stand_on_one_another(self) -> None:
        def subjects(branch: str) -> list[str]:
            return git(self.instructor, "log", "--format=%s", branch).splitlines()

        self.assertEqual(subjects("stage/02-beta"), ["stage 02: Beta", "stage 01: Alpha"])
        self.assertEqual(subjects("lab/02-beta"), ["lab 02: Beta", "lab 01: Alpha"])
        self.assertEqual(subjects("fresh/02-beta"),
                         ["lab 02: solutions of the earlier labs", *subjects("lab/02-beta")])
        self.assertEqual(subjects("fresh/01-alpha"), ["lab 01: Alpha"])

    def test_both_repositories_have_the_same_lab_commits(self) -> None:
        instructor = references(self.instructor)
        for name, commit_name in references(self.student).items():
            self.assertEqual(instructor[name], commit_name)

    def test_they_are_checked_out_and_clean(self) -> None:
        for repository, branch in ((self.student, "lab/01-alpha"),
                                   (self.instructor, "stage/02-beta")):
            self.assertEqual(git(repository, "branch", "--show-current").strip(), branch)
            self.assertEqual(git(repository, "status", "--porcelain"), "")
            self.assertTrue((repository / "tools/run.py").stat().st_mode & 0o100)

    def test_no_hooks_and_no_remotes(self) -> None:
        self.assertFalse((self.student / ".git/hooks").exists())
        self.assertEqual(git(self.student, "remote"), "")

    def test_the_student_s_has_no_object_more_than_its_branches_need(self) -> None:
        needed = git(self.student, "rev-list", "--objects", "--branches").splitlines()
        self.assertEqual(set(objects(self.student)), {line.split()[0] for line in needed})

    def test_two_runs_give_the_same_hashes(self) -> None:
        again = work_folder("course") / "again"
        write_course(self.kit, again)
        for name in ("student", "instructor"):
            self.assertEqual(references(again / name), references(self.out / name))

    def test_author_and_date_are_the_kit_s(self) -> None:
        form = "--format=%an <%ae> %ad, %cn <%ce> %cd"
        self.assertEqual(git(self.student, "log", "-1", form),
                         git(self.kit, "log", "-1", form))

    def test_a_student_s_work_merges(self) -> None:
        clone = work_folder("clone") / "work"
        git(self.out, "clone", "--quiet", self.student, clone)
        solved = COUNT_C.replace("calls += step", "calls = calls + step")
        stubs = self.files_of("1", tree.UNSOLVED)
        commit(clone, {"kernel/count.c": solved, "kernel/mine.c": "int mine;\n"}, "my work")
        self.assertEqual(merge_conflicts(clone, "origin/lab/02-beta"), [])
        self.assertEqual((clone / "kernel/count.c").read_text(), solved)
        self.assertNotEqual(stubs["kernel/count.c"].decode(), solved)
        self.assertIn("exercise_unwritten", (clone / "kernel/switch.asm").read_text())
        self.assertTrue((clone / "kernel/mine.c").is_file())

    def test_fresh_goes_on_to_the_next_lab(self) -> None:
        self.assertEqual(git(self.instructor, "merge-base", "fresh/02-beta", "lab/02-beta"),
                         git(self.instructor, "rev-parse", "lab/02-beta"))


class Refusals(unittest.TestCase):
    def setUp(self) -> None:
        self.parent = work_folder("out")

    def test_a_directory_with_something_in_it(self) -> None:
        kit = make_kit()
        for out in (kit, kit / "LICENSE"):
            with self.assertRaisesRegex(KitError, "not empty; a course is|is not a directory"):
                write_course(kit, out)
        self.assertEqual(set(read_folder(kit)), set(FILES))

    def test_an_exercise_that_does_not_last_leaves_nothing_half_made(self) -> None:
        kit = make_kit(**{"stages/02-beta/kernel/count.c": COUNT_C.replace("calls;", "0;")})
        done = stage_tool("course", "--out", self.parent / "course", kit=kit)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"^stage: exercise count: [^\n]*another body[^\n]*\n$")
        self.assertEqual(list(self.parent.iterdir()), [])

    def test_a_kit_without_a_history_has_a_course_too(self) -> None:
        kit = make_kit(**with_line("LICENSE", "none", "some"))
        write_course(kit, self.parent / "course")
        self.assertEqual(git(self.parent / "course/student", "log", "-1", "--format=%at"), "0\n")


if __name__ == "__main__":
    unittest.main()
