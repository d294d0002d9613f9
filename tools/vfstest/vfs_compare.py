"""The same operations for the VFS server and for the host's own system: both must tell the same.

The host is asked in a folder of a real file system. So the model of what POSIX wants is one that
others have written and that everybody uses.
"""

import errno
import fcntl
import os
import random
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from vfs_agree import agree
from vfs_host import (BEGIN, CHDIR, CHMOD, CURRENT, DUP, DUP2, FSYNC, FTRUNCATE, LINK, MKDIR, PASS,
                      RENAME, RMDIR, SYMLINK, TRUNCATE, UMASK, UNLINK, UTIME, Answer, Client,
                      Server, status_of)

DESCRIPTORS = 32
LINKS_MAX = 8                       # symbolic links in one path; Linux allows 40
DEEP = "/u" * 12                    # so that no ".." leaves what both have
NAMES = ("a", "b", "c", "dir", "e.txt", "f" * 200)
ODD_NAMES = (".", "..", "..", "x" * 255, "x" * 256)
MODES = (0o600, 0o644, 0o700, 0o755, 0o777)
MASKS = (0, 0o13, 0o22, 0o27, 0o77, 0o7022)    # the owner may always: the host asks for that
CLIENTS = 3
SIZE_MAX = 60000                    # of what a file gets: the memory of ramfs is small

Result = tuple[int, object]         # an error number, and what came out


class Difference(AssertionError):
    """The server and the host do not agree."""


@dataclass
class Process:
    """A client, and what stands for it on the host."""

    client: Client
    directory: int                  # descriptor of the current directory
    mask: int = 0                   # permissions that its new files do not get
    files: list[int | None] = field(default_factory=lambda: [None] * DESCRIPTORS)

    def lowest(self, start: int = 0) -> int:
        return next((i for i in range(start, DESCRIPTORS) if self.files[i] is None), DESCRIPTORS)


def attempt(function: Callable[[], object]) -> Result:
    try:
        return 0, function()
    except OSError as error:
        return error.errno or 0, None


