"""The storage driver as a program of the host, on a machine that is none: a script of what clients
ask and what the machine does, and what each line of it has led to."""

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sanitized import compile_or_link
from support import ROOT, run, work_folder

HARNESS = ROOT / "tools" / "hosttest" / "storage"
FOLDERS = ("-I", HARNESS / "stand_ins", "-I", HARNESS.parent / "stand_ins", "-I", HARNESS,
           "-I", ROOT, "-I", ROOT / "drivers", "-I", ROOT / "kernel",
           "-idirafter", ROOT / "user/lib")
SEEDS = [int(seed) for seed in os.environ.get("HOSTTEST_SEEDS", "1 2 3 4").split()]

INFO, MEMORY, SIGNAL, SUBMIT, REAP = range(1, 6)        # enum storage_request
READ, WRITE, FLUSH = 1, 2, 3                            # enum storage_operation
EIO, EAGAIN, EBUSY, ENODEV, EINVAL = 5, 11, 16, 19, 22
SECTOR, SECTORS_MAX, QUEUE, CLIENTS = 512, 128, 64, 8
PAGE, MEMORY_PAGES = 4096, 512
MANY = 2**64 - 1
COMMAND_TIME, RESET_PAUSE = 30000, 10


@lru_cache(maxsize=None)
def work_place() -> Path:
    return work_folder("storage")


@lru_cache(maxsize=None)
def harness(compiler: str) -> Path:
    """The driver as a program of the host."""
    program = work_place() / f"storage-{compiler}"
    sources = [*sorted(HARNESS.glob("*.c")), *sorted((ROOT / "drivers/storage").glob("*.c"))]
    compile_or_link(compiler, "-Dmain=driver_main", *FOLDERS, *sources, "-o", program)
    return program


@dataclass
class Told:
    """What a line of the script has led to."""

    label: int = -1
    words: list[int] = field(default_factory=list)
    signals: list[int] = field(default_factory=list)
    data: bytes = b""
    mapped: int = 0
    log: list[str] = field(default_factory=list)


class Machine:
    """A script, and what became of each line of it once it has run. Frame N has 4 MB of addresses
    from N * 4 MB - 64 KB + 1 KB on, so that 64 KB boundaries are everywhere."""

    def __init__(self, *machine: str) -> None:
        self.lines = [*machine, "start"]
        self.asked = 0

    def frame(self, number: int, pages: int, address: int | None = None) -> None:
        place = number * 0x400000 if address is None else address
        self.lines.insert(0, f"frame {number} {pages} {place:x}")

    def do(self, line: str) -> int:
        """Adds a line; the number under which run() tells of it."""
        self.lines += [line, f"mark {self.asked}"]
        self.asked += 1
        return self.asked - 1

    def ask(self, name: int, label: int, *words: int) -> int:
        numbers = [*words, 0, 0, 0, 0, 0, 0][:6]
        return self.do(f"ask {name} {label} {' '.join(map(str, numbers))}")

    def give(self, name: int, label: int, what: str) -> int:
        self.lines.append(f"with {what}")
        return self.ask(name, label)

    def client(self, name: int, frame: int, pages: int = 16, address: int | None = None) -> None:
        """A client with memory, and the signal of the frame's number."""
        self.frame(frame, pages, address)
        self.give(name, MEMORY, f"frame {frame} 3")
        self.give(name, SIGNAL, f"signal {frame} 1")

    def run(self, compiler: str = "gcc") -> list[Told]:
        place = work_place() / "script"
        place.write_text("\n".join(self.lines) + "\n")
        done = run(harness(compiler), place)
        if done.returncode:
            raise AssertionError(done.stdout[-2000:] + done.stderr)
        return self.parse(done.stdout)

    def parse(self, text: str) -> list[Told]:
        found, told = {}, Told()
        for line in text.splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "mark":
                found[int(rest)], told = told, Told()
            elif kind == "answer":
                told.label, *told.words = map(int, rest.split())
            elif kind == "signal":
                told.signals.append(int(rest))
            elif kind == "mapped":
                told.mapped = int(rest)
            elif kind == "bytes":
                told.data += bytes.fromhex(rest)
            elif kind == "log":
                told.log.append(rest)
        return [found[i] for i in range(self.asked)]


DMA = ("disk 0 1000 1 1", "master")
PIO = ("disk 0 1000 1 0",)


def reaped(told: Told) -> list[tuple[int, int]]:
    """Tags and errors of an answer to REAP."""
    count = told.words[0]
    return [(told.words[1 + 2 * i], told.words[2 + 2 * i]) for i in range(count)]
