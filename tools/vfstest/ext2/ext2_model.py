"""A model of a file system in memory, and random operations on it and on a machine."""

import errno
import random
from dataclasses import dataclass, field

from ext2_machine import Machine, checksum, data_of

FILE, DIRECTORY, LINK = "file", "directory", "link"
SIZE_MAX = 400_000
HANDLES = 8


@dataclass(eq=False)
class Inode:
    """A file, a directory or a symbolic link."""

    kind: str
    data: bytearray = field(default_factory=bytearray)
    target: bytes = b""
    names: dict[bytes, "Inode"] = field(default_factory=dict)
    links: int = 1
    mode: int = 0o644
    version: int = 0        # how often what it holds was changed
    kept: int = 0           # since the last sync: bytes at the beginning that were not changed


class Model:
    """All files, by path."""

    def __init__(self) -> None:
        self.root = Inode(DIRECTORY, links=3, mode=0o755)
        self.root.names[b"lost+found"] = Inode(DIRECTORY, links=2, mode=0o700)

    def walk(self) -> dict[bytes, Inode]:
        """Every path but the root's."""
        found: dict[bytes, Inode] = {}
        places = [(b"", self.root)]
        while places:
            path, directory = places.pop()
            for name, inode in directory.names.items():
                found[path + b"/" + name] = inode
                if inode.kind == DIRECTORY:
                    places.append((path + b"/" + name, inode))
        return found

    def find(self, path: bytes) -> Inode | None:
        inode = self.root
        for name in filter(None, path.split(b"/")):
            if name not in inode.names:
                return None
            inode = inode.names[name]
        return inode

    def parent(self, path: bytes) -> tuple[Inode | None, bytes]:
        before, _, name = path.rpartition(b"/")
        return self.find(before), name

    def expected_dump(self) -> dict[bytes, object]:
        """What debugfs should find."""
        kinds = {FILE: lambda inode: bytes(inode.data), DIRECTORY: lambda _: None,
                 LINK: lambda inode: inode.target.decode("latin-1")}
        return {path: kinds[inode.kind](inode) for path, inode in self.walk().items()}