class Comparison:
    """A random sequence of operations."""

    def __init__(self, server: Server, folder: Path, seed: int, below: str = "") -> None:
        """`folder` is empty; the server works in DEEP/w below `below`. The umask is 0, and is
        another one afterwards."""
        self.server = server
        self.random = random.Random(seed)
        self.root = str(folder)
        self.below = below
        self.last_id = 10
        self.log: list[str] = []
        os.makedirs(self.root + DEEP + "/w")
        maker = server.client(1)
        maker.call(UMASK, [0])
        for depth in range(1, 13):
            maker.by_path(MKDIR, below + "/u" * depth, 0o777)
        maker.by_path(MKDIR, below + DEEP + "/w", 0o777)
        self.processes = [self.begin() for _ in range(CLIENTS)]

    def begin(self) -> Process:
        self.last_id += 1
        process = Process(self.server.client(self.last_id), os.open(self.root + DEEP + "/w",
                                                                    os.O_PATH))
        process.client.by_path(CHDIR, self.below + DEEP + "/w")
        process.client.call(UMASK, [0])
        return process

    # --- Paths: "/..." stands for what both have under another name. ---

    def path(self) -> str:
        choose = self.random.random
        if choose() < 0.01:
            return ""
        names = [self.random.choice(NAMES if choose() < 0.85 else ODD_NAMES)
                 for _ in range(self.random.choice((1, 1, 1, 2, 2, 3)))]
        path = ("//" if choose() < 0.05 else "/").join(names)
        path += "/" if choose() < 0.08 else ""
        return f"/{path}" if choose() < 0.15 else path

    def mine(self, path: str) -> str:
        return f"{self.below}{DEEP}/w{path}" if path.startswith("/") else path

    def hosts(self, path: str) -> str:
        return f"{self.root}{DEEP}/w{path}" if path.startswith("/") else path

    def is_fair(self, process: Process, *paths: str) -> bool:
        """Whether both have the same rules for these paths."""
        is_dead = os.fstat(process.directory).st_nlink == 0
        return not any(self.links(process, path) > LINKS_MAX or (is_dead and ".." in path)
                       for path in paths)

    def links(self, process: Process, path: str) -> int:
        """How many symbolic links the host's way along a path leads through; many for a loop."""
        os.fchdir(process.directory)
        rest, at, count = self.hosts(path).split("/"), "/" if path[:1] == "/" else ".", 0
        while rest and count < 50:
            name = rest.pop(0)
            here = os.path.join(at, name)
            try:
                target = os.readlink(here) if name not in ("", ".", "..") else None
            except OSError:
                target = None
            if target is not None:
                count += 1
                rest = target.split("/") + rest
                at = "/" if target.startswith("/") else at
            elif name:
                at = here
        return 0 if count == 50 and self.is_loop(path) else count

    def is_loop(self, path: str) -> bool:
        """For a real loop both tell ELOOP: that is fair."""
        return attempt(lambda: os.stat(self.hosts(path)))[0] == errno.ELOOP

    # --- Operations: each does it twice and compares. ---

    def step(self) -> None:
        process = self.random.choice(self.processes)
        operation = self.random.choices(OPERATIONS, WEIGHTS)[0]
        os.fchdir(process.directory)
        os.umask(process.mask)
        operation(self, process)

    def expect(self, what: str, mine: Answer, host: Result, got: object = None,
               paths: tuple[str, ...] = ()) -> bool:
        """Compares. @return whether it went well for both"""
        what = what.replace("f" * 200, "F").replace("x" * 255, "X")
        self.log.append(f"{what}: {mine.named()}")
        if not agree(what, mine.error, host[0], paths):
            self.differ(f"{what}: the server says {mine.named()}, the host "
                        f"{os.strerror(host[0]) if host[0] else 'ok'}")
        if mine.error == 0 and got is not None and got != host[1]:
            self.differ(f"{what}: the server tells {got!r:.200}, the host {host[1]!r:.200}")
        return mine.error == 0

    def differ(self, text: str) -> None:
        raise Difference("\n".join([*self.log[-30:], text]))

    def by_path(self, process: Process, name: str, label: int, function: Callable[..., object],
                *words: int) -> None:
        path = self.path()
        if self.is_fair(process, path):
            os.fchdir(process.directory)
            host = attempt(lambda: function(self.hosts(path), *words))
            mine = process.client.by_path(label, self.mine(path), *words)
            self.expect(f"{process.client.number} {name}({path!r}, {words})", mine, host,
                        paths=(path,))

    def by_paths(self, process: Process, name: str, label: int,
                 function: Callable[[str, str], object]) -> None:
        paths = self.path(), self.path()
        if label == SYMLINK and not paths[0]:
            return
        if self.is_fair(process, *(paths if label != SYMLINK else paths[1:])):
            os.fchdir(process.directory)
            host = attempt(lambda: function(*map(self.hosts, paths)))
            mine = process.client.by_paths(label, *map(self.mine, paths))
            self.expect(f"{process.client.number} {name}{paths!r}", mine, host, paths=paths)

    def mkdir(self, process: Process) -> None:
        self.by_path(process, "mkdir", MKDIR, os.mkdir, self.random.choice(MODES))

    def rmdir(self, process: Process) -> None:
        self.by_path(process, "rmdir", RMDIR, os.rmdir)

    def unlink(self, process: Process) -> None:
        self.by_path(process, "unlink", UNLINK, os.unlink)

    def truncate(self, process: Process) -> None:
        size = self.random.choice((0, 1, 4096, self.random.randrange(SIZE_MAX), -1))
        self.by_path(process, "truncate", TRUNCATE, os.truncate, size)

    def chmod(self, process: Process) -> None:
        self.by_path(process, "chmod", CHMOD, os.chmod, self.random.choice(MODES))

    def utime(self, process: Process) -> None:
        times = self.random.randrange(2**31), self.random.randrange(2**31)
        self.by_path(process, "utime", UTIME, lambda path, *times: os.utime(path, times), *times)

    def umask(self, process: Process) -> None:
        before, process.mask = process.mask, self.random.choice(MASKS)
        mine = process.client.call(UMASK, [process.mask])
        self.expect(f"{process.client.number} umask", mine, (0, before & 0o777), mine.value)

    def link(self, process: Process) -> None:
        self.by_paths(process, "link", LINK,
                      lambda old, new: os.link(old, new, follow_symlinks=False))

    def symlink(self, process: Process) -> None:
        self.by_paths(process, "symlink", SYMLINK, os.symlink)

    def rename(self, process: Process) -> None:
        self.by_paths(process, "rename", RENAME, os.rename)

    def readlink(self, process: Process) -> None:
        path = self.path()
        if self.is_fair(process, path):
            host = attempt(lambda: os.readlink(self.hosts(path)).replace(self.root, self.below, 1))
            mine = process.client.readlink(self.mine(path))
            self.expect(f"{process.client.number} readlink({path!r})", mine, host,
                        os.fsdecode(mine.data), (path,))

    def stat(self, process: Process) -> None:
        path, of_link = self.path(), self.random.random() < 0.5
        if self.is_fair(process, path):
            os.fchdir(process.directory)
            host = attempt(lambda: os.stat(self.hosts(path), follow_symlinks=not of_link))
            mine = process.client.stat(self.mine(path), of_link)
            if self.expect(f"{process.client.number} stat({path!r}, {of_link})", mine, host,
                           paths=(path,)):
                self.compare_status(path, mine, host[1])

    def fstat(self, process: Process) -> None:
        descriptor = self.descriptor(process)
        host = self.of_file(process, descriptor, os.fstat)
        mine = process.client.fstat(descriptor)
        if self.expect(f"{process.client.number} fstat({descriptor})", mine, host):
            self.compare_status(str(descriptor), mine, host[1])

    def compare_status(self, what: str, mine: Answer, host: os.stat_result) -> None:
        status = status_of(mine)
        of_mine, of_host = [status.mode], [host.st_mode]
        if not stat.S_ISDIR(host.st_mode):
            of_mine.append(status.links)
            of_host.append(host.st_nlink)
        if stat.S_ISREG(host.st_mode):
            of_mine.append(status.size)
            of_host.append(host.st_size)
        if of_mine != of_host:
            self.differ(f"status of {what}: {of_mine}, the host says {of_host}")

    def chdir(self, process: Process) -> None:
        path = self.path()
        if self.is_fair(process, path):
            os.fchdir(process.directory)
            host = attempt(lambda: os.open(self.hosts(path), os.O_PATH | os.O_DIRECTORY))
            mine = process.client.by_path(CHDIR, self.mine(path))
            if self.expect(f"{process.client.number} chdir({path!r})", mine, host, paths=(path,)):
                os.close(process.directory)
                process.directory = host[1]

    def getcwd(self, process: Process) -> None:
        host = attempt(lambda: os.getcwd().replace(self.root, self.below, 1))
        mine = process.client.getcwd()
        self.expect(f"{process.client.number} getcwd()", mine, host, os.fsdecode(mine.data))

    def open(self, process: Process) -> None:
        path, flags = self.path(), self.flags()
        mode = self.random.choice(MODES)
        if not self.is_fair(process, path):
            return
        os.fchdir(process.directory)
        place = process.lowest()
        if place == DESCRIPTORS:
            host = errno.EMFILE, None
        else:
            host = attempt(lambda: os.open(self.hosts(path), flags, mode))
        mine = process.client.open(self.mine(path), flags, mode)
        if host[0] == 0:
            process.files[place] = host[1]
        self.expect(f"{process.client.number} open({path!r}, {flags:#o})", mine, (host[0], place),
                    mine.value, paths=(path,))

    def flags(self) -> int:
        choose = self.random.random
        flags = self.random.choice((os.O_RDONLY, os.O_WRONLY, os.O_RDWR, os.O_RDWR))
        if choose() < 0.6:
            flags |= os.O_CREAT | (os.O_EXCL if choose() < 0.2 else 0)
        elif choose() < 0.2:
            flags |= os.O_DIRECTORY
        for flag, share in ((os.O_TRUNC, 0.15), (os.O_APPEND, 0.2), (os.O_NOFOLLOW, 0.1)):
            flags |= flag if choose() < share else 0
        return flags

    def descriptor(self, process: Process) -> int:
        there = [i for i, file in enumerate(process.files) if file is not None]
        if there and self.random.random() < 0.93:
            return self.random.choice(there)
        return self.random.choice((*range(DESCRIPTORS), 32, 33, 2**31, 2**32, 2**63, 2**64 - 1))

    def file(self, process: Process, descriptor: int) -> int | None:
        return process.files[descriptor] if descriptor < DESCRIPTORS else None

    def of_file(self, process: Process, descriptor: int,
                function: Callable[[int], object]) -> Result:
        file = self.file(process, descriptor)
        return (errno.EBADF, None) if file is None else attempt(lambda: function(file))

    def is_directory(self, process: Process, descriptor: int) -> bool:
        file = self.file(process, descriptor)
        return file is not None and stat.S_ISDIR(os.fstat(file).st_mode)

    def is_appending(self, process: Process, descriptor: int) -> bool:
        file = self.file(process, descriptor)
        return file is not None and bool(fcntl.fcntl(file, fcntl.F_GETFL) & os.O_APPEND)

    def close(self, process: Process) -> None:
        descriptor = self.descriptor(process)
        host = self.of_file(process, descriptor, os.close)
        if host[0] == 0:
            process.files[descriptor] = None
        self.expect(f"{process.client.number} close({descriptor})",
                    process.client.close(descriptor), host)

    def read(self, process: Process) -> None:
        descriptor, size = self.descriptor(process), self.random.choice((0, 1, 100, 4032))
        if self.random.random() < 0.5:
            offset = self.random.randrange(SIZE_MAX)
            host = self.of_file(process, descriptor, lambda file: os.pread(file, size, offset))
            mine = process.client.read(descriptor, size, offset)
        else:
            offset = -1
            host = self.of_file(process, descriptor, lambda file: os.read(file, size))
            mine = process.client.read(descriptor, size)
        self.expect(f"{process.client.number} read({descriptor}, {size}, {offset})", mine, host,
                    mine.data)

    def write(self, process: Process) -> None:
        descriptor = self.descriptor(process)
        data = self.random.randbytes(self.random.choice((0, 1, 10, 1000, 4032)))
        offset = self.random.randrange(SIZE_MAX) if self.random.random() < 0.4 else CURRENT
        if offset == CURRENT:
            host = self.of_file(process, descriptor, lambda file: os.write(file, data))
        elif self.is_appending(process, descriptor):
            return          # Linux appends all the same, which POSIX does not want
        else:
            host = self.of_file(process, descriptor, lambda file: os.pwrite(file, data, offset))
        mine = process.client.write(descriptor, data, offset)
        self.expect(f"{process.client.number} write({descriptor}, {len(data)}, {offset})", mine,
                    host, mine.value)

    def seek(self, process: Process) -> None:
        descriptor, whence = self.descriptor(process), self.random.choice((0, 1, 2, 2))
        offset = self.random.choice((0, 1, -1, -100, self.random.randrange(SIZE_MAX),
                                     -self.random.randrange(SIZE_MAX)))
        if not self.is_directory(process, descriptor):
            host = self.of_file(process, descriptor,
                                lambda file: os.lseek(file, offset, whence))
            mine = process.client.seek(descriptor, offset, whence)
            if self.expect(f"{process.client.number} seek({descriptor}, {offset}, {whence})", mine,
                           host, mine.value) and mine.value > 2 * SIZE_MAX:
                os.lseek(self.file(process, descriptor), 0, 0)
                process.client.seek(descriptor, 0, 0)

    def ftruncate(self, process: Process) -> None:
        descriptor, size = self.descriptor(process), self.random.randrange(SIZE_MAX)
        host = self.of_file(process, descriptor, lambda file: os.ftruncate(file, size))
        mine = process.client.call(FTRUNCATE, [descriptor, size])
        self.expect(f"{process.client.number} ftruncate({descriptor}, {size})", mine, host)

    def fsync(self, process: Process) -> None:
        descriptor = self.descriptor(process)
        self.expect(f"{process.client.number} fsync({descriptor})",
                    process.client.call(FSYNC, [descriptor]),
                    self.of_file(process, descriptor, lambda file: None))

    def dup(self, process: Process) -> None:
        descriptor, start = self.descriptor(process), self.random.choice((0, 0, 5, 31, 32, 2**40))
        place = process.lowest(start) if start < DESCRIPTORS else DESCRIPTORS
        if self.file(process, descriptor) is None:
            host = errno.EBADF, None
        elif place == DESCRIPTORS:
            host = errno.EMFILE if start < DESCRIPTORS else errno.EINVAL, None
        else:
            process.files[place] = os.dup(self.file(process, descriptor))
            host = 0, place
        mine = process.client.call(DUP, [descriptor, start])
        self.expect(f"{process.client.number} dup({descriptor}, {start})", mine, host, mine.value)

    def dup2(self, process: Process) -> None:
        descriptor = self.descriptor(process)
        place = self.random.choice((*range(DESCRIPTORS), 32, 2**64 - 1))
        file = self.file(process, descriptor)
        host = errno.EBADF, None
        if file is not None and place < DESCRIPTORS:
            if place != descriptor:
                if process.files[place] is not None:
                    os.close(process.files[place])
                process.files[place] = os.dup(file)
            host = 0, place
        mine = process.client.call(DUP2, [descriptor, place])
        self.expect(f"{process.client.number} dup2({descriptor}, {place})", mine, host, mine.value)

    def listdir(self, process: Process) -> None:
        descriptor = self.descriptor(process)
        if self.is_directory(process, descriptor):
            host = self.of_file(process, descriptor, os.listdir)
            process.client.seek(descriptor, 0, 0)
            error, entries = process.client.readdir(descriptor)
            names = sorted(name for name, _, _ in entries if name not in (".", ".."))
            there = [] if host[0] == errno.ENOENT else sorted(host[1])
            if error != 0 or names != there or len(set(entries)) != len(entries):
                self.differ(f"listdir({descriptor}): {error}, {names}; the host says {there}")

    def spawn(self, process: Process) -> None:
        """A process begins another one and passes files; that one takes an older one's place."""
        self.last_id += 1
        child = Process(self.server.client(self.last_id), os.dup(process.directory), process.mask)
        self.server.say(f"+ {child.client.number} {process.client.number}")
        answer = process.client.call(BEGIN, [child.client.number])
        if answer.error:
            self.differ(f"begin: {answer.named()}")
        for place in self.random.sample(range(DESCRIPTORS), 5):
            descriptor = self.descriptor(process)
            file = self.file(process, descriptor)
            mine = process.client.call(PASS, [child.client.number, descriptor, place])
            if self.expect("pass", mine, (0 if file is not None else errno.EBADF, None)):
                child.files[place] = os.dup(file)
        self.server.say(f"r {child.client.number}")
        self.end(self.processes.pop(0))
        self.processes.append(child)

    def end(self, process: Process) -> None:
        self.server.end(process.client.number)
        self.server.go()
        os.close(process.directory)
        for file in process.files:
            if file is not None:
                os.close(file)

    # --- All of it. ---

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.step()
        self.compare_all()

    def compare_all(self) -> None:
        """Compares all that both have now."""
        reader = self.server.client(2)
        os.chdir(self.root + DEEP + "/w")
        reader.by_path(CHDIR, self.below + DEEP + "/w")
        self.compare_directory(reader)

    def compare_directory(self, reader: Client) -> None:
        """Compares what is in the current directory: paths from the root may be too long."""
        error, names = reader.listdir(".")
        there = sorted([*os.listdir("."), ".", ".."])
        if error or names != there:
            self.differ(f"{os.getcwd()} has {names}, error {error}; the host has {there}")
        for name in names[2:]:
            status = os.lstat(name)
            self.compare_status(name, reader.stat(name, link=True), status)
            if stat.S_ISDIR(status.st_mode):
                os.chdir(name)
                reader.by_path(CHDIR, name)
                self.compare_directory(reader)
                os.chdir("..")
                reader.by_path(CHDIR, "..")
            elif stat.S_ISREG(status.st_mode):
                self.compare_contents(reader, name)

    def compare_contents(self, reader: Client, name: str) -> None:
        descriptor = reader.open(name).value
        data = b""
        while piece := reader.read(descriptor, 4032).data:
            data += piece
        reader.close(descriptor)
        if data != Path(name).read_bytes():
            self.differ(f"{os.getcwd()}/{name} is different")

    def finish(self) -> None:
        """Ends all processes."""
        for process in self.processes:
            self.end(process)
        for number in (1, 2):
            self.server.end(number)
        self.server.go()


WEIGHTED = {
    Comparison.open: 14, Comparison.close: 6, Comparison.read: 8, Comparison.write: 10,
    Comparison.seek: 5, Comparison.stat: 6, Comparison.fstat: 3, Comparison.mkdir: 7,
    Comparison.rmdir: 4, Comparison.unlink: 4, Comparison.link: 5, Comparison.symlink: 5,
    Comparison.readlink: 3, Comparison.rename: 9, Comparison.truncate: 2,
    Comparison.ftruncate: 2, Comparison.chmod: 2, Comparison.utime: 1, Comparison.listdir: 3,
    Comparison.dup: 2, Comparison.dup2: 2, Comparison.chdir: 4, Comparison.getcwd: 2,
    Comparison.fsync: 1, Comparison.umask: 1, Comparison.spawn: 0.5,
}
OPERATIONS = list(WEIGHTED)
WEIGHTS = list(WEIGHTED.values())
