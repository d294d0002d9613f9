"""run.py and the Makefile for a machine with a disk and a shell on it."""

import re
import subprocess
import unittest
from pathlib import Path

from built import make, tool
from emulator import disks
from shell_machine import LIMIT, PROMPT, STAGE, own_disk, tree, typed
from support import read_folder, run, work_folder


def check(image: Path) -> subprocess.CompletedProcess[str]:
    return run(disks.tool("e2fsck"), "-fn", image)


def on_disk(image: Path, name: str) -> str:
    return run(disks.tool("debugfs"), "-R", f"cat {name}", image).stdout


@unittest.skipUnless(STAGE, "needs a disk")
class RunWithDisk(unittest.TestCase):
    expected_seconds = 30

    def test_a_shell_reads_what_is_piped_and_then_ends(self) -> None:
        done = typed(tree(), "cat /etc/hello.txt\n", "run", f"--disk '{own_disk()}'", LIMIT)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(f"{PROMPT}cat /etc/hello.txt", done.stdout)
        self.assertIn("Hello from a file.", done.stdout)

    def test_what_is_written_is_on_the_disk(self) -> None:
        image = own_disk()
        for text in ("echo one > /home/mine\n", "echo two >> /home/mine", "cat /home/mine\n"):
            done = typed(tree(), text, "run", f"--disk '{image}'", LIMIT)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"one\r?\ntwo\r?\n")
        self.assertEqual(on_disk(image, "/home/mine"), "one\ntwo\n")
        self.assertEqual(check(image).returncode, 0, check(image).stdout)

    def test_much_input_and_much_output(self) -> None:
        """More than any buffer on the way holds, for a program that reads slower than it comes."""
        lines = "".join(f"line {i} {'x' * (i % 70)}\n" for i in range(2500))
        image = own_disk()
        done = typed(tree(), f"cat > /home/much\n{lines}\x04cat /home/much\n", "run",
                     f"--disk '{image}'", LIMIT)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(on_disk(image, "/home/much"), lines)
        shown = done.stdout.replace("\r", "")
        self.assertEqual(shown[shown.rindex("cat /home/much\n"):].count("\nline "), 2500)

    def test_in_bochs(self) -> None:
        image = own_disk()
        long = "abcdefghij" * 30    # far more than the line's two ends have room for
        done = typed(tree(), f"echo from bochs > /home/mine; cat /home/mine\necho {long}\n",
                     "bochs", f"--disk '{image}'", LIMIT)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(on_disk(image, "/home/mine"), "from bochs\n")
        self.assertIn(f"\n{long}\n", done.stdout.replace("\r", ""))
        self.assertEqual(check(image).returncode, 0)
        self.assertEqual([path.name for path in image.parent.iterdir()], [image.name])

    def test_two_machines_do_not_share_a_disk(self) -> None:
        image = own_disk()
        with disks.held(image):
            for command in ("run", "bochs", "debug", "record"):
                done = typed(tree(), "", command, f"--disk '{image}'", LIMIT)
                self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1))
                self.assertIn("a machine that is running has this disk", done.stderr)

    def test_a_disk_that_is_not_there(self) -> None:
        done = typed(tree(), "", "run", "--disk nowhere")
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1))
        self.assertIn("nowhere: there is no such disk; `make disk DISK=...`", done.stderr)

    def test_the_debugger_gives_a_guest_its_input(self) -> None:
        text = work_folder("typed") / "text"
        text.write_text("echo debugged\n")
        done = tool(tree(), "run.py", "debug", "--disk", own_disk(), "--input", text, "--batch",
                    "break machine_stop", "continue", "microk log 1")
        self.assertIn(f"{PROMPT}echo debugged", done.stdout)
        self.assertIn("Breakpoint 1, machine_stop", done.stdout)


@unittest.skipUnless(STAGE, "needs a disk")
class RecordWithDisk(unittest.TestCase):
    expected_seconds = 60

    def test_a_replay_sees_the_same_and_changes_nothing(self) -> None:
        image = own_disk()
        before = image.read_bytes()
        recorded = typed(tree(), "echo new > /home/mine; cat /home/mine\n", "record",
                         f"--disk '{image}'", LIMIT)
        self.assertEqual(recorded.returncode, 0, recorded.stderr)
        self.assertRegex(recorded.stdout, r"mine\r?\nnew\r?\n")
        kept = read_folder(tree() / "build/record")
        for _ in range(2):
            replayed = typed(tree(), "", "replay", LIMIT)
            self.assertEqual((replayed.returncode, replayed.stdout), (0, recorded.stdout))
        shown = tool(tree(), "run.py", "replay", "--batch", "reverse-stepi", "p 5").stdout
        self.assertIn("Breakpoint 1, machine_stop", shown)
        self.assertIn("$1 = 5", shown)
        self.assertEqual(read_folder(tree() / "build/record"), kept)
        self.assertEqual(image.read_bytes(), before)


@unittest.skipUnless(STAGE, "needs a disk")
class DiskMakefile(unittest.TestCase):
    expected_seconds = 10

    def test_a_program_that_has_changed_gets_to_the_disk_and_files_stay(self) -> None:
        place = tree()
        image = work_folder("disk") / "other.img"
        make(place, "disk", f"DISK={image}")
        name = STAGE.disk_programs[0]
        program = place / "build/disk/bin" / name
        bad = work_folder("bad") / name
        bad.write_text("not a program")
        subprocess.run([disks.tool("debugfs"), "-w", "-f", "-", str(image)], text=True,
                       input=f"rm bin/{name}\nwrite {bad} bin/{name}\nwrite {bad} home/mine\n",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        done = make(place, "disk", f"DISK={image}")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(disks.programs_on(image, {name: program})[name], program.read_bytes())
        self.assertEqual(on_disk(image, "home/mine"), "not a program")
        make(place, "disk", f"DISK={image}", "NEW=1")
        self.assertEqual(on_disk(image, "home/mine"), "")

    def test_a_disk_that_is_gone_is_made_again(self) -> None:
        place = tree()
        image = place / "build" / disks.NAME
        make(place, "disk", "NEW=1")
        before = image.read_bytes()
        image.unlink()
        self.assertRegex(make(place).stdout, r"DISK +build/disk\.img")
        self.assertEqual(image.read_bytes(), before)
        self.assertNotRegex(make(place).stdout, r"DISK")

    def test_a_foreign_one_is_refused_until_it_is_to_be_new(self) -> None:
        place = tree()
        image = work_folder("disk") / "foreign.img"
        image.write_bytes(bytes(1 << 20))
        done = make(place, "disk", f"DISK={image}")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("this is no ext2 disk", done.stderr)
        self.assertEqual(image.read_bytes(), bytes(1 << 20))
        self.assertEqual(make(place, "disk", f"DISK={image}", "NEW=1").returncode, 0)
        self.assertEqual(check(image).returncode, 0)
        self.assertIsNone(re.search("damaged", done.stderr))
