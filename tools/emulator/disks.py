"""Disk images: ext2, made and changed by e2fsprogs, so nobody has to be root for it.

The same programs give the same image, byte for byte: names, numbers and times in it are fixed.
A change is made in a copy, which takes the image's place when all of it is right.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import Iterator

from . import session

NAME = "disk.img"       # in a build
MEGABYTES = 32
BLOCK_SIZE = 4096       # a page: blocks that lie side by side go over in one transfer
BLOCK_SIZES = (1024, 2048, 4096)

LABEL = "microk"
UUID = "4d696372-6f4b-4469-736b-000000000001"
HASH_SEED = "4d696372-6f4b-4469-736b-000000000002"
TIME = "1767225600"     # 2026-01-01, 0:00 UTC: when all files were made
FEATURES = "none,filetype,sparse_super,large_file"
INODE_SIZE = 128
BYTES_PER_INODE = 4096

FOLDERS = {"bin": 0o755, "dev": 0o755, "etc": 0o755, "home": 0o755, "mnt": 0o755, "proc": 0o755,
           "tmp": 0o1777}
IS_FOLDER = 0o040000    # bits of an inode's mode
IS_FILE = 0o100000

MAGIC_PLACE = 1024 + 56     # of the superblock's magic number, and what that is
MAGIC = struct.pack("<H", 0xEF53)
LABEL_PLACE = 1024 + 120

CHECK_MENDED = 1    # bits of e2fsck's status
CHECK_TROUBLE = ~CHECK_MENDED

REMEDY = "`make disk NEW=1` makes a new one in its place"


class Refusal(Exception):
    """What was asked for cannot be done; the message is the one line that says why."""


def make(image: Path, programs: Path, files: Path | None, megabytes: int = MEGABYTES,
         block_size: int = BLOCK_SIZE) -> None:
    """Makes a new image with these programs, and with the files of a folder."""
    with contextlib.ExitStack() as stack:
        if image.exists():
            stack.enter_context(held(image))
        image.parent.mkdir(parents=True, exist_ok=True)
        unfinished = stack.enter_context(beside(image))
        with unfinished.open("wb") as file:
            file.truncate(megabytes << 20)
        run("mke2fs", "-q", "-F", "-t", "ext2", "-b", str(block_size), "-m", "0", "-L", LABEL,
            "-U", UUID, "-E", f"hash_seed={HASH_SEED},root_owner=0:0,lazy_itable_init=0",
            "-O", FEATURES, "-I", str(INODE_SIZE), "-i", str(BYTES_PER_INODE), str(unfinished))
        fill(unfinished, programs, files)
        unfinished.replace(image)


def fill(image: Path, programs: Path, files: Path | None) -> None:
    """Puts everything on an empty disk."""
    script = []
    for name, mode in FOLDERS.items():
        script += [f"mkdir {name}", f"set_inode_field {name} mode 0{IS_FOLDER | mode:o}"]
    found = sorted(files.rglob("*")) if files else []
    for path in found:
        name = path.relative_to(files).as_posix()
        if path.is_dir() and name not in FOLDERS:
            script.append(f"mkdir {name}")
        elif path.is_file():
            script += written(path, name)
    for program in programs_in(programs).values():
        script += written(program, f"bin/{program.name}", 0o755)
    debugfs(image, script)
    wanted = {f"bin/{name}": path for name, path in programs_in(programs).items()}
    wanted |= {path.relative_to(files).as_posix(): path for path in found if path.is_file()}
    if not holds(image, wanted):
        raise Refusal(f"{image.name}: not everything could be written: is the disk too small?")


def refresh(image: Path, programs: Path) -> list[str]:
    """Brings the programs in /bin up to date. What there is to say about it."""
    with held(image), beside(image) as unfinished:
        refuse_foreign(image)
        copy(image, unfinished)
        notes = check(unfinished, image)
        wanted = programs_in(programs)
        there = programs_on(unfinished, wanted)
        changed = [name for name, path in wanted.items() if there.get(name) != path.read_bytes()]
        if changed:
            script = []
            for name in changed:
                script += [f"rm bin/{name}"] if name in there else []
                script += written(wanted[name], f"bin/{name}", 0o755)
            debugfs(unfinished, script)
            if not holds(unfinished, {f"bin/{name}": wanted[name] for name in changed}):
                raise Refusal(f"{image}: {', '.join(changed)} could not be written: the disk is "
                              f"full, or has no folder /bin; {REMEDY}")
        if changed or notes:
            unfinished.replace(image)
    return notes


def programs_in(folder: Path) -> dict[str, Path]:
    """The programs of a folder, by name."""
    return {path.name: path for path in sorted(folder.iterdir()) if path.is_file()}


def written(source: Path, name: str, mode: int = 0o644) -> list[str]:
    """The debugfs commands that put a file on the disk."""
    if '"' in str(source) + name:
        raise Refusal(f"{source}: a name with a quotation mark")
    return [f'write "{source.resolve()}" "{name}"',
            f'set_inode_field "{name}" mode 0{IS_FILE | mode:o}']


def programs_on(image: Path, names: dict[str, Path]) -> dict[str, bytes]:
    """What the disk has in /bin, of these names."""
    with tempfile.TemporaryDirectory(prefix="microk-disk-") as folder:
        debugfs(image, [f'dump "bin/{name}" "{folder}/{name}"' for name in names], change=False)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def holds(image: Path, wanted: dict[str, Path]) -> bool:
    """Whether all of these are on the disk, as they are outside."""
    with tempfile.TemporaryDirectory(prefix="microk-disk-") as folder:
        places = {name: Path(folder, str(i)) for i, name in enumerate(wanted)}
        debugfs(image, [f'dump "{name}" "{place}"' for name, place in places.items()],
                change=False)
        return all(places[name].is_file() and places[name].read_bytes() == path.read_bytes()
                   for name, path in wanted.items())


def refuse_foreign(image: Path) -> None:
    """Ends unless this is a disk that we have made."""
    with image.open("rb") as file:
        start = file.read(LABEL_PLACE + len(LABEL))
    if start[MAGIC_PLACE:MAGIC_PLACE + 2] != MAGIC:
        raise Refusal(f"{image}: this is no ext2 disk; {REMEDY}")
    if start[LABEL_PLACE:] != LABEL.encode():
        raise Refusal(f"{image}: this disk is not MicroK's, so it is left alone; {REMEDY}")


def check(copied: Path, image: Path) -> list[str]:
    """Checks a disk and mends what a machine that was switched off leaves behind; says so."""
    done = subprocess.run([tool("e2fsck"), "-f", "-p", str(copied)], env=environment(), text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode & CHECK_TROUBLE:
        raise Refusal(f"{image}: this disk is damaged: `e2fsck -f {image}` mends what can be "
                      f"mended, {REMEDY}")
    return [f"{image}: the machine was switched off while it was in use; mended"] \
        if done.returncode & CHECK_MENDED else []


@contextlib.contextmanager
def held(image: Path) -> Iterator[None]:
    """Keeps everybody else away from an image who asks so, too."""
    with image.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(f"{image}: a machine that is running has this disk") from None
        yield


@contextlib.contextmanager
def beside(image: Path) -> Iterator[Path]:
    """A name for what is not finished; nothing of it is left behind."""
    unfinished = image.with_name(f"{image.name}.unfinished")
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def copy(image: Path, to: Path) -> None:
    """Copies an image; what is empty takes no place."""
    subprocess.run(["cp", "--sparse=always", str(image), str(to)], check=True)


def tool(name: str) -> str:
    """Where a program of e2fsprogs is."""
    session.require(name)
    return session.find(name) or name


def environment() -> dict[str, str]:
    """The environment of e2fsprogs: time stands still, and messages are in English."""
    return {**os.environ, "E2FSPROGS_FAKE_TIME": TIME, "E2FSCK_TIME": TIME, "LC_ALL": "C"}


def run(name: str, *words: str) -> None:
    """Runs a program of e2fsprogs that says by its status whether all went well."""
    done = subprocess.run([tool(name), *words], env=environment(), text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it gives no reason"])[0]
        raise Refusal(f"{name} failed: {reason}")


def debugfs(image: Path, script: list[str], change: bool = True) -> None:
    """Has debugfs do things. It does not say by its status what became of them: look."""
    with tempfile.NamedTemporaryFile("w", prefix="microk-disk-") as file:
        file.write("\n".join(script) + "\n")
        file.flush()
        subprocess.run([tool("debugfs"), *(["-w"] if change else []), "-f", file.name, str(image)],
                       env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
