"""A person's session with the system: typed on the serial line, on the keyboard, and in Bochs.

What has to come is the same everywhere. docs/07-session.md shows it, with pictures of the screen.
"""

import re
import subprocess
import sys
import unittest
from functools import lru_cache
from pathlib import Path

import picture
from real_kit import STAGES
from shell_machine import LIMIT, PROMPT, STAGE, own_disk, tree, typed
from support import ROOT, run, work_folder

PAGE = ROOT / "docs" / "07-session.md"
BLOCK = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)

LOADED = ("names", "storage", "vfs", "console", "clock", "start")
COUNTED = ("storage driver calls", "storage transfers", "open", "close", "read", "write", "seek",
           "stat", "fstat", "readdir", "dup", "control", "begin", "pass", "attach", "next")
SUMS = ("requests answered", "requests refused", "requests under way", "clients gone")


def disk_programs() -> list[str]:
    return [name for stage in STAGES for name in stage.disk_programs]


def count(name: str, mean: bool = False) -> str:
    return rf"{name} +(\d+)" + r" +mean +\d+ us" * mean


# What is typed, and what each line has to be that comes. How many lines ls makes is its affair.
LIST = "ls /bin"
SESSION = {
    LIST: [r"(?:\S+ +)*\S+"] * len(disk_programs()),
    "uname -a": [rf"MicroK {re.escape(STAGES[-1].version)} x86_64 microkernel"],
    "ps": [" +PID STATE +NAME",
           *(rf" +{i} (?:WAITING|READY) +{name}" for i, name in enumerate((*LOADED, "sh"), 1)),
           r" +\d+ RUNNING +ps"],
    'echo "Hello from user space!"': ["Hello from user space!"],
    "cat /etc/hello.txt": [re.escape(line) for line in
                           (ROOT / "user/disk/etc/hello.txt").read_text().splitlines()],
    "cat /proc/ipc_stats": [
        count("requests received"), count("requests answered", True), count("requests refused"),
        count("requests under way"), count("clients gone"), r"answers delivered +100\.00 %",
        count("signals received"), *(count(name, True) for name in COUNTED)],
}
TYPED = "".join(f"{line}\n" for line in SESSION)


def answers(text: str) -> dict[str, list[str]]:
    """What came behind each typed line."""
    found: dict[str, list[str]] = {}
    for part in text.replace("\r", "").split(f"\n{PROMPT}")[1:]:
        command, *lines = part.split("\n")
        found[command] = lines
    return found


class Session(unittest.TestCase):
    """What all sessions have to show."""

    maxDiff = None

    def check(self, found: dict[str, list[str]]) -> None:
        """Compares answers, of one command or of several, with what they have to be."""
        for command, lines in found.items():
            with self.subTest(command=command):
                if command != LIST:
                    self.assertEqual(len(lines), len(SESSION[command]), lines)
                for line, pattern in zip(lines, SESSION[command]):
                    self.assertRegex(line, f"^{pattern}$")
        if LIST in found:
            shown = " ".join(found[LIST]).split()
            self.assertEqual(sorted(shown), sorted(set(disk_programs())))
        if "cat /proc/ipc_stats" in found:
            self.check_sums("\n".join(found["cat /proc/ipc_stats"]))

    def check_sums(self, text: str) -> None:
        """The counters fit together: nothing of them is invented."""
        numbers = {name: int(re.search(count(name), text)[1])
                   for name in ("requests received", *SUMS)}
        self.assertEqual(numbers["requests received"], sum(numbers[name] for name in SUMS))
        self.assertGreater(numbers["requests under way"], 0)    # one asks for this

    def check_serial(self, done: subprocess.CompletedProcess[str]) -> None:
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        text = done.stdout.replace("\r", "")
        self.assertRegex(text, "(?s)" + ".*".join(map(re.escape, STAGE.sees)))
        found = answers(text[:text.rindex(f"\n{PROMPT}")])
        self.assertEqual(list(found), list(SESSION))
        self.check(found)


