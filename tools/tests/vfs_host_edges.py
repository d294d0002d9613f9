"""Edges of POSIX that users meet: the same steps for the VFS server on the host and for the host's
own system, and what a file's status says."""

import errno
import os
import shutil
import stat
import time
from pathlib import Path
from typing import Callable

from support import work_folder
from vfs_host_base import Host, make_disk

import vfs_host as vfs
from vfs_host import Client, Server

PIECE = 4000
TICK = 0.02                 # seconds: the host's file times are coarser than its clock
Result = tuple[str, object]


class OnHost:
    """The steps, done by the host."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)

    def do(self, name: str, *words: object) -> Result:
        """Paths begin with a slash: they are below a folder of their own."""
        os.chdir(self.root)
        places = [self.root + word if isinstance(word, str) and word[:1] == "/" else word
                  for word in words]
        try:
            result = getattr(self, name)(*places)
        except OSError as error:
            return errno.errorcode[error.errno], None
        return "ok", result

    mkdir = staticmethod(lambda path: os.mkdir(path, 0o755))
    rmdir, unlink = staticmethod(os.rmdir), staticmethod(os.unlink)
    link, rename = staticmethod(os.link), staticmethod(os.rename)
    symlink, truncate = staticmethod(os.symlink), staticmethod(os.truncate)
    chmod, seek = staticmethod(os.chmod), staticmethod(os.lseek)
    open, close = staticmethod(os.open), staticmethod(os.close)
    read, write = staticmethod(os.read), staticmethod(os.write)
    pread, ftruncate = staticmethod(os.pread), staticmethod(os.ftruncate)
    pwrite, readlink = staticmethod(os.pwrite), staticmethod(os.readlink)

    def names(self, path: str) -> list[str]:
        return sorted(os.listdir(path))

    def status(self, path: str) -> tuple[int, ...]:
        return self.told(os.lstat(path))

    def fstatus(self, descriptor: int) -> tuple[int, ...]:
        return self.told(os.fstat(descriptor))

    @staticmethod
    def told(status: os.stat_result) -> tuple[int, ...]:
        kind = stat.S_IFMT(status.st_mode)
        return (kind, *(() if kind == stat.S_IFDIR else (status.st_size, status.st_nlink)))

    def times(self, path: str) -> tuple[int, int]:
        status = os.lstat(self.root + path)
        return status.st_mtime_ns, status.st_ctime_ns

    def tick(self) -> None:
        time.sleep(TICK)


class OnServer:
    """The same steps, done by the VFS server."""

    LABELS = {"rmdir": vfs.RMDIR, "unlink": vfs.UNLINK, "link": vfs.LINK, "rename": vfs.RENAME,
              "symlink": vfs.SYMLINK, "truncate": vfs.TRUNCATE, "chmod": vfs.CHMOD}

    def __init__(self, server: Server, client: Client, below: str) -> None:
        self.server, self.client, self.below = server, client, below
        client.by_path(vfs.MKDIR, below, 0o755)
        client.by_path(vfs.CHDIR, below)

    def do(self, name: str, *words: object) -> Result:
        places = [self.below + word if isinstance(word, str) and word[:1] == "/" else word
                  for word in words]
        answer = self.ask(name, *places)
        if answer.error:
            return errno.errorcode[answer.error], None
        return "ok", self.result_of(name, answer)

    def ask(self, name: str, *words: object) -> vfs.Answer:
        client = self.client
        if name in ("link", "rename", "symlink"):
            return client.by_paths(self.LABELS[name], *words)
        if name in self.LABELS:
            return client.by_path(self.LABELS[name], *words)
        calls: dict[str, Callable[..., vfs.Answer]] = {
            "mkdir": lambda path: client.by_path(vfs.MKDIR, path, 0o755),
            "open": client.open, "close": client.close, "read": client.read, "seek": client.seek,
            "write": client.write, "pread": client.read, "pwrite": client.write,
            "ftruncate": lambda file, size: client.call(vfs.FTRUNCATE, [file, size]),
            "status": lambda path: client.stat(path, link=True), "fstatus": client.fstat,
            "readlink": client.readlink, "names": self.list_names}
        return calls[name](*words)

    def list_names(self, path: str) -> vfs.Answer:
        error, names = self.client.listdir(path)
        return vfs.Answer(error, [0], "\n".join(names[2:]).encode())

    @staticmethod
    def result_of(name: str, answer: vfs.Answer) -> object:
        if name in ("open", "seek", "write", "pwrite"):
            return answer.value
        if name in ("read", "pread"):
            return answer.data
        if name == "names":
            return answer.data.decode().split("\n") if answer.data else []
        if name == "readlink":
            return answer.data.decode()
        if name in ("status", "fstatus"):
            status = vfs.status_of(answer)
            kind = stat.S_IFMT(status.mode)
            return (kind, *(() if kind == stat.S_IFDIR else (status.size, status.links)))
        return None

    def times(self, path: str) -> tuple[int, int]:
        status = vfs.status_of(self.client.stat(self.below + path, link=True))
        return status.modified, status.changed

    def tick(self) -> None:
        self.server.pass_time(2000)


NEW = os.O_RDWR | os.O_CREAT
LONG, TOO_LONG = "n" * 255, "n" * 256

# Each scenario begins with an empty directory. The descriptor of the only open file is "FILE".
SCENARIOS: dict[str, list[tuple[object, ...]]] = {
    "a file onto itself, and onto another name of its own": [
        ("open", "/a", NEW), ("close", "FILE"), ("link", "/a", "/b"), ("rename", "/a", "/a"),
        ("rename", "/a", "/b"), ("names", "/"), ("status", "/a"), ("rename", "/a/", "/a"),
        ("rename", "/a", "/b/"), ("mkdir", "/d"), ("rename", "/d", "/d"), ("rename", "/d/", "/d"),
        ("rename", "/d", "/d/"), ("rename", "d", "./d"), ("names", "/")],
    "a directory below itself": [
        ("mkdir", "/d"), ("mkdir", "/d/e"), ("rename", "/d", "/d/x"), ("rename", "/d", "/d/e"),
        ("rename", "/d", "/d/e/x"), ("rename", "/d", "/d/none/x"), ("rename", "/d/e", "/d"),
        ("rename", "d", "d/e/../x"), ("symlink", "d/e", "/l"), ("rename", "/d", "/l/x"),
        ("names", "/d"), ("rename", "/d/e", "/e"), ("names", "/e/.."), ("names", "/d")],
    "what replaces what": [
        ("mkdir", "/d"), ("mkdir", "/empty"), ("mkdir", "/full"), ("mkdir", "/full/x"),
        ("open", "/a", NEW), ("close", "FILE"), ("rename", "/a", "/empty"), ("rename", "/d", "/a"),
        ("rename", "/d", "/full"), ("rename", "/d", "/empty"), ("names", "/"),
        ("symlink", "a", "/l"), ("rename", "/l", "/a"), ("readlink", "/a"), ("names", "/")],
    "slashes at the end": [
        ("open", "/a", NEW), ("close", "FILE"), ("open", "/a/", 0), ("status", "/a/"),
        ("unlink", "/a/"), ("truncate", "/a/", 0), ("mkdir", "/a/"), ("mkdir", "/d//"),
        ("link", "/a", "/b/"), ("link", "/a/", "/b"), ("symlink", "a", "/l"), ("status", "/l/"),
        ("symlink", "d", "/m"), ("status", "/m/"), ("readlink", "/m/"), ("unlink", "/m/"),
        ("rmdir", "/m/"), ("rmdir", "/m"), ("symlink", "none", "/n"), ("mkdir", "/n/"),
        ("mkdir", "/n"), ("symlink", "a", "/s/"), ("rename", "/d/", "/e/"), ("rename", "/a", "/f/"),
        ("rename", "/m/", "/k"), ("rmdir", "/e///"), ("names", "/")],
    "dots": [
        ("mkdir", "/d"), ("rmdir", "/d/."), ("mkdir", "/d/."), ("mkdir", "/d/.."),
        ("mkdir", "/x/."), ("open", "/d/..", os.O_RDWR), ("mkdir", "/d/e"), ("rmdir", "/d/e/.."),
        ("names", "/d/e/../.."), ("status", "/d/none/.."), ("link", "/d", "/l"), ("names", "/")],
    "a file that is removed while it is open": [
        ("open", "/a", NEW), ("write", "FILE", b"still there"), ("unlink", "/a"),
        ("fstatus", "FILE"), ("open", "/a", 0), ("pread", "FILE", 20, 0), ("seek", "FILE", 0, 2),
        ("write", "FILE", b"!"), ("fstatus", "FILE"), ("names", "/"), ("close", "FILE")],
    "a file that is replaced while it is open": [
        ("open", "/a", NEW), ("write", "FILE", b"old"), ("mkdir", "/d"), ("symlink", "x", "/b"),
        ("rename", "/b", "/a"), ("fstatus", "FILE"), ("pread", "FILE", 9, 0), ("status", "/a")],
    "behind the end": [
        ("open", "/a", NEW), ("seek", "FILE", 10_000, 0), ("fstatus", "FILE"),
        ("write", "FILE", b"x"), ("fstatus", "FILE"), ("pread", "FILE", 5, 9_997),
        ("pread", "FILE", 5, 10_001), ("seek", "FILE", -1, 0), ("seek", "FILE", -10_002, 2),
        ("seek", "FILE", -1, 2), ("read", "FILE", 5), ("ftruncate", "FILE", 3),
        ("ftruncate", "FILE", 20_000), ("pread", "FILE", 4, 9_999), ("ftruncate", "FILE", -1),
        ("truncate", "/a", 0), ("write", "FILE", b"y"), ("fstatus", "FILE")],
    "appending": [
        ("open", "/a", NEW | os.O_APPEND), ("write", "FILE", b"one"), ("seek", "FILE", 0, 0),
        ("write", "FILE", b"two"), ("seek", "FILE", 0, 1), ("pread", "FILE", 9, 0),
        ("seek", "FILE", 1, 0), ("read", "FILE", 2), ("truncate", "/a", 1),
        ("write", "FILE", b"three"), ("pread", "FILE", 9, 0), ("seek", "FILE", 0, 1)],
    "links that lead nowhere or in a circle": [
        ("symlink", "loop", "/loop"), ("open", "/loop", 0), ("open", "/loop", NEW),
        ("names", "/loop/x"), ("mkdir", "/loop"), ("rename", "/loop", "/ring"),
        ("readlink", "/ring"), ("symlink", "file", "/to"), ("open", "/to", os.O_RDONLY),
        ("open", "/to", NEW | os.O_EXCL), ("open", "/to", NEW), ("close", "FILE"),
        ("status", "/file"), ("open", "/to", os.O_NOFOLLOW), ("unlink", "/to"), ("names", "/")],
    "long names": [
        ("open", f"/{LONG}", NEW), ("close", "FILE"), ("open", f"/{TOO_LONG}", NEW),
        ("status", f"/{TOO_LONG}"), ("rename", f"/{LONG}", f"/{TOO_LONG}"),
        ("mkdir", f"/{TOO_LONG}"), ("rename", f"/{LONG}", "/s"), ("symlink", "s", f"/{LONG}"),
        ("readlink", f"/{LONG}"), ("unlink", f"/{LONG}"), ("names", "/")],
    "directories that are opened": [
        ("mkdir", "/d"), ("open", "/d", os.O_RDWR), ("open", "/d", os.O_CREAT),
        ("open", "/d", os.O_TRUNC), ("open", "/d", 0), ("read", "FILE", 9), ("rmdir", "/d"),
        ("fstatus", "FILE"), ("close", "FILE"), ("truncate", "/", 0)],
}

# What changes the times of what: the file, the directory, another directory.
TIMES: dict[str, list[tuple[object, ...]]] = {
    "write": [("pwrite", "FILE", b"x", 0)], "write nothing": [("pwrite", "FILE", b"", 0)],
    "truncate": [("truncate", "/d/a", 2)], "to the same size": [("truncate", "/d/a", 1)],
    "open": [("open", "/d/a", 0)], "make empty": [("open", "/d/a", os.O_RDWR | os.O_TRUNC)],
    "read": [("pread", "FILE", 1, 0)], "chmod": [("chmod", "/d/a", 0o600)],
    "link": [("link", "/d/a", "/e/b")], "unlink": [("unlink", "/d/also")],
    "mkdir": [("mkdir", "/d/new")], "create": [("open", "/d/new", NEW)],
    "symlink": [("symlink", "x", "/d/new")], "refused": [("mkdir", "/d/a"), ("rmdir", "/none")],
}


class Edges(Host):
    """What is easily wrong."""

    def play(self, place: OnHost | OnServer, steps: list[tuple[object, ...]],
             file: object = None) -> list[Result]:
        results = []
        for name, *words in steps:
            results.append(place.do(name, *(file if word == "FILE" else word for word in words)))
            if name == "open" and results[-1][0] == "ok":
                file = results[-1][1]
                results[-1] = "ok", None        # numbers of descriptors may differ
        return results

    def places(self) -> dict[str, OnServer]:
        """Where the server does it: in memory, and on disks."""
        made = {}
        for kind, disks, below in (("ramfs", [], "/tmp/w"), ("1 KB", [make_disk(1024)], "/w"),
                                   ("4 KB", [make_disk(4096)], "/w")):
            server = self.start(disks)
            made[kind] = OnServer(server, server.client(5), below)
        return made

    def test_edges(self) -> None:
        for what, steps in SCENARIOS.items():
            folder, before = work_folder("vfs-edges"), os.getcwd()
            try:
                expected = self.play(OnHost(folder), steps)
            finally:
                os.chdir(before)
                shutil.rmtree(folder)
            for kind, place in self.places().items():
                with self.subTest(what, kind=kind):
                    found = self.play(place, steps)
                    for step, mine, host in zip(steps, found, expected):
                        if not self.means_the_same(step, mine, host):
                            self.fail(f"{step}: {mine}, the host says {host}")

    def means_the_same(self, step: tuple[object, ...], mine: Result, host: Result) -> bool:
        """POSIX leaves some errors free, and Linux has some of its own."""
        free = {"unlink": ({"EPERM", "EISDIR"}, {"ENOTDIR", "EPERM"}),
                "rename": ({"EISDIR", "ENOTEMPTY"}, {"EINVAL", "EBUSY"}),
                "rmdir": ({"EINVAL", "ENOTEMPTY"},), "open": ({"EISDIR", "ENOENT"},)}
        return mine == host or {mine[0], host[0]} in free.get(str(step[0]), ())

    def test_a_directory_that_was_removed(self) -> None:
        """Who stands in it finds nothing there, and makes nothing there."""
        for kind, place in self.places().items():
            with self.subTest(kind=kind):
                client = place.client
                self.good(client.by_path(vfs.MKDIR, "d", 0o755))
                self.good(client.open("file", os.O_CREAT))
                self.good(client.by_path(vfs.CHDIR, "d"))
                self.good(client.by_path(vfs.RMDIR, "../d"))
                for answer in (client.open("x", NEW), client.by_path(vfs.MKDIR, "x", 0o755),
                               client.by_paths(vfs.SYMLINK, "to", "x"), client.getcwd(),
                               client.by_paths(vfs.LINK, place.below + "/file", "x"),
                               client.by_paths(vfs.RENAME, place.below + "/file", "x"),
                               client.stat("x"), client.stat("..")):
                    self.refused(errno.ENOENT, answer)
                self.assertEqual(client.listdir("."), (0, []))

    def test_times(self) -> None:
        begin = [("mkdir", "/d"), ("mkdir", "/e"), ("open", "/d/also", NEW), ("close", "FILE"),
                 ("open", "/d/a", NEW), ("write", "FILE", b"x")]
        paths = ("/d/a", "/d", "/e")
        for what, steps in TIMES.items():
            folder, before = work_folder("vfs-times"), os.getcwd()
            places: dict[str, OnHost | OnServer] = {"host": OnHost(folder), **self.places()}
            changed = {}
            try:
                for kind, place in places.items():
                    self.play(place, begin)
                    file = place.do("open", "/d/a", os.O_RDWR)[1]
                    place.tick()
                    old = [place.times(path) for path in paths]
                    self.play(place, steps, file)
                    changed[kind] = [tuple(map(int.__ne__, times, place.times(path)))
                                     for path, times in zip(paths, old)]
            finally:
                os.chdir(before)
                shutil.rmtree(folder)
            for kind, each in changed.items():
                with self.subTest(what, kind=kind):
                    self.assertEqual(each, changed["host"], f"modified, changed of {paths}")

    def test_links_of_directories(self) -> None:
        for kind, place in self.places().items():
            with self.subTest(kind=kind):
                for name in ("/d", "/d/one", "/d/two", "/e"):
                    place.do("mkdir", name)
                self.assertEqual(self.links(place, "/d", "/d/one", "/e"), [4, 2, 2])
                place.do("rename", "/d/one", "/e/one")
                place.do("rename", "/d/two", "/e/one")          # in its place
                self.assertEqual(self.links(place, "/d", "/e", "/e/one"), [2, 3, 2])
                place.do("rmdir", "/e/one")
                self.assertEqual(self.links(place, "/d", "/e"), [2, 2])

    def links(self, place: OnServer, *paths: str) -> list[int]:
        return [vfs.status_of(place.client.stat(place.below + path)).links for path in paths]

    def test_blocks(self) -> None:
        """What a file takes, with its blocks of pointers, and without its holes."""
        for kind, size in (("ramfs", 4096), ("1 KB", 1024), ("4 KB", 4096)):
            with self.subTest(kind):
                place = self.places()[kind]
                client = place.client
                file = self.good(client.open(place.below + "/a", NEW))
                self.assertEqual(self.blocks(client, file), 0)
                self.good(client.write(file, b"x", 0))
                self.assertEqual(self.blocks(client, file), size // 512)
                self.good(client.write(file, b"x", 11 * size))
                self.assertEqual(self.blocks(client, file) % (size // 512), 0)
                self.assertLess(self.blocks(client, file), 6 * size // 512)
                self.good(client.write(file, b"x", 12 * size))
                self.assertGreaterEqual(self.blocks(client, file), 3 * size // 512)
                self.good(client.call(vfs.FTRUNCATE, [file, 0]))
                self.assertEqual(self.blocks(client, file), 0)

    def blocks(self, client: Client, file: int) -> int:
        return vfs.status_of(client.fstat(file)).blocks
