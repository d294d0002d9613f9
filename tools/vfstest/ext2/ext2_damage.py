"""Damage: bits that flip in those places of an image that a file system believes in."""

import random
import struct
from pathlib import Path

from ext2_machine import MB, Machine, debugfs, make_image

PLACES = ("super block", "descriptors", "block bitmap", "inode bitmap", "inodes", "directories",
          "pointers")
EIO = 5


def filled_image(name: str, block_size: int) -> Path:
    """An image with some of everything: big directories, sparse files, all kinds of links."""
    image = make_image(name, 4 * MB, "-b", str(block_size), "-N", "256")
    with Machine(image) as machine:
        machine.must("mount")
        for path in (b"/d", b"/d/e", b"/d/e/f", b"/empty"):
            machine.must("mkdir", path)
        for number in range(80):
            machine.must("create", b"/d/%d-%s" % (number, b"n" * (number % 60)))
        for number in range(8):
            machine.must("create", b"/f%d" % number)
            machine.must("write", b"/f%d" % number, 0, 3000 * number, number)
        machine.must("write", "/f1", 12 * block_size, 1000, 1)
        machine.must("write", "/f2", (12 + block_size // 4) * block_size, 50000, 2)
        machine.must("write", "/f3", (12 + block_size // 4 + (block_size // 4) ** 2) * block_size,
                     9000, 3)
        machine.must("symlink", "/short", "f1")
        machine.must("symlink", "/long", "x" * 300)
        machine.must("link", "/f4", "/d/e/hard")
        machine.must("unmount")
        machine.end()
    return image


class Layout:
    """Where things are in an image, as its super block says."""

    def __init__(self, image: Path) -> None:
        self.bytes = image.read_bytes()
        self.image = image
        words = struct.unpack_from("<13I", self.bytes, 1024)
        self.block = 1024 << words[6]
        self.inode_size = struct.unpack_from("<H", self.bytes, 1024 + 88)[0]
        self.inodes = words[10]
        self.table = self.block * (words[5] + 1)
        self.bitmap, self.inode_bitmap, self.inode_table = struct.unpack_from(
            "<3I", self.bytes, self.table)

    def blocks_of(self, path: str) -> list[int]:
        """Blocks of a file, without those with pointers."""
        words = debugfs(self.image, f"blocks {path}").split()
        return [int(word) for word in words]

    def ranges(self, place: str) -> list[tuple[int, int]]:
        """Where one of PLACES is: beginning and end in bytes."""
        if place == "super block":
            return [(1024, 1024 + 104)]
        if place == "descriptors":
            return [(self.table, self.table + 18)]
        if place == "block bitmap":
            return [(self.bitmap * self.block, self.bitmap * self.block + 512)]
        if place == "inode bitmap":
            return [(self.inode_bitmap * self.block, self.inode_bitmap * self.block + 32)]
        if place == "inodes":
            start = self.inode_table * self.block
            used = [2, *range(11, 110)]
            return [(start + (number - 1) * self.inode_size,
                     start + (number - 1) * self.inode_size + 128) for number in used]
        blocks = self.directory_blocks() if place == "directories" else self.pointer_blocks()
        return [(block * self.block, (block + 1) * self.block) for block in blocks]

    def directory_blocks(self) -> list[int]:
        return [block for path in ("/", "/d", "/d/e", "/empty") for block in self.blocks_of(path)]

    def pointer_blocks(self) -> list[int]:
        """Blocks of pointers: those that inodes name behind the first twelve."""
        found = []
        for number in range(1, 110):
            start = self.inode_table * self.block + (number - 1) * self.inode_size
            mode = struct.unpack_from("<H", self.bytes, start)[0]
            if mode & 0xF000 == 0x8000:
                found += filter(None, struct.unpack_from("<3I", self.bytes, start + 40 + 48))
        return found


def damage(layout: Layout, image: Path, place: str, chance: random.Random) -> str:
    """Writes a damaged copy. Gives what was done."""
    changed = bytearray(layout.bytes)
    done = []
    for _ in range(chance.choice((1, 1, 2, 4))):
        start, end = chance.choice(layout.ranges(place))
        at = chance.randrange(start, end)
        if place == "directories" and chance.random() < 0.7:
            at = start + chance.randrange(64)           # where the first entries are
        if chance.random() < 0.2:
            value = chance.choice((0, 0xFF))
        else:
            value = changed[at] ^ 1 << chance.randrange(8)
        done.append(f"byte {at}: {changed[at]:#x} is {value:#x}")
        changed[at] = value
    image.write_bytes(changed)
    return f"{place}: " + "; ".join(done)


class Visitor:
    """Does with a damaged image whatever can be done; each command ends, one way or another."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.errors = 0

    def do(self, *words: str | bytes | int) -> tuple[int, str]:
        number, answer = self.machine.do(*words)
        self.errors += number == EIO
        return number, answer

    def walk(self, limit: int = 400) -> list[bytes]:
        """Looks at everything that can be found."""
        found, places = [], [(b"", 0)]
        while places and len(found) < limit:
            path, depth = places.pop()
            number, answer = self.do("list", path or b"/")
            for word in answer.split() if number == 0 else []:
                name = bytes.fromhex(word.split(":")[2])
                if name not in (b".", b"..") and len(path) < 600:
                    inside = path + b"/" + name
                    found.append(inside)
                    self.look(inside)
                    if word.startswith("4:") and depth < 6:
                        places.append((inside, depth + 1))
        return found

    def look(self, path: bytes) -> None:
        number, answer = self.do("stat", path)
        if number == 0:
            size = int(answer.split()[2])
            for offset in {0, 12 * 1024, size // 2, max(0, size - 5000)}:
                self.do("read", path, offset, 20000)
            self.do("readlink", path)

    def change(self, paths: list[bytes], chance: random.Random) -> None:
        """Tries to change everything."""
        for number, path in enumerate(paths):
            other = chance.choice(paths)
            self.do("create", path + b"new")
            self.do("write", path, chance.choice((0, 100, 13000, 300000)), 5000, number)
            self.do(chance.choice(("truncate", "unlink", "rmdir")), path, 100)
            if not other.startswith(path):
                self.do("rename", path, other)
            self.do("link", other, path + b"l")
        for number in range(20):
            self.do("mkdir", b"/m%d" % number)
            self.do("create", b"/m%d/f" % number)
            self.do("write", b"/m%d/f" % number, 0, 30000, number)
        for path in paths:
            self.do("unlink", path)


def visit(image: Path, seed: int) -> tuple[int, str]:
    """Mounts a damaged image, does whatever can be done. Gives the errors, and what was said."""
    with Machine(image, seed) as machine:
        machine.must("fault", "requests", 40000)
        visitor = Visitor(machine)
        number, _ = machine.do("mount")
        if number == 0:
            paths = visitor.walk()
            visitor.change(paths, random.Random(seed))
            visitor.walk()
            visitor.do("sync")
            visitor.do("unmount")
        machine.end()
        said = machine.said()
    return visitor.errors + (number != 0), said
