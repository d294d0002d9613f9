"""The storage driver in the whole system, on machines that run.py does not make: without a bus
master, with a sector that cannot be read, with two disks; and with other privileges."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import unittest
from functools import lru_cache
from pathlib import Path

from built import built
from emulator import disks, programs, qemu
from shell_machine import STAGE, listen
from support import ROOT, run, work_folder

END = "has ended with status"      # what the kernel says last; not each of these can power off
LIMIT = 90.0

# Gives a machine its input, through the pipes that its words name.
SERVE = """
import subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from emulator import terminal
with terminal.PipeConsole(Path(sys.argv[2])) as console:
    with subprocess.Popen(sys.argv[3:], stdin=subprocess.DEVNULL) as process:
        console.serve(process, 0)
"""


@lru_cache(maxsize=None)
def tree() -> Path:
    return built(STAGE)


def own_disk(name: str = "disk.img") -> Path:
    """A disk like the tree's."""
    image = work_folder("disk") / name
    disks.make(image, tree() / "build/disk/bin", tree() / "user/disk")
    return image


def machine(disk: tuple[str, ...], board: str = "pc",
            privileges: Path | None = None) -> tuple[Path, list[str]]:
    """The usual machine but for board, disk and privileges; and its line."""
    line = work_folder("line") / "line"
    words = qemu.command(qemu.Machine(
        kernel=tree() / "build/microk.elf", serial=qemu.to_pipes(line), extra=disk,
        modules=tuple(privileges if privileges and module.name == programs.PRIVILEGES else module
                      for module in programs.built(tree() / "build"))))
    return line, [board if word == "pc" else word for word in words]


