"""The terminal in front of a guest's serial line, with stand-ins for emulator and guest."""

import os
import subprocess
import sys
import time
import unittest

from support import ROOT, work_folder

# Serves a console between its own stdin and stdout and a stand-in for an emulator, whose command
# follows; `LINE` in it stands for the pipes' path or the pty. The status tells what serve() gives.
SERVE = """
import subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from emulator import terminal
kind, place, limit, *command = sys.argv[2:]
console = terminal.PtyConsole() if kind == "pty" else \
    terminal.PipeConsole(Path(place), careful=kind == "careful")
with console:
    line = console.device if kind == "pty" else place
    with subprocess.Popen([line if word == "LINE" else word for word in command]) as process:
        ended = console.serve(process, float(limit))
        process.kill()
sys.exit(4 if console.left else 0 if ended else 3)
"""

# Guests: they have the line as `source` and `sink`, unbuffered.
PIPE = ("import os, sys, time\n"
        "source = os.open(sys.argv[1] + '.in', os.O_RDWR)\n"
        "sink = os.open(sys.argv[1] + '.out', os.O_RDWR)\n")
OPEN = {"pipe": PIPE, "careful": PIPE,
        "pty": "import os, sys, time\nsource = sink = os.open(sys.argv[1], os.O_RDWR)\n"}
READ_TO_END = """
got = b""
while not got.endswith(b"\\x04"):
    text = os.read(source, {size})
    got += text
    os.write(sink, text)
    time.sleep({pause})
"""


class Consoles(unittest.TestCase):
    expected_seconds = 20

    def serve(self, kind: str, guest: str, given: bytes = b"", limit: float = 0,
              ) -> subprocess.CompletedProcess[bytes]:
        """Runs a guest to its end with something on its stdin."""
        return subprocess.run(self.command(kind, guest, limit), input=given, timeout=60,
                              stdout=subprocess.PIPE, check=False)

    def command(self, kind: str, guest: str, limit: float = 0) -> list[str]:
        return [sys.executable, "-c", SERVE, str(ROOT / "tools"), kind,
                str(work_folder("line") / "line"), str(limit), sys.executable, "-c",
                OPEN[kind] + guest, "LINE"]

    def test_what_is_given_arrives_and_then_ctrl_d(self) -> None:
        guest = "os.write(sink, b'> ')\n" + READ_TO_END.format(size=10, pause=0)
        for kind in OPEN:
            for given, seen in ((b"one\ntwo\n", b"one\ntwo\n\x04"), (b"half", b"half\n\x04"),
                                (b"", b"\x04")):
                with self.subTest(kind=kind, given=given):
                    done = self.serve(kind, guest, given)
                    self.assertEqual((done.returncode, done.stdout), (0, b"> " + seen))

    def test_a_slow_guest_loses_nothing(self) -> None:
        given = b"".join(b"line %d\n" % i for i in range(20000))
        guest = "os.write(sink, b'> ')\n" + READ_TO_END.format(size=1000, pause=0.0005)
        done = self.serve("pipe", guest, given)
        self.assertEqual(done.stdout, b"> " + given + b"\x04")

    def test_nothing_is_given_before_the_guest_speaks(self) -> None:
        guest = ("import fcntl\nfcntl.fcntl(source, fcntl.F_SETFL, os.O_NONBLOCK)\n"
                 "time.sleep(0.5)\n"
                 "try:\n    early = os.read(source, 100)\n"
                 "except BlockingIOError:\n    early = b''\n"
                 "os.write(sink, b'early: %d> ' % len(early))\ntime.sleep(0.5)\n"
                 "os.write(sink, b'late: %d' % len(os.read(source, 100)))\n")
        for kind in OPEN:
            with self.subTest(kind=kind):
                self.assertRegex(self.serve(kind, guest, b"abc\n").stdout,
                                 rb"^early: 0> late: [45]$")

    def test_who_loses_bytes_is_given_what_a_uart_holds(self) -> None:
        guest = ("os.write(sink, b'> ')\nlargest = 0\ngot = b''\n"
                 "while not got.endswith(b'\\x04'):\n"
                 "    time.sleep(0.005)\n    text = os.read(source, 1000)\n    got += text\n"
                 "    largest = max(largest, len(text))\n    os.write(sink, text)\n"
                 "os.write(sink, b'largest: %d' % largest)\n")
        given = bytes(range(65, 91)) * 10
        for kind in ("pty", "careful"):
            done = self.serve(kind, guest, given)
            self.assertIn(given + b"\n\x04largest: 12", done.stdout)

    def test_a_slow_reader_gets_everything(self) -> None:
        guest = "for i in range(30000):\n    os.write(sink, b'number %d\\n' % i)\n"
        with subprocess.Popen(self.command("pipe", guest), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE) as process:
            time.sleep(1)
            seen = b""
            while text := os.read(process.stdout.fileno(), 20000):
                seen += text
                time.sleep(0.001)
        self.assertEqual(seen, b"".join(b"number %d\n" % i for i in range(30000)))

    def test_a_reader_that_goes_ends_the_run(self) -> None:
        guest = "while True:\n    os.write(sink, b'again\\n')\n    time.sleep(0.001)\n"
        with subprocess.Popen(self.command("pipe", guest), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE) as process:
            process.stdout.read(10)
            process.stdout.close()
            self.assertEqual(process.wait(30), 4)

    def test_the_limit_holds(self) -> None:
        for kind in OPEN:
            self.assertEqual(self.serve(kind, "time.sleep(60)", limit=0.3).returncode, 3)

    def test_a_person_leaves_by_ctrl_a_x(self) -> None:
        for kind in OPEN:
            with self.subTest(kind=kind):
                self.assertEqual(self.at_terminal(kind, b"ab\x01\x01\x01c\x01x"),
                                 (4, b"ab\x01c"))

    def at_terminal(self, kind: str, keys: bytes) -> tuple[int, bytes]:
        """Status and output of a console at a terminal where these keys are pressed; the guest
        shows all it gets, in marks."""
        ours, theirs = os.openpty()
        guest = "while True:\n    os.write(sink, b'<' + os.read(source, 1) + b'>')\n"
        try:
            with subprocess.Popen(self.command(kind, guest), stdin=theirs,
                                  stdout=subprocess.PIPE) as process:
                for i in range(len(keys)):
                    time.sleep(0.3)     # so that what was pressed has arrived when it ends
                    os.write(ours, keys[i:i + 1])
                shown = process.stdout.read()
                return process.wait(30), shown.replace(b"<", b"").replace(b">", b"")
        finally:
            os.close(ours)
            os.close(theirs)
