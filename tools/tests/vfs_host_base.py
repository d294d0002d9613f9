"""What the tests of the VFS server on the host share: building, asking, looking what is left."""

import os
import re
import shutil
import sys
from functools import lru_cache
from pathlib import Path

from support import ROOT, run, work_folder

sys.path.insert(0, str(ROOT / "tools" / "vfstest"))

import vfs_host as vfs                                                        # noqa: E402
from vfs_compare import Comparison, Difference                                # noqa: E402
from vfs_host import Answer, Pending, Server                                  # noqa: E402

HARNESS = ROOT / "tools" / "vfstest"
PARTS = ("servers", "drivers", "user", "kernel/abi")        # of the tree, that are built
SEEDS = [int(seed) for seed in os.environ.get("HOSTTEST_SEEDS", "1 2 3").split()]
RDWR_CREAT = os.O_RDWR | os.O_CREAT


@lru_cache(maxsize=None)
def work_place() -> Path:
    """A copy of what is built, to make mistakes in."""
    place = work_folder("vfs-host")
    for part in PARTS:
        shutil.copytree(ROOT / part, place / "tree" / part)
    return place


def build(compiler: str = "gcc", may_warn: bool = False) -> Path:
    """Builds what has changed. @return the program"""
    out = work_place() / compiler
    done = run("make", "-s", "-j2", "-C", HARNESS, f"TREE={work_place() / 'tree'}", f"OUT={out}",
               f"CC={compiler}")
    if done.returncode != 0 or (done.stderr and not may_warn):
        raise AssertionError(done.stdout + done.stderr)
    return out / "vfstest"


def make_disk(block_size: int) -> Path:
    """An image with an empty file system."""
    path = work_folder("vfs-disk") / "disk.img"
    with open(path, "wb") as file:
        file.truncate(16 << 20)
    done = run("mke2fs", "-q", "-t", "ext2", "-b", str(block_size), "-F", path)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return path


def compare(program: Path, seed: int, steps: int, disk: Path | None = None) -> list[str]:
    """Runs a random sequence here and there, with files of this process. @return what was done"""
    folder, before, mask = work_folder("vfs-compare"), os.getcwd(), os.umask(0)
    try:
        with Server(program, [disk] if disk else [], seed) as server:
            comparison = Comparison(server, folder, seed, "" if disk else "/tmp")
            comparison.run(steps)
            comparison.finish()
            check_released(server)
            if server.client(1).call(vfs.SYNC, []).error:
                raise Difference("sync")
            server.quit()
            return comparison.log
    finally:
        os.chdir(before)
        os.umask(mask)
        shutil.rmtree(folder)


def facts(server: Server, path: str = "/proc/meminfo") -> dict[str, int]:
    """The numbers in a file of /proc, by their names."""
    reader = server.client(3)
    opened = reader.open(path)
    text = reader.read(opened.value, vfs.DATA_MAX).data.decode()
    server.end(3)
    server.go()
    return {name.strip(): int(number) for name, number
            in re.findall(r"^([A-Za-z ]+?):?\s+(\d+)", text, re.MULTILINE)}


def check_released(server: Server) -> None:
    """All clients have ended: nothing of theirs is left."""
    now = facts(server)
    mounts = facts_of_start(server)
    if now["OpenFiles"] != 1 or now["VfsNodes"] > mounts:
        raise Difference(f"something was not released: {now}, nodes of mounts: {mounts}")


def facts_of_start(server: Server) -> int:
    """Most nodes that may be in memory: a root and a covered directory for each mount, and the text
    that tells it."""
    reader = server.client(3)
    opened = reader.open("/proc/mounts")
    lines = reader.read(opened.value, vfs.DATA_MAX).data.count(b"\n")
    server.end(3)
    server.go()
    return 2 * lines - 1 + 1


class Host:
    """What tests have that ask a server; a class of them is a unittest.TestCase as well.

    Every test has a server of its own."""

    def start(self, disks: list[Path] | None = None, seed: int = 1) -> Server:
        server = Server(build(), disks, seed)
        self.addCleanup(self.end, server)
        return server

    def end(self, server: Server) -> None:
        if server.process.poll() is None:
            server.__exit__(None, None, None)

    def good(self, answer: Answer) -> int:
        self.assertEqual(answer.error, 0, answer.named())
        return answer.value

    def refused(self, error: int, answer: Answer) -> None:
        self.assertEqual(answer.error, error, answer.named())

    def answered(self, pending: Pending) -> Answer:
        self.assertIsNotNone(pending.answer)
        return pending.answer

    def finish(self, server: Server, clients: range) -> None:
        """Ends clients, looks for what they have left, and ends the server."""
        for client in clients:
            server.end(client)
        server.go()
        check_released(server)
        server.quit()
