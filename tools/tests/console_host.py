"""The console driver on the host, without its devices: what tools/hosttest/console prints."""

import os
import unittest
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from support import ROOT, run, work_folder

HARNESS = ROOT / "tools" / "hosttest" / "console"
FLAGS = ("-std=c11", "-D_GNU_SOURCE", "-O1", "-g", "-Wall", "-Wextra", "-Werror",
         "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
FOLDERS = ("-I", HARNESS / "stand_ins", "-I", ROOT / "drivers", "-I", ROOT / "servers",
           "-I", ROOT / "kernel", "-idirafter", ROOT / "user/lib")
CONSOLE = "drivers/console"
DEVICES = {"main.c", "uart.c", "keyboard.c", "vga.c"}
SEEDS = [int(seed) for seed in os.environ.get("HOSTTEST_SEEDS", "1 2 3").split()]

OPEN, CLOSE, READ, WRITE, CONTROL, CANCEL = range(1, 7)     # enum manager_request
SET_MODE, GET_SIZE, DRAIN = 1, 2, 3                         # enum console_command
LINES, RAW = 0, 1                                           # enum console_mode
EINTR, EAGAIN, ENOTDIR, EINVAL, ENOTTY, ENOSYS = 4, 11, 20, 22, 25, 38
O_NONBLOCK = 0o4000
WRITE_MAX = 4032
ALL = 10**6


mistake: ContextVar["Edit | None"] = ContextVar("mistake", default=None)   # in what is run


@lru_cache(maxsize=None)
def work_place() -> Path:
    return work_folder("console")


@dataclass(frozen=True)
class Edit:
    """A mistake that is made by replacing one piece of a file."""

    name: str
    file: str
    right: str
    wrong: str

    def apply(self, folder: Path) -> Path:
        """A wrong copy of the file."""
        text = (ROOT / self.file).read_text(encoding="utf-8")
        if text.count(self.right) != 1:
            raise AssertionError(f"{self.file} has changed: {self.name}")
        place = folder / Path(self.file).name
        place.write_text(text.replace(self.right, self.wrong), encoding="utf-8")
        return place


def build(name: str, sources: list[Path], edit: Edit | None = None) -> Path:
    """A program of the host, maybe with a mistake in one of its sources."""
    program = work_place() / name
    if edit is not None:
        wrong = edit.apply(work_place())
        sources = [wrong if source == ROOT / edit.file else source for source in sources]
    done = run("gcc", *FLAGS, *([] if edit is None else ["-w"]), *FOLDERS, *sources, "-o", program)
    if done.returncode:
        raise AssertionError(done.stderr)
    return program


def driver_sources() -> list[Path]:
    return [HARNESS / "console.c", *sorted(path for path in (ROOT / CONSOLE).glob("*.c")
                                           if path.name not in DEVICES)]


@lru_cache(maxsize=None)
def harness(edit: Edit | None) -> Path:
    """The driver as a program of the host."""
    return build("console" if edit is None else f"wrong {edit.name}", driver_sources(), edit)


def is_found(edit: Edit, test: unittest.TestCase) -> bool:
    """Whether a test fails when the driver has a mistake."""
    harness(edit)       # a mistake that the compiler finds does not count
    token = mistake.set(edit)
    result = unittest.TestResult()
    result.failfast = True
    test.run(result)
    mistake.reset(token)
    return not result.wasSuccessful()


def digits(data: bytes) -> str:
    return data.hex() or "-"


def data_of(word: str) -> bytes:
    return b"" if word == "-" else bytes.fromhex(word)


@dataclass(frozen=True)
class Answer:
    tag: int
    error: int
    result: int
    data: bytes


@dataclass
class Told:
    """What the driver has told between two looks at the screen."""

    answers: list[Answer] = field(default_factory=list)
    sent: bytes = b""
    interrupts: int = 0
    full: int = 0
    cursor: tuple[int, int] = (0, 0)
    hidden: bool = False
    cells: bytes = b""


def parse(text: str) -> list[Told]:
    """What a run has printed, in pieces that each end with a screen."""
    found = [Told()]
    for line in text.splitlines():
        kind, *words = line.split()
        if kind == "answer":
            found[-1].answers.append(Answer(*map(int, words[:3]), data_of(words[3])))
        elif kind == "sent":
            found[-1].sent += data_of(words[0])
        elif kind in ("interrupt", "end"):      # "end all"
            found[-1].interrupts += 1
        elif kind == "full":
            found[-1].full += 1
        else:
            found[-1].cursor = (int(words[0]), int(words[1]))
            found[-1].hidden = words[2] == "1"
            found[-1].cells = data_of(words[3])
            found.append(Told())
    return found[:-1]


class Script:
    """Orders for the driver, and the tags of the requests in them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tag = 0

    def ask(self, request: int, first: int = 0, second: int = 0, data: bytes = b"",
            handle: int = 0) -> int:
        self.lines.append(f"ask {request} {handle} {first} {second} {digits(data)}")
        self.tag += 1
        return self.tag

    def write(self, data: bytes) -> int:
        return self.ask(WRITE, len(data), 0, data)

    def read(self, size: int = WRITE_MAX, handle: int = 0) -> int:
        return self.ask(READ, size, handle=handle)

    def type(self, data: bytes) -> None:
        self.lines.append(f"type {digits(data)}")

    def codes(self, data: bytes) -> None:
        self.lines.append(f"codes {digits(data)}")

    def serve(self) -> None:
        self.lines.append("serve")

    def send(self, most: int = ALL) -> None:
        self.lines.append(f"send {most}")

    def look(self) -> None:
        """Serves, sends all, and looks at the screen."""
        self.lines += ["serve", f"send {ALL}", "serve", f"send {ALL}", "screen"]

    def run(self) -> list[Told]:
        place = work_place() / "script"
        place.write_text("\n".join(self.lines) + "\n", encoding="utf-8")
        done = run(harness(mistake.get()), place)
        if done.returncode:
            raise AssertionError(done.stderr)
        return parse(done.stdout)
