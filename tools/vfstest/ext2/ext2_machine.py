"""ext2 on the host: the server's code on an image, images made and looked at by e2fsprogs."""

import errno
import os
import shutil
import subprocess
import zlib
from functools import lru_cache
from pathlib import Path

from support import ROOT, run, work_folder

HARNESS = ROOT / "tools" / "vfstest" / "ext2"
PARTS = ("servers/vfs", "drivers/storage", "user/lib", "kernel/abi")    # what is built of the tree
PATTERN_SIZE = 65536
MASK = (1 << 64) - 1
POWER_CUT = 9           # exit status of the machine whose power was cut
MB = 1 << 20


def pattern_bytes() -> bytes:
    """The bytes that all data are made of: SplitMix64, as the harness has it."""
    state, made = 1, bytearray()
    for _ in range(PATTERN_SIZE):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        bits = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & MASK
        bits = ((bits ^ bits >> 27) * 0x94D049BB133111EB) & MASK
        made.append((bits ^ bits >> 31) & 0xFF)
    return bytes(made)


PATTERN = pattern_bytes() * 3


def data_of(seed: int, size: int) -> bytes:
    """The data of a number, as much as is wanted."""
    start = seed % PATTERN_SIZE
    whole = PATTERN[start:start + PATTERN_SIZE]
    return (whole * (size // PATTERN_SIZE + 1))[:size]


@lru_cache(maxsize=None)
def work_place() -> Path:
    return work_folder("ext2")


@lru_cache(maxsize=None)
def tree() -> Path:
    """A copy of what is built, to make mistakes in."""
    place = work_place() / "tree"
    for part in PARTS:
        shutil.copytree(ROOT / part, place / part)
    return place


def build(compiler: str = "gcc") -> Path:
    """Builds what has changed. Gives the program that has the server's ext2."""
    out = work_place() / compiler
    done = run("make", "-s", "-j2", "-C", HARNESS, f"TREE={tree()}", f"OUT={out}",
               f"CC={compiler}", limit=300)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return out / "ext2test"


@lru_cache(maxsize=None)
def harness(compiler: str = "gcc") -> Path:
    """The same, built once."""
    return build(compiler)


def make_image(name: str, size: int, *options: str) -> Path:
    """An image of so many bytes, made by mke2fs with more options."""
    image = work_place() / name
    with open(image, "wb") as file:
        file.truncate(size)
    must("mke2fs", "-q", "-F", "-t", "ext2", "-E", "lazy_itable_init=0", *options, image)
    return image


def must(*words: str | Path) -> str:
    """Runs a program that must not fail."""
    done = run(*words)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout


def copy_of(image: Path, name: str = "copy.img") -> Path:
    """A copy of an image; one of the same name is replaced."""
    return Path(shutil.copyfile(image, work_place() / name))


def check_clean(image: Path) -> str:
    """What e2fsck finds wrong with an image; empty: nothing."""
    done = run("e2fsck", "-fn", image)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def repair(image: Path, *options: str) -> str:
    """Has e2fsck mend an image."""
    done = run("e2fsck", "-fy", *options, image)
    if done.returncode > 1:
        raise AssertionError(f"e2fsck cannot mend it: {done.stdout}{done.stderr}")
    return done.stdout


def debugfs(image: Path, command: str) -> str:
    """What debugfs answers; names in it may be any bytes."""
    done = subprocess.run(["debugfs", "-R", command, image], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120, check=False)
    return (done.stdout + done.stderr.partition(b"\n")[2]).decode("latin-1")


def dump(image: Path) -> dict[bytes, object]:
    """What debugfs finds in an image: paths, and bytes of a file, target of a link, or None."""
    folder = work_place() / "dump"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    said = debugfs(image, f"rdump / {folder}")
    if said:
        raise AssertionError(f"debugfs: {said}")
    found: dict[bytes, object] = {}
    base = os.fsencode(folder)
    for place, folders, files in os.walk(base):
        for name in folders + files:
            path = os.path.join(place, name)
            inside = path[len(base):]
            if os.path.islink(path):
                found[inside] = os.readlink(path).decode("latin-1")
            elif os.path.isdir(path):
                found[inside] = None
            else:
                with open(path, "rb") as file:
                    found[inside] = file.read()
    return found


def encoded(name: bytes) -> str:
    """A path or a name as a word of a command."""
    return "".join(chr(byte) if 0x21 <= byte < 0x7F and byte != 0x25 else f"%{byte:02x}"
                   for byte in name)


class Machine:
    """The server's ext2 with an image as its disk."""

    def __init__(self, image: Path, seed: int = 1, compiler: str = "gcc") -> None:
        self.image = image
        self.log: list[str] = []
        # The console goes to a file: a pipe that nobody reads would stop the machine.
        self.console = open(work_place() / "console", "w+b")
        self.process = subprocess.Popen(
            [harness(compiler), image, str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.console)

    def __enter__(self) -> "Machine":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.console):
            try:
                stream.close()
            except BrokenPipeError:
                pass

    def said(self) -> str:
        """What the console shows."""
        self.console.flush()
        self.console.seek(0)
        return self.console.read().decode("utf-8", "replace")

    def do(self, *words: str | bytes | int) -> tuple[int, str]:
        """Runs a command; gives its error number, and what comes behind."""
        line = " ".join(encoded(word) if isinstance(word, bytes) else str(word) for word in words)
        self.log.append(line)
        try:
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer.endswith(b"\n"):
            status = self.process.wait()
            if status == POWER_CUT:
                raise PowerCut(line)
            raise AssertionError(f"the machine has ended with {status} at {line!r}, behind\n  "
                                 + "\n  ".join(self.log[-12:]) + "\n" + self.said()[-6000:])
        number, _, rest = answer.decode().partition(" ")
        return int(number), rest.strip()

    def must(self, *words: str | bytes | int) -> str:
        """Runs a command that must not fail."""
        number, rest = self.do(*words)
        if number != 0:
            raise AssertionError(f"{words}: {errno.errorcode.get(number, number)}, behind\n  "
                                 + "\n  ".join(self.log[-12:]) + "\n" + self.said()[-3000:])
        return rest

    def end(self) -> None:
        """Ends the machine when it has nothing more to do."""
        self.process.stdin.close()
        if self.process.wait(timeout=60) != 0:
            raise AssertionError(f"the machine has ended with {self.process.returncode}\n"
                                 + self.said()[-6000:])

    def free_blocks(self) -> int:
        return int(self.must("space").split()[2])

    def free_inodes(self) -> int:
        return int(self.must("space").split()[4])


class PowerCut(Exception):
    """The power was cut in the middle of a command."""


def checksum(data: bytes) -> str:
    """What the harness answers to a read."""
    return f"{len(data)} {zlib.crc32(data)}"