@unittest.skipUnless(STAGE, "needs a shell")
class OnTheSerialLine(Session):
    expected_seconds = 10

    def test_in_qemu(self) -> None:
        self.check_serial(typed(tree(), TYPED, "run", f"--disk '{own_disk()}'", LIMIT))

    def test_in_bochs(self) -> None:
        self.check_serial(typed(tree(), TYPED, "bochs", f"--disk '{own_disk()}'", LIMIT))


@lru_cache(maxsize=None)
def taken() -> Path:
    """A folder with the pictures that the kit's command takes, and their texts."""
    folder = work_folder("screenshots")
    done = run(sys.executable, tree() / "tools/screenshot.py", "--build", tree() / "build",
               "--out", folder, "--text")
    if done.returncode:
        raise AssertionError(done.stderr)
    return folder


def rows_of(image: Path) -> list[str]:
    return image.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


@unittest.skipUnless(STAGE, "needs a shell")
class InTheWindow(Session):
    """Typed on the PS/2 keyboard, read off the screen."""

    expected_seconds = 20

    def pictures(self) -> list[Path]:
        return [taken() / name for name in re.findall(r"\]\(([\w-]+\.png)\)", PAGE.read_text())]

    def test_the_screen_shows_the_session(self) -> None:
        seen: dict[str, list[str]] = {}
        for image in self.pictures():
            text = "\n" + "\n".join(rows_of(image)).rstrip()
            self.assertTrue(text.endswith(f"\n{PROMPT.rstrip()}"), text)
            found = answers(text.removesuffix(f"\n{PROMPT.rstrip()}"))
            self.check(found)
            seen |= found
        self.assertEqual(list(seen), list(SESSION))

    def test_the_serial_line_shows_the_same(self) -> None:
        serial = (taken() / f"{PAGE.stem}.txt").read_text(encoding="utf-8")
        lines = [line.rstrip() for line in serial.split("\n")]
        for image in self.pictures():
            shown = "\n".join(rows_of(image)).rstrip()
            self.assertIn(f"\n{shown}", "\n" + "\n".join(lines))

    def test_a_picture_shows_what_is_on_the_screen(self) -> None:
        """A picture of each character is the same wherever it stands, and no other's."""
        picture.font_of({image: rows_of(image) for image in self.pictures()})

    def test_the_page_shows_its_pictures(self) -> None:
        """The page has the text of a session, and each picture ends with what is said before it."""
        page = PAGE.read_text(encoding="utf-8")
        session = self.said(page)
        self.check(answers(session))
        self.assertEqual(list(answers(session)), list(SESSION))
        font = picture.font_of({image: rows_of(image) for image in self.pictures()})
        for image in self.pictures():
            shown = "\n".join(picture.text_of(PAGE.parent / image.name, font)).rstrip()
            before = self.said(page[:page.index(f"({image.name})")])
            self.assertTrue(f"{before}\n{PROMPT.rstrip()}".endswith(f"\n{shown}"), shown)

    def said(self, page: str) -> str:
        return "\n" + "".join(BLOCK.findall(page)).rstrip("\n")


class ScreenshotRefusals(unittest.TestCase):
    """What cannot be done is said in one line."""

    def refused(self, page: str) -> str:
        folder = work_folder("page")
        (folder / "page.md").write_text(page, encoding="utf-8")
        done = run(sys.executable, ROOT / "tools/screenshot.py", folder / "page.md",
                   "--build", folder, "--out", folder)
        self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1))
        return done.stderr

    def test_a_page_without_a_picture(self) -> None:
        self.assertIn("shows no picture", self.refused(f"{PROMPT}ls\n"))

    def test_nothing_is_built(self) -> None:
        self.assertIn("`make` builds it", self.refused("![a](b.png)\n"))

    def test_what_no_key_sends(self) -> None:
        self.assertIn("no key of the keyboard sends 'ä'",
                      self.refused(f"{PROMPT}ä\n\n![a](b.png)\n"))


if __name__ == "__main__":
    unittest.main()
