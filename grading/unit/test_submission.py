"""What is taken from a submission, what is refused, and the tree that comes of it."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import stat
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

import support  # noqa: F401  pylint: disable=unused-import
from grader.batch import Batch, Submission
from grader.errors import InfrastructureError
from grader.grading import Listener, Work, grade
from grader.report import Report
from grader.reports.files import write_reports
from grader.submission.graft import graft
from grader.submission.sources import Entry, Kind, Refused, list_submission
from grader.submission.stage_info import StageInfo, read_stage_info, refuse_later_stage
from grader.submission.survey import SIZE_LIMIT, Survey, survey

PRISTINE = {
    "Makefile": "all:\n",
    "kernel/main.c": "int main;\n",
    "kernel/lib/format.c": "stub\n",
    "kernel/entry.asm": "; stub\n",
    "labs/01-boot/answers.md": "write here\n",
    "tools/run.py": "pass\n",
}


def write_tree(root: Path, files: dict[str, str]) -> None:
    """Writes files below a folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


class LaterStage(unittest.TestCase):
    """A tree of a later stage is not graded as one of an earlier."""

    def test_is_refused_and_what_says_nothing_is_not(self) -> None:
        stage = StageInfo(3, "03-syscalls", "0.3", ("03-syscalls",), (), {})
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            refuse_later_stage(place, stage)
            for text in ('{"number": 3, "name": "03"}', '{"number": "4", "name": 1}', "[", "7"):
                (place / "stage.json").write_text(text)
                refuse_later_stage(place, stage)
            (place / "stage.json").write_text('{"number": 4, "name": "04-ipc"}')
            with self.assertRaisesRegex(InfrastructureError, "of stage '04-ipc'"):
                refuse_later_stage(place, stage)


class Submitted(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="microk-unit-")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.pristine, self.student = self.root / "pristine", self.root / "student"
        write_tree(self.pristine, PRISTINE)
        (self.pristine / "stage.json").write_text(json.dumps(self.stage_json()))
        write_tree(self.student, PRISTINE)

    def stage_json(self) -> dict:
        """The pristine tree's description."""
        exercise = {"title": "t", "stage": "01-boot", "language": "c", "points": 1, "section": "s",
                    "function": "f"}
        return {"number": 1, "name": "01-boot", "version": "0.1", "stages": ["01-boot"],
                "exercises": [exercise | {"id": "format", "file": "kernel/lib/format.c"},
                              exercise | {"id": "entry", "file": "kernel/entry.asm"}],
                "files": {path: hashlib.sha256(text.encode()).hexdigest()
                          for path, text in PRISTINE.items()}}

    @property
    def stage(self) -> StageInfo:
        """The pristine tree's description, read."""
        return read_stage_info(self.pristine)

    def survey(self, path: Path | None = None) -> Survey:
        """What is taken of a submission."""
        return survey(list_submission(path or self.student), self.stage)

    def assert_refused(self, pattern: str, path: Path | None = None) -> None:
        """The submission is refused, with these words."""
        with self.assertRaises(Refused) as caught:
            self.survey(path)
        self.assertRegex("; ".join(caught.exception.reasons), pattern)


class Taken(Submitted):
    def test_exercises_and_new_sources(self) -> None:
        write_tree(self.student, {"kernel/lib/format.c": "mine\n", "kernel/lib/helper.c": "x",
                                  "kernel/lib/helper.h": "y", "kernel/new/more.asm": "z"})
        self.assertEqual(sorted(self.survey().taken), [
            "kernel/entry.asm", "kernel/lib/format.c", "kernel/lib/helper.c", "kernel/lib/helper.h",
            "kernel/new/more.asm"])

    def test_the_kit_s_own_files_are_not_the_student_s(self) -> None:
        write_tree(self.student, {"Makefile": "evil:\n", "kernel/main.c": "evil",
                                  "tools/run.py": "evil", "tools/new.py": "new",
                                  "labs/01-boot/answers.md": "an answer"})
        found = self.survey()
        self.assertEqual(found.ignored, ["Makefile", "kernel/main.c", "tools/run.py"])
        self.assertNotIn("kernel/main.c", found.taken)
        self.assertNotIn("tools/new.py", found.taken)

    def test_missing_exercises_are_named(self) -> None:
        (self.student / "kernel/entry.asm").unlink()
        self.assertEqual(self.survey().missing, ["kernel/entry.asm"])

    def test_what_lies_about_is_left(self) -> None:
        write_tree(self.student, {"kernel/.DS_Store": "x", "kernel/format.c~": "x",
                                  "kernel/a.o": "x", "kernel/.git/x.c": "x", "build/b.c": "x",
                                  "kernel/notes with spaces.txt": "x"})
        os.symlink("nobody@nowhere", self.student / "kernel/.#main.c")
        self.assertEqual(sorted(self.survey().taken), ["kernel/entry.asm", "kernel/lib/format.c"])

    def test_one_folder_down(self) -> None:
        (self.root / "outer").mkdir()
        self.student.rename(self.root / "outer" / "my lab")
        self.assertIn("kernel/lib/format.c", self.survey(self.root / "outer").taken)

    def test_same_content_same_fingerprint(self) -> None:
        before = self.survey().fingerprint(self.stage)
        write_tree(self.student, {"labs/01-boot/answers.md": "an answer"})
        self.assertEqual(self.survey().fingerprint(self.stage), before)
        write_tree(self.student, {"kernel/lib/format.c": "mine\n"})
        self.assertNotEqual(self.survey().fingerprint(self.stage), before)


