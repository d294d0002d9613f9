"""Disks of tests: made, checked and read by e2fsprogs."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Mapping, Optional, Sequence

from emulator import disks

from grader.errors import InfrastructureError
from grader.expect import Failure

BLOCK_SIZES = disks.BLOCK_SIZES
LINES = 12
CHECK_LEFT = ~1     # bits of e2fsck's status: more than "errors were corrected"


Files = Mapping[str, bytes]


def made(megabytes: int = 8, block_size: int = disks.BLOCK_SIZE, files: Optional[Files] = None,
         programs: Optional[Files] = None) -> bytes:
    """A disk with the folders that a system has, with these files, and with programs in /bin."""
    with tempfile.TemporaryDirectory(prefix="microk-") as folder:
        image = Path(folder, "disk")
        places = [_written(Path(folder, name), what or {})
                  for name, what in (("bin", programs), ("files", files))]
        try:
            disks.make(image, *places, megabytes, block_size)
        except disks.Refusal as error:
            raise InfrastructureError(str(error)) from error
        return image.read_bytes()


def _written(folder: Path, files: Files) -> Path:
    """Puts files into a folder of the host's."""
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _run(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([disks.tool(name), *words], env=disks.environment(),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.STDOUT, text=True, errors="replace")


def expect_clean(image: bytes, when: str) -> None:
    """Fails unless e2fsck finds nothing to mend."""
    with tempfile.NamedTemporaryFile(prefix="microk-") as file:
        Path(file.name).write_bytes(image)
        checked = _run("e2fsck", "-fn", file.name)
    if checked.returncode != 0:
        raise Failure(f"{when} the disk's file system is damaged", expected="e2fsck -fn: clean",
                      got=f"status {checked.returncode}",
                      around=checked.stdout.splitlines()[:LINES])


def mended(image: bytes, when: str) -> bytes:
    """The image as e2fsck leaves it; fails when it cannot mend all."""
    with tempfile.NamedTemporaryFile(prefix="microk-") as file:
        Path(file.name).write_bytes(image)
        checked = _run("e2fsck", "-fy", file.name)
        if checked.returncode & CHECK_LEFT:
            raise Failure(f"{when} the disk's file system cannot be mended",
                          expected="e2fsck -fy: all errors corrected",
                          got=f"status {checked.returncode}",
                          around=checked.stdout.splitlines()[-LINES:])
        return Path(file.name).read_bytes()


class Contents:
    """What a disk holds, read by debugfs: files as bytes, links as text, directories as None."""

    def __init__(self, image: bytes, below: Sequence[str]) -> None:
        self.entries: dict[str, bytes | str | None] = {}
        with tempfile.TemporaryDirectory(prefix="microk-") as folder:
            disk, out = Path(folder, "disk"), Path(folder, "out")
            disk.write_bytes(image)
            out.mkdir()
            script = Path(folder, "script")
            script.write_text("".join(f"rdump {each} {out}\n" for each in below))
            _run("debugfs", "-f", str(script), str(disk))
            for place, directories, files in os.walk(out):
                for name in (*directories, *files):
                    self._take(Path(place, name), out)

    def _take(self, path: Path, out: Path) -> None:
        name = path.relative_to(out).as_posix()
        if path.is_symlink():
            self.entries[name] = os.readlink(path)
        elif path.is_dir():
            self.entries[name] = None
        else:
            path.chmod(0o600)
            self.entries[name] = path.read_bytes()
