"""What the files of a directory hold after operations (guest/07-vfs/programs/vfs_work.c)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Optional, Union

from grader.splitmix import SplitMix64
from .names import EEXIST, ENOENT, ENOTEMPTY

WRITE_MOST = 3000
ROOT = ""


def pattern(factor: int, size: int) -> bytes:
    """file_use.h: files_fill()."""
    return bytes((place * factor >> 16) & 0xFF for place in range(size))


@dataclass
class File:
    """A regular file."""

    content: bytearray = field(default_factory=bytearray)
    links: int = 1

    def write(self, offset: int, data: bytes) -> None:
        """Writes; what is skipped is 0."""
        if data and len(self.content) < offset:
            self.content += bytes(offset - len(self.content))
        self.content[offset:offset + len(data)] = data


Entry = Union[File, str]        # a file, or a symbolic link's target


class Worker:
    """One of the tasks: what it does, what comes out of it, and what is in its directory then."""

    def __init__(self, number: int, seed: int) -> None:
        drawn = SplitMix64(seed)
        states = [drawn.next() for _ in range(number + 1)]
        self.number, self.random = number, SplitMix64(states[-1])
        self.directories: dict[str, dict[str, Entry]] = {ROOT: {}}

    def step(self) -> tuple[str, int]:
        """Does the next operation. @return it in words, and its result"""
        choice, path = self.random.below(24), self._any_file()
        if choice < 6:
            return self._write(path, choice == 5)
        if choice < 10:
            return self._read(path)
        others: dict[int, Callable[[], tuple[str, int]]] = {
            10: lambda: self._truncate(path), 16: lambda: self._symlink(path),
            17: self._readlink, 18: lambda: self._sync(path), 19: lambda: self._status(path)}
        if choice in (11, 12):
            return self._unlink(path)
        if choice in (13, 14, 15):
            return self._two(choice < 15, path)
        return others[choice]() if choice in others else self._directory(choice < 23)

    def tree(self) -> dict[str, Optional[Entry]]:
        """Everything by path from the worker's directory on; None for a directory."""
        found: dict[str, Optional[Entry]] = {}
        for name, entries in self.directories.items():
            if name != ROOT:
                found[name] = None
            found |= {f"{name}/{entry}" if name else entry: what for entry, what in
                      entries.items()}
        return found

    # --- what is drawn ---

    def _any_file(self) -> tuple[str, str]:
        directory, file = self.random.below(4), self.random.below(6)
        return f"d{directory}" if directory else ROOT, f"f{file}"

    def _any_offset(self) -> int:
        choice = self.random.below(8)
        return self.random.below(3000 if choice < 4 else 40000 if choice < 7 else 600000)

    def _text(self, path: tuple[str, str]) -> str:
        return "/".join(filter(None, (f"/w{self.number}", *path)))

    def _find(self, path: tuple[str, str]) -> Optional[File]:
        found = self.directories.get(path[0], {}).get(path[1])
        return found if isinstance(found, File) else None

    # --- operations ---

    def _write(self, path: tuple[str, str], at_end: bool) -> tuple[str, int]:
        offset, size = self._any_offset(), self.random.below(WRITE_MOST)
        data = pattern(self.random.next(), size)
        what = f"{size} bytes written to {self._text(path)} at {'its end' if at_end else offset}"
        if path[0] not in self.directories:
            return what, -ENOENT
        file = self._find(path)
        if file is None:
            file = self.directories[path[0]][path[1]] = File()
        file.write(len(file.content) if at_end else offset, data)
        return what, size

    def _read(self, path: tuple[str, str]) -> tuple[str, int]:
        offset, size = self._any_offset(), self.random.below(WRITE_MOST)
        what = f"{size} bytes read from {self._text(path)} at {offset}"
        file = self._find(path)
        if file is None:
            return what, -ENOENT
        data = file.content[offset:offset + size]
        return what, sum(byte * at for at, byte in enumerate(data, 1)) << 16 | len(data)

    def _truncate(self, path: tuple[str, str]) -> tuple[str, int]:
        size, file = self._any_offset(), self._find(path)
        if file is not None:
            del file.content[size:]
            file.content += bytes(size - len(file.content))
        return f"{self._text(path)} truncated to {size}", 0 if file else -ENOENT

    def _unlink(self, path: tuple[str, str]) -> tuple[str, int]:
        file = self._find(path)
        if file is not None:
            self._drop(path)
        return f"{self._text(path)} removed", 0 if file else -ENOENT

    def _drop(self, path: tuple[str, str]) -> None:
        file = self.directories[path[0]].pop(path[1], None)
        if isinstance(file, File):
            file.links -= 1

    def _two(self, moves: bool, path: tuple[str, str]) -> tuple[str, int]:
        other, file = self._any_file(), self._find(path)
        what = f"{self._text(path)} {'renamed to' if moves else 'linked as'} {self._text(other)}"
        if file is None or other[0] not in self.directories:
            return what, -ENOENT
        old = self._find(other)
        if old is not None and not moves:
            return what, -EEXIST
        if old is not file:
            self._drop(other)
            self.directories[other[0]][other[1]] = file
            file.links += 1
            if moves:
                self._drop(path)
        return what, 0

    def _any_link(self) -> str:
        return f"s{self.random.below(4)}"

    def _symlink(self, path: tuple[str, str]) -> tuple[str, int]:
        name = self._any_link()
        is_there = name in self.directories[ROOT]
        self.directories[ROOT].setdefault(name, self._text(path))
        return f"{name} made as a symbolic link", -EEXIST if is_there else 0

    def _readlink(self) -> tuple[str, int]:
        name = self._any_link()
        target = self.directories[ROOT].get(name)
        return f"{name} read, a symbolic link", len(target) if isinstance(target, str) else -ENOENT

    def _sync(self, path: tuple[str, str]) -> tuple[str, int]:
        return f"fsync() of {self._text(path)}", 0 if self._find(path) else -ENOENT

    def _status(self, path: tuple[str, str]) -> tuple[str, int]:
        file = self._find(path)
        size = len(file.content) << 8 | file.links if file else -ENOENT
        return f"size << 8 | links of {self._text(path)}", size

    def _directory(self, makes: bool) -> tuple[str, int]:
        name = f"d{1 + self.random.below(3)}"
        what = f"directory {name} of /w{self.number} {'made' if makes else 'removed'}"
        entries = self.directories.get(name)
        if makes:
            self.directories.setdefault(name, {})
            return what, 0 if entries is None else -EEXIST
        if entries is None:
            return what, -ENOENT
        if entries:
            return what, -ENOTEMPTY
        del self.directories[name]
        return what, 0