def shell(commands: str, line: Path, words: list[str]) -> str:
    """What a machine's shell says to commands, up to the end."""
    file = work_folder("typed") / "text"
    file.write_text(commands)
    with file.open("rb") as typed, subprocess.Popen(
            [sys.executable, "-c", SERVE, str(ROOT / "tools"), str(line), *words], stdin=typed,
            stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            said = listen(process, "", lambda said: END in said, time.monotonic() + LIMIT)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return said.replace("\r", "")


def debugfs(image: Path, command: str) -> str:
    return run(disks.tool("debugfs"), "-R", command, image).stdout


def bad_disk(image: Path, **when: str | int) -> tuple[str, ...]:
    """A disk that tells an error, as QEMU's blkdebug says when."""
    words = "".join(f",inject-error.0.{key}={value}" for key, value in when.items())
    return ("-blockdev", "driver=blkdebug,node-name=bad,image.driver=file,"
            f"image.filename={image},inject-error.0.errno=5{words}",
            "-blockdev", "driver=raw,node-name=disk,file=bad",
            "-device", "ide-hd,drive=disk,bus=ide.0,unit=0,rerror=report,werror=report")


@unittest.skipUnless(STAGE, "needs a disk")
class Machines(unittest.TestCase):
    expected_seconds = 60

    def check_disk(self, image: Path) -> None:
        done = run(disks.tool("e2fsck"), "-fn", image)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_without_a_bus_master(self) -> None:
        image = own_disk()
        said = shell("cat /etc/hello.txt\ncp /bin/sh /home/copy\ncmp /bin/sh /home/copy && "
                     "echo the same\nsync\n", *machine(qemu.disk(image), "isapc"))
        self.assertRegex(said, r"disk 0: \d+ sectors, PIO")
        self.assertIn("Hello from a file.", said)
        self.assertIn("\nthe same\n", said)
        self.check_disk(image)
        copied = disks.programs_on(image, {"sh": image})["sh"]
        self.assertEqual(copied, (tree() / "build/disk/bin/sh").read_bytes())
        debugfs(image, f"dump /home/copy {image}.copy")
        self.assertEqual(Path(f"{image}.copy").read_bytes(), copied)

    def test_a_sector_that_cannot_be_read(self) -> None:
        image = own_disk()
        block = int(debugfs(image, "blocks /etc/motd").split()[0])
        sector = block * disks.BLOCK_SIZE // 512
        said = shell("cat /etc/motd\necho status $?\ncat /etc/hello.txt\n",
                     *machine(bad_disk(image, event="read_aio", iotype="read", sector=sector)))
        self.assertRegex(said, r"(?i)motd: (Input/output error|I/O error)")
        self.assertIn("\nstatus 1\n", said)
        self.assertIn("Hello from a file.", said)
        failed = re.search(r"\[storage\] disk 0: read of (\d+) sectors at (\d+) by PIO failed: "
                           r"status 41, error", said)
        self.assertTrue(failed, said)
        self.assertIn(sector, range(int(failed[2]), int(failed[2]) + int(failed[1])))

    def test_a_disk_that_cannot_empty_its_cache(self) -> None:
        image = own_disk()
        said = shell("echo new > /home/new\n",
                     *machine(bad_disk(image, event="none", iotype="flush")))
        self.assertRegex(said, r"\[storage\] disk 0: flush of 0 sectors at 0 by PIO failed: "
                               r"status 41, error 04")
        self.assertIn("[start] not everything could be written: Input/output error", said)

    def test_two_disks(self) -> None:
        first, second = own_disk(), own_disk("second.img")
        other = tuple(word.replace("index=0", "index=1") for word in qemu.disk(second))
        said = shell("mount -t ext2 disk1 /mnt\ncp /etc/hello.txt /mnt/home/second\n"
                     "umount /mnt\n", *machine((*qemu.disk(first), *other)))
        self.assertRegex(said, r"disk 1: \d+ sectors, DMA")
        self.assertIn("Hello from a file.", debugfs(second, "cat /home/second"))
        self.assertNotIn("Hello", debugfs(first, "cat /home/second"))
        for image in (first, second):
            self.check_disk(image)


@unittest.skipUnless(STAGE, "needs a disk")
class Privileges(unittest.TestCase):
    expected_seconds = 20

    def boot(self, **others: str) -> str:
        """What is said with other privileges for some programs, and `ls /bin` typed."""
        file = work_folder("privileges") / programs.PRIVILEGES
        usual = tree() / "build" / programs.FOLDER / programs.PRIVILEGES
        parts = programs.privileges_by_program(usual.read_text()) | others
        file.write_text(programs.privileges_file(parts))
        return shell("ls /bin\n", *machine(qemu.disk(own_disk()), privileges=file))

    def test_nobody_reaches_the_disk_without_a_line_that_says_so(self) -> None:
        usual = tree() / "servers/vfs/vfs.needs"
        less = usual.read_text().replace("calls storage\n", "")
        self.assertNotEqual(less, usual.read_text())
        said = self.boot(vfs=less)
        self.assertIn("[ok] storage", said)
        self.assertIn("[vfs] there is no file system on disk0", said)
        self.assertNotIn("is the root directory\n", said.replace(", and in memory", ""))
        self.assertIn("/bin/sh: No such file", said)

    def test_nobody_gets_powers_by_starting_a_program_that_has_them(self) -> None:
        said = shell("run vfs\nrun storage\nls /etc\n", *machine(qemu.disk(own_disk())))
        self.assertIn("run: vfs: ERROR_NO_RIGHT", said)
        self.assertIn("run: storage: ERROR_BUSY", said)
        self.assertIn("hello.txt  motd\n", said)

    def test_lines_that_make_no_sense_are_told(self) -> None:
        wrong = {
            "calls nothing\n": "clock calls nothing, which no program serves",
            "serves storage\n": "program clock: another program serves it",
            "serves one\nserves two\n": "program clock: a program serves one service",
            "calls storage\ncalls storage\n": "program clock: it stands there twice",
            "priority 31\n": "program clock: it cannot be read",
        }
        for lines, told in wrong.items():
            with self.subTest(lines):
                said = self.boot(clock=lines)
                self.assertRegex(said, rf"\[init\] privileges: (line \d+, )?{told}\n")
                self.assertIn("[ok] console", said)