class Session:
    """Random operations, each done by the machine and by the model; what differs is an error."""

    def __init__(self, machine: Machine, seed: int, size_max: int = SIZE_MAX,
                 model: Model | None = None) -> None:
        self.machine = machine
        self.model = model or Model()
        self.random = random.Random(seed)
        self.size_max = size_max
        self.handles: dict[int, Inode] = {}
        self.synced: dict[bytes, Inode] = {}
        self.refused = 0        # how often there was no space
        self.touched = lambda: None
        self.operations = (
            [self.create] * 8 + [self.write] * 16 + [self.append] * 4 + [self.read] * 12
            + [self.truncate] * 5 + [self.mkdir] * 3 + [self.rmdir] * 3 + [self.unlink] * 7
            + [self.rename] * 6 + [self.link] * 3 + [self.symlink] * 3 + [self.readlink] * 2
            + [self.stat] * 4 + [self.list] * 3 + [self.open] * 3 + [self.close] * 3
            + [self.write_opened] * 2 + [self.read_opened] * 2 + [self.chmod] + [self.sync])

    def step(self) -> None:
        self.random.choice(self.operations)()

    # --- What is chosen by chance. ---

    def some(self, *kinds: str) -> bytes | None:
        paths = [path for path, inode in self.model.walk().items() if inode.kind in kinds]
        return self.random.choice(paths) if paths else None

    def some_directory(self) -> bytes:
        paths = [path for path, inode in self.model.walk().items() if inode.kind == DIRECTORY]
        return self.random.choice(paths + [b""] * (1 + len(paths) // 2))

    def new_name(self) -> bytes:
        chance = self.random.random()
        if chance < 0.05:
            return bytes(self.random.choice(b"xyz\xff %") for _ in range(self.random.choice(
                (200, 254, 255))))
        return b"%c%d" % (self.random.choice(b"abcd\xe9"), self.random.randrange(40))

    def new_path(self) -> bytes:
        return self.some_directory() + b"/" + self.new_name()

    # --- What both do. ---

    def same(self, got: int, wanted: int) -> bool:
        """Compares error numbers. Gives whether it was done; running out of space is no error."""
        if got == errno.ENOSPC and wanted == 0:
            self.refused += 1
            return False
        if got != wanted:
            names = [errno.errorcode.get(number, "none") for number in (got, wanted)]
            raise AssertionError(f"{self.machine.log[-1]!r} gave {names[0]}, not {names[1]}\n  "
                                 + "\n  ".join(self.machine.log[-30:]) + self.machine.said()[-999:])
        return wanted == 0

    def equal(self, got: str, wanted: str) -> None:
        if got != wanted:
            raise AssertionError(f"{self.machine.log[-1]!r} gave {got!r}, not {wanted!r}\n  "
                                 + "\n  ".join(self.machine.log[-30:]))

    def add(self, path: bytes, inode: Inode, *words: str | bytes | int) -> None:
        """Makes something new."""
        parent, name = self.model.parent(path)
        wanted = errno.EEXIST if name in parent.names else 0
        number, _ = self.machine.do(*words)
        if self.same(number, wanted):
            parent.names[name] = inode
            parent.links += inode.kind == DIRECTORY
            self.touched()

    def create(self) -> None:
        path = self.new_path()
        self.add(path, Inode(FILE), "create", path)

    def mkdir(self) -> None:
        path = self.new_path()
        self.add(path, Inode(DIRECTORY, links=2, mode=0o755), "mkdir", path)

    def symlink(self) -> None:
        path = self.new_path()
        length = self.random.choice((1, 10, 58, 59, 60, 61, 100, 700))
        target = bytes(self.random.choice(b"abc/.") for _ in range(length))
        self.add(path, Inode(LINK, target=target, mode=0o777), "symlink", path, target)

    def link(self) -> None:
        old, new = self.some(FILE, LINK), self.new_path()
        if old is None:
            return
        parent, name = self.model.parent(new)
        inode = self.model.find(old)
        number, _ = self.machine.do("link", old, new)
        if self.same(number, errno.EEXIST if name in parent.names else 0):
            parent.names[name] = inode
            inode.links += 1
            self.touched()

    def unlink(self) -> None:
        path = self.some(FILE, LINK)
        if path is None:
            return
        parent, name = self.model.parent(path)
        number, _ = self.machine.do("unlink", path)
        if self.same(number, 0):
            parent.names.pop(name).links -= 1
            self.touched()

    def rmdir(self) -> None:
        path = self.some(DIRECTORY)
        if path is None:
            return
        parent, name = self.model.parent(path)
        wanted = errno.ENOTEMPTY if parent.names[name].names else 0
        number, _ = self.machine.do("rmdir", path)
        if self.same(number, wanted):
            parent.names.pop(name).links = 0
            parent.links -= 1
            self.touched()

    def rename(self) -> None:
        old = self.some(FILE, DIRECTORY, LINK)
        new = self.new_path() if self.random.random() < 0.7 else self.some(FILE, DIRECTORY, LINK)
        if old is None or new is None or (new + b"/").startswith(old + b"/"):
            return
        (source, name), (to, new_name) = self.model.parent(old), self.model.parent(new)
        inode, replaced = source.names[name], to.names.get(new_name)
        number, _ = self.machine.do("rename", old, new)
        if not self.same(number, self.rename_error(inode, replaced)) or inode is replaced:
            return
        to.names[new_name] = source.names.pop(name)
        if inode.kind == DIRECTORY:
            source.links -= 1
            to.links += replaced is None
        if replaced is not None:
            replaced.links = 0 if replaced.kind == DIRECTORY else replaced.links - 1
        self.touched()

    @staticmethod
    def rename_error(inode: Inode, replaced: Inode | None) -> int:
        if replaced is None or inode is replaced:
            return 0
        if inode.kind == DIRECTORY and replaced.kind != DIRECTORY:
            return errno.ENOTDIR
        if inode.kind != DIRECTORY and replaced.kind == DIRECTORY:
            return errno.EISDIR
        return errno.ENOTEMPTY if replaced.names else 0

    def changed(self, inode: Inode, kept: int) -> None:
        inode.version += 1
        inode.kept = min(inode.kept, kept)

    def put(self, inode: Inode, offset: int, size: int, *words: str | bytes | int) -> None:
        """Writes; less than all of it may have found space."""
        seed = self.random.randrange(65536)
        self.changed(inode, offset)
        number, answer = self.machine.do(*words, offset, size, seed)
        done = int(answer or 0) if number == 0 else 0
        if self.same(number, 0):
            if done < size:
                self.refused += 1
            if done > 0:
                missing = max(0, offset - len(inode.data))
                inode.data.extend(bytes(missing))
                inode.data[offset:offset + done] = data_of(seed, done)

    def write(self) -> None:
        path = self.some(FILE)
        if path is not None:
            inode = self.model.find(path)
            offset = self.random.choice((0, len(inode.data), self.random.randrange(self.size_max)))
            self.put(inode, offset, self.size(), "write", path)

    def append(self) -> None:
        path = self.some(FILE)
        if path is not None and len(self.model.find(path).data) < self.size_max:
            inode = self.model.find(path)
            self.put(inode, len(inode.data), self.size(), "write", path)

    def size(self) -> int:
        return self.random.choice((1, 100, 1024, 4032, 4096, self.random.randrange(1, 20000)))

    def get(self, inode: Inode, *words: str | bytes | int) -> None:
        offset = self.random.choice((0, self.random.randrange(self.size_max)))
        size = self.random.choice((10, 4032, self.size_max))
        number, answer = self.machine.do(*words, offset, size)
        self.same(number, 0)
        self.equal(answer, checksum(bytes(inode.data[offset:offset + size])))

    def read(self) -> None:
        path = self.some(FILE)
        if path is not None:
            self.get(self.model.find(path), "read", path)

    def truncate(self) -> None:
        path = self.some(FILE)
        if path is None:
            return
        inode = self.model.find(path)
        size = self.random.choice((0, self.random.randrange(len(inode.data) + 1),
                                   self.random.randrange(self.size_max)))
        self.changed(inode, size)
        number, _ = self.machine.do("truncate", path, size)
        if self.same(number, 0):
            inode.data[size:] = bytes(max(0, size - len(inode.data)))

    def readlink(self) -> None:
        path = self.some(LINK)
        if path is not None:
            number, answer = self.machine.do("readlink", path)
            self.same(number, 0)
            self.equal(answer, self.model.find(path).target.hex())

    def stat(self) -> None:
        path = self.some(FILE, DIRECTORY, LINK)
        if path is None:
            return
        inode = self.model.find(path)
        number, answer = self.machine.do("stat", path)
        self.same(number, 0)
        mode, links, size = answer.split()[:3]
        self.equal(f"{int(mode, 8) & 0o7777:o} {links}", f"{inode.mode:o} {inode.links}")
        if inode.kind != DIRECTORY:
            self.equal(size, str(len(inode.data) + len(inode.target)))

    def list(self) -> None:
        path = self.some_directory()
        number, answer = self.machine.do("list", path or b"/")
        self.same(number, 0)
        found = sorted(bytes.fromhex(word.split(":")[2]) for word in answer.split())
        wanted = sorted([b".", b"..", *self.model.find(path).names])
        self.equal(str(found), str(wanted))

    def open(self) -> None:
        path, handle = self.some(FILE), self.random.randrange(HANDLES)
        if path is not None and handle not in self.handles:
            self.machine.must("open", path, handle)
            self.handles[handle] = self.model.find(path)

    def close(self) -> None:
        if self.handles:
            handle = self.random.choice(sorted(self.handles))
            self.machine.must("close", handle)
            del self.handles[handle]

    def write_opened(self) -> None:
        if self.handles:
            handle = self.random.choice(sorted(self.handles))
            self.put(self.handles[handle], self.random.randrange(self.size_max), self.size(),
                     "hwrite", handle)

    def read_opened(self) -> None:
        if self.handles:
            handle = self.random.choice(sorted(self.handles))
            self.get(self.handles[handle], "hread", handle)

    def chmod(self) -> None:
        path, mode = self.some(FILE, DIRECTORY), self.random.randrange(0o10000)
        if path is not None:
            number, _ = self.machine.do("change", path, mode, 1_600_000_000, 1_600_000_001)
            if self.same(number, 0):
                self.model.find(path).mode = mode

    def sync(self) -> None:
        self.machine.must("sync")

    def close_all(self) -> None:
        while self.handles:
            self.close()
