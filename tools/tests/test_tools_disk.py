"""disk.py: images are made, brought up to date, and left alone when they are not ours."""

import fcntl
import os
import subprocess
import unittest
from pathlib import Path

from emulator import disks, session
from support import ROOT, read_folder, run, work_folder, write_files


def debugfs(image: Path, *commands: str, change: bool = False) -> str:
    """What debugfs says to some commands."""
    script = image.with_name("script")
    script.write_text("\n".join(commands) + "\n")
    return run(disks.tool("debugfs"), *(["-w"] if change else []), "-f", script, image).stdout


def check(image: Path) -> subprocess.CompletedProcess[str]:
    return run(disks.tool("e2fsck"), "-fn", image)


class Disk(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = work_folder("disk")
        self.image = self.folder / "disk.img"
        write_files(self.folder, {"bin/one": "first program", "bin/two": "x" * 5000,
                                  "files/etc/hello.txt": "hello", "files/etc/deep/er.txt": "er"})

    def disk(self, *words: str, image: Path | None = None) -> subprocess.CompletedProcess[str]:
        return run(ROOT / "tools/disk.py", image or self.image, "--programs",
                   self.folder / "bin", "--files", self.folder / "files", *words)

    def make(self, *words: str) -> None:
        done = self.disk(*words)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def refused(self, *words: str) -> str:
        """The one line of a refusal, after which the image is what it was."""
        before = self.image.read_bytes() if self.image.exists() else None
        done = self.disk(*words)
        self.assertEqual((done.returncode, done.stdout, len(done.stderr.splitlines())),
                         (1, "", 1), done.stderr)
        self.assertEqual(self.image.read_bytes() if self.image.exists() else None, before)
        self.assertEqual([path.name for path in self.folder.glob("*.unfinished")], [])
        return done.stderr

    def content(self, image: Path | None = None) -> dict[str, bytes]:
        """All files of an image."""
        image = image or self.image
        place = work_folder("content")
        debugfs(image, f"rdump / {place}")
        return {path: data for path, (data, _) in read_folder(place).items()}

    def test_a_new_one_has_everything(self) -> None:
        self.make()
        self.assertEqual(check(self.image).returncode, 0)
        self.assertEqual(self.content(), {"bin/one": b"first program", "bin/two": b"x" * 5000,
                                          "etc/hello.txt": b"hello", "etc/deep/er.txt": b"er"})
        listed = debugfs(self.image, "ls -l /", "ls -l /bin")
        for mode, name in (("41777", "tmp"), ("40755", "bin"), ("40755", "proc"),
                           ("40755", "dev"), ("40755", "mnt"), ("40755", "home"),
                           ("100755", "one"), ("100755", "two")):
            self.assertRegex(listed, rf"(?m)^ +\d+ +{mode} \(\d\) +0 +0 .* {name}$")

    def test_size_and_blocks(self) -> None:
        for block in disks.BLOCK_SIZES:
            self.make("--new", "--megabytes", "8", "--block-size", str(block))
            self.assertEqual(self.image.stat().st_size, 8 << 20)
            self.assertIn(f"Block size = {block}", debugfs(self.image, "show_super_stats -h")
                          .replace("Block size:               ", "Block size = "))

    def test_the_same_programs_give_the_same_image(self) -> None:
        self.make()
        other = self.folder / "other.img"
        for path in (self.folder / "bin").iterdir():
            os.utime(path, (1, 1))
        self.disk(image=other)
        self.assertEqual(self.image.read_bytes(), other.read_bytes())

    def test_only_programs_are_replaced(self) -> None:
        self.make()
        mine = self.folder / "mine"
        mine.write_text("my own")
        debugfs(self.image, f"write {mine} home/mine", f"write {mine} bin/mine",
                "rm etc/hello.txt", f"write {mine} etc/hello.txt", change=True)
        write_files(self.folder, {"bin/one": "another first program", "bin/three": "new",
                                  "files/etc/hello.txt": "another hello"})
        (self.folder / "bin/two").unlink()
        self.make()
        self.assertEqual(check(self.image).returncode, 0)
        self.assertEqual(self.content(), {
            "bin/one": b"another first program", "bin/two": b"x" * 5000, "bin/three": b"new",
            "bin/mine": b"my own", "home/mine": b"my own", "etc/hello.txt": b"my own",
            "etc/deep/er.txt": b"er"})
        self.make("--new")
        self.assertEqual(self.content()["etc/hello.txt"], b"another hello")
        self.assertNotIn("home/mine", self.content())

    def test_with_nothing_to_change_it_is_not_touched(self) -> None:
        self.make()
        before = self.image.stat()
        self.make()
        self.assertEqual((self.image.stat().st_ino, self.image.stat().st_mtime_ns),
                         (before.st_ino, before.st_mtime_ns))

    def test_what_is_not_ours_is_refused(self) -> None:
        self.image.write_bytes(b"\0" * 100)
        self.assertIn("this is no ext2 disk; `make disk NEW=1`", self.refused())
        self.image.write_bytes(b"\0" * (4 << 20))
        self.assertIn("this is no ext2 disk", self.refused())
        run(disks.tool("mke2fs"), "-q", "-F", "-t", "ext2", self.image)
        self.assertIn("this disk is not MicroK's", self.refused())
        self.make("--new")

    def test_what_a_sudden_end_leaves_is_mended_and_told(self) -> None:
        self.make()
        debugfs(self.image, "set_super_value free_blocks_count 1", "set_super_value state 0",
                change=True)
        done = self.disk()
        self.assertEqual(done.returncode, 0)
        self.assertIn("was switched off while it was in use; mended", done.stderr)
        self.assertEqual(check(self.image).returncode, 0)

    def test_a_damaged_one_is_refused(self) -> None:
        self.make()
        debugfs(self.image, "clri <2>", change=True)
        self.assertIn("this disk is damaged: `e2fsck -f", self.refused())
        self.make("--new")

    def test_what_has_no_room_is_refused(self) -> None:
        (self.folder / "bin/huge").write_bytes(os.urandom(3 << 20))
        self.assertIn("not everything could be written", self.refused("--megabytes", "2"))
        (self.folder / "bin/huge").unlink()
        self.make("--megabytes", "2")
        (self.folder / "bin/huge").write_bytes(os.urandom(3 << 20))
        self.assertIn("huge could not be written", self.refused())

    def test_a_disk_that_is_in_use_is_left_alone(self) -> None:
        self.make()
        with self.image.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            for words in ((), ("--new",)):
                self.assertIn("a machine that is running has this disk", self.refused(*words))

    def test_a_missing_tool_and_a_missing_folder_are_told(self) -> None:
        self.assertIn("No such file", self.refused("--programs", "nowhere"))
        found, session.find = session.find, lambda program: None
        try:
            with self.assertRaisesRegex(session.ToolMissing, "mke2fs is not installed"):
                disks.make(self.image, self.folder / "bin", None)
        finally:
            session.find = found