class RefusedFolders(Submitted):
    def test_links(self) -> None:
        os.symlink("/etc/passwd", self.student / "kernel/passwd.h")
        self.assert_refused("kernel/passwd.h is a link")

    def test_a_linked_folder(self) -> None:
        os.symlink("/etc", self.student / "kernel/etc")
        self.assert_refused("kernel/etc is a link")

    def test_an_exercise_that_is_a_link(self) -> None:
        (self.student / "kernel/entry.asm").unlink()
        os.symlink("lib/format.c", self.student / "kernel/entry.asm")
        self.assert_refused("kernel/entry.asm is a link")

    def test_a_kernel_folder_that_is_a_link(self) -> None:
        (self.student / "kernel").rename(self.root / "elsewhere")
        os.symlink(self.root / "elsewhere", self.student / "kernel")
        self.assert_refused("kernel is a link")

    def test_a_pipe(self) -> None:
        os.mkfifo(self.student / "kernel/pipe.c")
        self.assert_refused("kernel/pipe.c is a device or pipe")

    def test_huge_files(self) -> None:
        (self.student / "kernel/huge.c").write_bytes(b"x" * (SIZE_LIMIT + 1))
        self.assert_refused("kernel/huge.c is larger than 1024 KB")

    def test_odd_names(self) -> None:
        for name in ("$(shell id).c", "-rf.c", "a b.c", "new\nline.c", "ümlaut.c", "semi;colon.h",
                     "back`tick.asm", "quote'.c", "per%cent.c", "col:on.c", "star*.c", "h#sh.c"):
            with self.subTest(name):
                path = self.student / "kernel" / name
                path.write_text("x")
                self.assert_refused("has a name that is not allowed")
                path.unlink()

    def test_too_many_new_files(self) -> None:
        write_tree(self.student, {f"kernel/new{index}.c": "x" for index in range(201)})
        self.assert_refused("adds 201 files")

    def test_a_folder_in_the_place_of_a_file(self) -> None:
        (self.student / "kernel/main.c").unlink()
        write_tree(self.student, {"kernel/main.c/x.c": "x"})
        self.assert_refused("kernel/main.c is both a file and a folder")

    def test_no_kernel_at_all(self) -> None:
        (self.root / "empty").mkdir()
        self.assert_refused("has no kernel/ folder", self.root / "empty")

    def test_two_trees(self) -> None:
        for name in ("one", "two"):
            write_tree(self.root / "both" / name, PRISTINE)
        self.assert_refused("several trees in it: one, two", self.root / "both")

    def test_every_reason_is_given(self) -> None:
        write_tree(self.student, {"kernel/a b.c": "x"})
        os.symlink("/etc/passwd", self.student / "kernel/passwd.h")
        self.assert_refused("(?s)a b.c.*passwd|passwd.*a b.c")

    def test_an_exchange_between_looking_and_reading(self) -> None:
        entries = list_submission(self.student)
        (self.student / "kernel/entry.asm").unlink()
        os.symlink("/etc/passwd", self.student / "kernel/entry.asm")
        with self.assertRaisesRegex(Refused, "kernel/entry.asm cannot be read"):
            survey(entries, self.stage)


