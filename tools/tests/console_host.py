"""The console driver on the host, without its devices: what tools/hosttest/console prints."""

import os
import unittest
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mutation import Mutation, Teeth
from sanitized import compile_or_link
from support import ROOT, run, work_folder

HARNESS = ROOT / "tools" / "hosttest" / "console"
FOLDERS = ("-I", HARNESS.parent / "stand_ins", "-I", HARNESS.parent, "-I", ROOT / "drivers",
           "-I", ROOT / "servers", "-I", ROOT / "kernel", "-idirafter", ROOT / "user/lib")
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


# In what is run.
mistake: ContextVar[Mutation | None] = ContextVar("mistake", default=None)


@lru_cache(maxsize=None)
def work_place() -> Path:
    return work_folder("console")


@lru_cache(maxsize=None)
def compiled(source: Path) -> Path:
    """The object file of a source."""
    made = work_place() / f"{source.parent.name}-{source.stem}.o"
    compile_or_link("gcc", *FOLDERS, "-c", source, "-o", made)
    return made


def compiled_wrong(mutation: Mutation) -> Path:
    """The object file of a source that has a mistake."""
    wrong = work_place() / Path(mutation.file).name
    wrong.write_text(mutation.mutated(ROOT), encoding="utf-8")
    made = wrong.with_suffix(".o")
    compile_or_link("gcc", "-w", *FOLDERS, "-c", wrong, "-o", made)
    return made


def build(name: str, sources: list[Path], mutation: Mutation | None) -> Path:
    """A program of the host, maybe with a mistake in one of its sources."""
    program = work_place() / (f"{name}, {mutation.name}" if mutation else name)
    wrong = ROOT / mutation.file if mutation else None
    objects = [compiled_wrong(mutation) if source == wrong else compiled(source)
               for source in sources]
    compile_or_link("gcc", *objects, "-o", program)
    return program


def driver_sources() -> list[Path]:
    return [HARNESS / "console.c", *sorted(path for path in (ROOT / CONSOLE).glob("*.c")
                                           if path.name not in DEVICES)]


@lru_cache(maxsize=None)
def harness(mutation: Mutation | None) -> Path:
    """The driver as a program of the host."""
    return build("console", driver_sources(), mutation)


class HostTeeth(Teeth):
    """A test that a mutation names fails when the program has it."""

    program = staticmethod(harness)

    def expect_found(self, mutation: Mutation[unittest.TestCase]) -> None:
        self.program(mutation)      # a mistake that the compiler finds does not count
        result = unittest.TestResult()
        result.failfast = True
        token = mistake.set(mutation)
        mutation.finder.run(result)
        mistake.reset(token)
        self.assertFalse(result.wasSuccessful(), "was not found")


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
