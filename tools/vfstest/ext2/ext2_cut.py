"""Power cuts: what a sync has confirmed has to be found again, whatever was done afterwards."""

import urllib.parse
from pathlib import Path

from ext2_machine import Machine, checksum, dump
from ext2_model import DIRECTORY, FILE, LINK, Inode, Model, Session

KINDS = {"4": DIRECTORY, "8": FILE, "10": LINK}     # of entries, as the server tells them


class Promises:
    """What has to be there when the power goes.

    A path that was there at the last sync, and has been there ever since, has to be there; and a
    file that still has a name has to be found by one of those that it had meanwhile. What it holds
    has to be what it held, as far as nobody has changed it since.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.kept_paths: dict[bytes, set[Inode]] = {}   # and what was to be found there meanwhile
        self.names: dict[Inode, set[bytes]] = {}
        self.contents: dict[Inode, bytes] = {}
        session.touched = self.note
        self.renew()

    def renew(self) -> None:
        """Everything is on the disk."""
        paths = self.session.model.walk()
        self.kept_paths = {path: {inode} for path, inode in paths.items()}
        self.names, self.contents = {}, {}
        for path, inode in paths.items():
            self.names.setdefault(inode, set()).add(path)
            self.contents[inode] = bytes(inode.data) or inode.target
            inode.version, inode.kept = 0, len(inode.data)

    def note(self) -> None:
        """Names have changed."""
        now = self.session.model.walk()
        self.kept_paths = {path: inodes | {now[path]} for path, inodes in self.kept_paths.items()
                           if path in now}
        for path, inode in now.items():
            if inode in self.names:
                self.names[inode].add(path)

    def interrupted(self, line: str) -> None:
        """The power went in the middle of a command: it is done, or it is not."""
        words = [urllib.parse.unquote_to_bytes(word) for word in line.split()]
        model = self.session.model
        if words[0] in (b"unlink", b"rmdir"):
            self.kept_paths.pop(words[1], None)
            if words[0] == b"rmdir" or model.find(words[1]).links == 1:
                self.names.pop(model.find(words[1]), None)
        elif words[0] == b"rename":
            self.interrupted_rename(words[1], words[2])

    def interrupted_rename(self, old: bytes, new: bytes) -> None:
        now = self.session.model.walk()
        replaced = now.get(new)
        if replaced is now[old]:
            return
        for path in [path for path in now if (path + b"/").startswith(old + b"/")]:
            moved, inode = new + path[len(old):], now[path]
            self.kept_paths.pop(path, None)
            self.kept_paths.get(moved, set()).add(inode)
            self.names.get(inode, set()).add(moved)
        if replaced is not None and (replaced.kind == DIRECTORY or replaced.links == 1):
            self.names.pop(replaced, None)

    def is_kept(self, inode: Inode, path: bytes, disk: "Disk") -> bool:
        """Whether what stands at a path can be a file of the last sync."""
        content = self.contents.get(inode)
        if content is None or inode.kind == DIRECTORY:
            return True
        if inode.version == 0:
            return disk.whole(path, inode.kind) == checksum(content)
        return disk.beginning(path, inode.kept) == checksum(content[:inode.kept])

    def broken(self, disk: "Disk") -> list[str]:
        """What was promised, and is not there."""
        wrong = []
        for path, inodes in self.kept_paths.items():
            if not disk.has(path):
                wrong.append(f"{path!r} is missing")
            elif not any(self.is_kept(inode, path, disk) for inode in inodes):
                wrong.append(f"{path!r} holds something else")
        for inode, paths in self.names.items():
            if inode.links > 0 and not any(disk.has(path) and self.is_kept(inode, path, disk)
                                           for path in paths):
                wrong.append(f"none of {paths} is what it was: a {inode.kind}, changed"
                             f" {inode.version} times, {inode.kept} bytes of it kept")
        return wrong


class Disk:
    """An image as somebody reads it."""

    def has(self, path: bytes) -> bool:
        raise NotImplementedError

    def beginning(self, path: bytes, size: int) -> str:
        raise NotImplementedError

    def whole(self, path: bytes, kind: str) -> str:
        raise NotImplementedError


class DumpedDisk(Disk):
    """As debugfs reads it."""

    def __init__(self, image: Path) -> None:
        self.found = dump(image)

    def has(self, path: bytes) -> bool:
        return path in self.found

    def bytes_of(self, path: bytes) -> bytes:
        found = self.found[path]
        if isinstance(found, str):
            return found.encode("latin-1")
        return found if isinstance(found, bytes) else b"a directory"

    def beginning(self, path: bytes, size: int) -> str:
        return checksum(self.bytes_of(path)[:size])

    def whole(self, path: bytes, kind: str) -> str:
        return checksum(self.bytes_of(path))


class MountedDisk(Disk):
    """As the server itself reads it."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def has(self, path: bytes) -> bool:
        return self.machine.do("stat", path)[0] == 0

    def beginning(self, path: bytes, size: int) -> str:
        number, answer = self.machine.do("read", path, 0, size)
        return answer if number == 0 else f"error {number}"

    def whole(self, path: bytes, kind: str) -> str:
        if kind == FILE:
            return self.beginning(path, 1 << 24)
        number, answer = self.machine.do("readlink", path)
        return checksum(bytes.fromhex(answer)) if number == 0 else f"error {number}"


def model_of(machine: Machine) -> Model | None:
    """A model of what a mounted image holds, as the server reads it.

    None: the power went while a directory was moved, and it has both names. Only e2fsck mends that.
    """
    model, inodes = Model(), {}
    places = [(b"", model.root)]
    model.root.names.clear()
    while places:
        path, directory = places.pop()
        for word in machine.must("list", path or b"/").split():
            kind, number, name = word.split(":")
            inside = path + b"/" + bytes.fromhex(name)
            if name in ("2e", "2e2e"):
                continue
            if kind == "4" and number in inodes:
                return None
            if number not in inodes:
                inodes[number] = read_inode(machine, inside, KINDS[kind])
                if inodes[number].kind == DIRECTORY:
                    places.append((inside, inodes[number]))
            directory.names[bytes.fromhex(name)] = inodes[number]
    return model


def read_inode(machine: Machine, path: bytes, kind: str) -> Inode:
    mode, links, size = machine.must("stat", path).split()[:3]
    inode = Inode(kind, links=int(links), mode=int(mode, 8) & 0o7777)
    if kind == LINK:
        inode.target = bytes.fromhex(machine.must("readlink", path))
    elif kind == FILE:
        inode.data = bytearray.fromhex(machine.must("bytes", path, 0, size))
    return inode