class Archives(Submitted):
    def zip(self, files: dict[str, str | bytes], kinds: dict[str, int] | None = None) -> Path:
        """A .zip with these files; kinds gives a file another mode."""
        path = self.root / "work.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in files.items():
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = (kinds or {}).get(name, stat.S_IFREG | 0o644) << 16
                archive.writestr(info, data)
        return path

    def tar(self, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
        """A .tar.gz with these members, after a whole tree."""
        path = self.root / "work.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, text in PRISTINE.items():
                info = tarfile.TarInfo(f"./{name}")
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text.encode()))
            for info, data in members:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        return path

    def test_a_zip(self) -> None:
        found = self.survey(self.zip({f"lab/{name}": text for name, text in PRISTINE.items()}))
        self.assertEqual(found.taken["kernel/lib/format.c"], b"stub\n")

    def test_a_tar(self) -> None:
        found = self.survey(self.tar([(tarfile.TarInfo("kernel/new.c"), b"new")]))
        self.assertEqual(found.taken["kernel/new.c"], b"new")
        self.assertEqual(found.missing, [])

    def test_a_link_in_a_zip(self) -> None:
        self.assert_refused("kernel/x.h is a link", self.zip(
            PRISTINE | {"kernel/x.h": "/etc/passwd"}, {"kernel/x.h": stat.S_IFLNK | 0o777}))

    def test_links_and_devices_in_a_tar(self) -> None:
        for kind, word in ((tarfile.SYMTYPE, "link"), (tarfile.LNKTYPE, "link"),
                           (tarfile.CHRTYPE, "device"), (tarfile.FIFOTYPE, "device")):
            with self.subTest(kind):
                info = tarfile.TarInfo("kernel/x.h")
                info.type, info.linkname = kind, "/etc/passwd"
                self.assert_refused(f"kernel/x.h is a {word}", self.tar([(info, b"")]))

    def test_ways_out(self) -> None:
        for name in ("kernel/../../x.c", "kernel//x.c", "kernel/lib/../x.c"):
            with self.subTest(name):
                self.assert_refused("name that is not allowed", self.zip(PRISTINE | {name: "x"}))

    def test_the_same_file_twice(self) -> None:
        self.assert_refused("kernel/entry.asm is in it twice",
                            self.tar([(tarfile.TarInfo("kernel/entry.asm"), b"other")]))

    def test_a_file_that_is_larger_than_it_says(self) -> None:
        entry = Entry("kernel/new.c", Kind.FILE, 10, lambda limit: b"x" * limit)
        with self.assertRaisesRegex(Refused, "larger than it says"):
            survey([entry], self.stage)

    def test_a_bomb(self) -> None:
        zeros = bytes(70 << 20)
        bomb = self.zip(PRISTINE | {"kernel/bomb.c": zeros})
        self.assert_refused("kernel/bomb.c is larger", bomb)
        self.assert_refused("has more than 64 MB",
                            self.tar([(tarfile.TarInfo("elsewhere/zeros"), zeros)]))

    def test_damaged_and_strange_files(self) -> None:
        whole = self.zip({**PRISTINE, "kernel/long.c": os.urandom(5000)}).read_bytes()
        for data in (whole[:3000], b"", b"\x1f\x8b" + bytes(100), b"no archive at all"):
            path = self.root / "strange.zip"
            path.write_bytes(data)
            self.assert_refused("cannot be unpacked|neither a folder nor", path)
        damaged = bytearray(whole)
        damaged[len(whole) // 2] ^= 0xFF
        path.write_bytes(damaged)
        self.assert_refused("kernel/long.c cannot be unpacked", path)


class Vanishing(Submitted):
    def test_files_that_vanish_are_absent(self) -> None:
        gone = self.student / "kernel/new.c"
        gone.write_text("x")
        lstat = Path.lstat

        def vanishing(path: Path) -> os.stat_result:
            if path == gone:
                raise FileNotFoundError(str(path))
            return lstat(path)

        with mock.patch.object(Path, "lstat", vanishing):
            self.assertNotIn("kernel/new.c", self.survey().taken)

    def test_a_folder_that_is_no_tree_is_not_walked(self) -> None:
        write_tree(self.root / "any", {"deep/down/kernel/x.c": "x"})
        with mock.patch("os.walk", side_effect=AssertionError("walked")):
            self.assert_refused("^it has no kernel/ folder, [^\n]*$", self.root / "any")


class Inclusions(Submitted):
    def test_what_the_assembler_would_read(self) -> None:
        for path, text in (
                ("kernel/new.c", r'__asm__(".incbin \"/etc/hostname\"");'),
                ("kernel/new.c", r'__asm__(".inc" "bin \"/etc/hostname\"");'),
                ("kernel/new.c", r'__asm__("\x2eincbin \"/etc/hostname\"");'),
                ("kernel/new.h", r'__asm__("nop; .include \"kernel/a.s\"");'),
                ("kernel/lib/format.c", '#define S(x) #x\n__asm__(S(.include "/etc/hostname"));'),
                ("kernel/new.asm", 'x: INCBIN "/etc/hostname"'),
                ("kernel/new.inc", 'incbin "main.c"'),
                ("kernel/new.asm", '%include "/etc/hostname"'),
                ("kernel/new.asm", "%include 'kernel/../../x'"),
                ("kernel/new.asm", '%include "Makefile"'),
                ("kernel/new.asm", "%include NAME")):
            with self.subTest(text):
                write_tree(self.student, {path: text})
                self.assert_refused(f"^{path} has the assembler read another file")
                write_tree(self.student, {path: PRISTINE.get(path, "")})

    def test_what_is_no_such_thing(self) -> None:
        write_tree(self.student, {
            "kernel/new.c": "/* .incbin */ int f(struct s s) { return s.include; } // .incbin",
            "kernel/more.asm": '; incbin "x"\n%include "lib/a.inc"\n  %include "a.inc"\n',
            "kernel/lib/a.inc": "; nothing\n", "kernel/a.inc": "; nothing\n"})
        self.assertIn("kernel/more.asm", self.survey().taken)


class Tools(Submitted):
    """A build that fails: whose fault?"""

    RULES = "all:\n\t@$(CC) -c kernel/lib/format.c -o $(BUILD)/format.o\n"

    def graded(self, text: str, *variables: str, submission: bool = True) -> Report:
        """The report on a submission with this exercise."""
        write_tree(self.pristine, {"Makefile": self.RULES, "kernel/lib/format.c": "int good;\n"})
        write_tree(self.student, {"kernel/lib/format.c": text})
        stage = dataclasses.replace(self.stage, programs=("init",))     # so something is built
        work = Work(stage, [], 1, self.pristine, self.student if submission else None,
                    self.root / "out", 1, ["CC=gcc", *variables])
        return grade(work, Listener())

    def test_the_student_s(self) -> None:
        report = self.graded("int bad\n")
        self.assertRegex(report.problem, r"^the kernel does not build:\nkernel/lib/format.c:1")
        self.assertNotIn("directory", report.problem)
        self.assertEqual((report.trouble, report.exit_status), ("", 1))

    def test_warnings_of_the_student_s_files_are_shown(self) -> None:
        report = self.graded("#warning look here\n")
        self.assertIn("kernel/lib/format.c:1: warning: #warning look here [-Wcpp]",
                      report.warnings)

    def test_a_compiler_that_is_missing(self) -> None:
        for submission in (True, False):
            report = self.graded("int good;\n", "CC=nope-gcc", submission=submission)
            self.assertEqual((report.problem, report.exit_status), ("", 2))
            self.assertRegex(report.trouble, "cannot be built with the tools .*nope-gcc")

    def test_a_batch_does_not_remember_it(self) -> None:
        out = self.root / "results"
        write_reports(self.graded("int good;\n", "CC=nope-gcc"), out)
        batch = Batch(self.pristine, self.stage, self.root)
        self.assertFalse(batch._is_done(Submission("results", self.student), out))


class Grafted(Submitted):
    def graft(self) -> Path:
        """The grafted tree."""
        target = self.root / "target"
        graft(self.pristine, self.stage, self.survey(), target)
        return target

    def files(self, tree: Path) -> set[str]:
        """Every file of a tree."""
        return {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}

    def test_the_tree(self) -> None:
        write_tree(self.student, {"kernel/lib/format.c": "mine\n", "kernel/main.c": "evil",
                                  "kernel/new/helper.c": "new", "tools/evil.py": "evil"})
        tree = self.graft()
        self.assertEqual(self.files(tree), set(PRISTINE) | {"stage.json", "kernel/new/helper.c"})
        self.assertEqual((tree / "kernel/lib/format.c").read_text(), "mine\n")
        self.assertEqual((tree / "kernel/main.c").read_text(), PRISTINE["kernel/main.c"])

    def test_an_earlier_graft_leaves_nothing(self) -> None:
        write_tree(self.student, {"kernel/new/helper.c": "new"})
        tree = self.graft()
        write_tree(tree, {"build/kept.o": "x", "stray": "x"})
        os.symlink("/etc", tree / "kernel/etc")
        before = (tree / "Makefile").stat().st_mtime_ns
        (self.student / "kernel/new/helper.c").unlink()
        self.graft()
        self.assertEqual(self.files(tree), set(PRISTINE) | {"stage.json", "build/kept.o"})
        self.assertFalse((tree / "kernel/new").exists())
        self.assertEqual((tree / "Makefile").stat().st_mtime_ns, before)

    def test_a_pristine_tree_that_is_broken(self) -> None:
        (self.pristine / "stage.json").write_text("{")
        with self.assertRaisesRegex(InfrastructureError, "cannot be read"):
            self.graft()
        (self.pristine / "stage.json").unlink()
        with self.assertRaisesRegex(InfrastructureError, "not a tree of MicroK"):
            self.graft()


if __name__ == "__main__":
    unittest.main()
