"""What is checked of ext2: each check ends with nothing, or with an AssertionError in words."""

import errno
import random
import struct
from pathlib import Path

from ext2_cut import DumpedDisk, MountedDisk, Promises, model_of
from ext2_damage import Layout, Visitor, damage, filled_image, visit
from ext2_machine import (MB, Machine, PowerCut, check_clean, checksum, copy_of, data_of, debugfs,
                          dump, make_image, repair, work_place)
from ext2_model import Session

REQUESTS_MAX = 20000        # of the disk, that one command may make


def expect(holds: bool, told: object) -> None:
    if not holds:
        raise AssertionError(told)


def expect_clean(image: Path) -> None:
    said = check_clean(image)
    expect(not said, said)


def expect_equal_dump(image: Path, session: Session) -> None:
    """debugfs finds what the model has."""
    got, wanted = dump(image), session.model.expected_dump()
    differ = [path for path in set(got) | set(wanted) if got.get(path, 0) != wanted.get(path, 0)]
    expect(not differ, f"the host reads something else in {differ[:5]}")


def start(image: Path, seed: int, compiler: str = "gcc") -> Machine:
    machine = Machine(image, seed, compiler)
    machine.must("mount")
    machine.must("fault", "requests", REQUESTS_MAX)
    return machine


def check_random(image: Path, seed: int, steps: int, compiler: str = "gcc") -> int:
    """Random operations; now and then everything is unmounted. Gives how often space was out."""
    with start(image, seed, compiler) as machine:
        session = Session(machine, seed)
        for step in range(steps):
            session.step()
            if step % 2000 == 1999:
                session.close_all()
                machine.must("unmount")
                expect_clean(image)
                machine.must("mount")
        session.close_all()
        machine.must("sync")
        expect_clean(image)
        expect_equal_dump(image, session)
        machine.must("unmount")
        machine.end()
        expect("damage" not in machine.said(), machine.said())
    expect_clean(image)
    return session.refused


def run_until_cut(image: Path, seed: int, steps: int) -> Promises | None:
    """Random operations, until the power goes. None: it has not."""
    chance = random.Random(seed)
    with start(image, seed) as machine:
        session = Session(machine, seed, size_max=100_000)
        promises = Promises(session)
        machine.must("fault", "cut", chance.choice((chance.randrange(1, 100),
                                                    chance.randrange(1, 2000))))
        try:
            for _ in range(steps):
                if chance.random() < 0.02:
                    machine.must("sync")
                    promises.renew()
                session.step()
        except PowerCut as cut:
            promises.interrupted(str(cut))
            return promises
    return None


def check_second_life(image: Path, seed: int, steps: int) -> None:
    """What the power cut has left is used further, without e2fsck."""
    with start(image, seed) as machine:
        expect(machine.must("state").startswith("0"), machine.said())
        model = model_of(machine)
        if model is None:
            return
        session = Session(machine, seed, size_max=100_000, model=model)
        session.operations = [one for one in session.operations if one != session.stat]
        for _ in range(steps):
            session.step()
        session.close_all()
        machine.must("sync")
        said = check_clean(image)
        expect("ultiply-claimed" not in said, said)
        expect_equal_dump(image, session)
        machine.must("unmount")
        machine.end()


def check_cut(base: Path, seed: int, steps: int) -> bool:
    """The power goes. Gives whether it went."""
    image = copy_of(base)
    promises = run_until_cut(image, seed, steps)
    if promises is None:
        return False
    log = promises.session.machine.log[-3:]
    with Machine(copy_of(image, "raw.img")) as machine:
        machine.must("mount", 1)
        broken = promises.broken(MountedDisk(machine))
        expect(not broken, f"seed {seed}, read as it is: {broken[:3]}, behind {log}")
    mended = copy_of(image, "mended.img")
    told = repair(mended)
    broken = promises.broken(DumpedDisk(mended))
    expect(not broken, f"seed {seed}, mended: {broken[:3]}, behind {log}\n{told}")
    check_second_life(image, seed, steps // 2)
    return True


def check_damage(layout: Layout, seed: int, place: str) -> bool:
    """An image is damaged. Gives whether that was found."""
    image = work_place() / "damaged.img"
    what = damage(layout, image, place, random.Random(seed))
    try:
        errors, said = visit(image, seed)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}, {what}: {error}") from None
    expect(not errors or "[ext2]" in said, f"seed {seed}, {what}: EIO, but no words")
    return bool(said)


def image_with_hole() -> Path:
    """An image with a file that has a hole; what is free on the disk is not 0."""
    image = make_image("hole.img", MB, "-b", "4096")
    with start(image, 1) as machine:
        for path in ("/f", "/junk"):
            machine.must("create", path)
        machine.must("write", "/junk", 0, MB, 1)
        machine.must("sync")
        machine.must("unlink", "/junk")
        machine.must("write", "/f", 40_000, 100, 2)
        machine.must("unmount")
        machine.end()
    return image


def check_hole_cut() -> None:
    """Something is written into a hole, and the power goes: around it are zeros, as before."""
    base = image_with_hole()
    for seed in range(40):
        image = copy_of(base)
        with start(image, seed) as machine:
            machine.must("fault", "cut", 1 + seed % 10)
            try:
                machine.must("write", "/f", 9000, 1, 3)
                machine.must("write", "/f", 17000, 1, 3)
                machine.must("sync")
            except PowerCut:
                pass
        with Machine(image) as machine:
            machine.must("mount", 1)
            for offset, size in ((0, 9000), (9001, 7999), (17001, 22999)):
                expect(machine.must("read", "/f", offset, size) == checksum(bytes(size)),
                       f"seed {seed}: old bytes stand in a hole")
            machine.end()


class Unlucky(Session):
    """Random operations on a disk that often cannot be written: what is refused is not done."""

    def same(self, got: int, wanted: int) -> bool:
        return got != errno.EIO and super().same(got, wanted)

    def sync(self) -> None:
        self.machine.do("sync")


def check_write_faults(seed: int, steps: int) -> int:
    """Writes fail. A sync says so; when the disk is well again, nothing is missing. Gives how often
    a sync has failed. All blocks have room in the cache, so that none has to be given up."""
    image = make_image("faults.img", 448 << 10, "-b", "1024")
    chance, failed = random.Random(seed), 0
    with start(image, seed) as machine:
        session = Unlucky(machine, seed, size_max=20_000)
        for _ in range(steps):
            if chance.random() < 0.1:
                machine.must("fault", "errors", chance.randrange(1, 8))
                machine.must("fault", "write", chance.randrange(1, 30))
                failed += machine.do("sync")[0] == errno.EIO
            session.step()
        machine.must("fault", "write", 0)
        session.close_all()
        machine.do("unmount")
        machine.must("mount")           # frees what could not be freed
        machine.must("unmount")
        expect_clean(image)
        expect_equal_dump(image, session)
        expect(failed == 0 or "could not be written" in machine.said(), "there are no words")
        machine.end()
    return failed


def check_read_faults(base: Path, seed: int) -> int:
    """Reads fail, whichever. Gives how many commands were refused; e2fsck can mend what is left."""
    image, chance, errors = copy_of(base), random.Random(seed), 0
    for _ in range(8):
        with start(image, seed) as machine:
            visitor = Visitor(machine)
            machine.must("fault", "errors", chance.randrange(1, 4))
            machine.must("fault", "read", chance.randrange(1, 60))
            paths = visitor.walk()
            machine.must("fault", "read", chance.randrange(1, 60))
            visitor.change(paths[:10], chance)
            machine.must("fault", "read", 0)
            machine.do("unmount")
            machine.end()
            errors += visitor.errors
            expect(not visitor.errors or "could not be read" in machine.said(), "no words")
        repair(image)
    return errors


# --- Space that is not there. ---

NO_SPACE = (
    ("create", "/new"), ("mkdir", "/new"), ("symlink", "/new", "x" * 200),
    ("symlink", "/new", "short"), ("write", "/empty", 0, 100, 1),
    ("write", "/empty", 50_000, 5000, 1), ("write", "/empty", 3_000_000, 100, 1),
    ("write", "/empty", 70_000_000, 100, 1), ("write", "/filled", 5000, 30_000, 1),
    ("link", "/filled", "/full/another"), ("rename", "/filled", "/full/another"),
    ("rename", "/full", "/other/moved"), ("create", "/full/another"), ("mkdir", "/full/another"),
    ("truncate", "/filled", 500_000),
)


def image_without_room(block_size: int) -> Path:
    """An image whose directory /full has no room in its blocks."""
    image = make_image("space.img", 4 * MB, "-b", str(block_size))
    with start(image, 1) as machine:
        for path in ("/full", "/other"):
            machine.must("mkdir", path)
        for path in ("/empty", "/filled"):
            machine.must("create", path)
        machine.must("write", "/filled", 0, 20_000, 1)
        for number in range(12 * block_size // 256 - 1):
            machine.must("create", b"/full/%s%03d" % (b"n" * 244, number))
        machine.must("unmount")
        machine.end()
    return image


def check_no_space(base: Path, command: tuple[str | int, ...], which: str) -> int:
    """Each allocation of a command fails, one after the other. Gives how many there are."""
    before = dump(base)
    for count in range(1, 40):
        image = copy_of(base)
        with start(image, count) as machine:
            machine.must("fault", which, count)
            number, answer = machine.do(*command)
            machine.must("unmount")
            machine.end()
        expect_clean(image)
        expect(number in (0, errno.ENOSPC), f"{command} gave {number}")
        is_short = command[0] == "write" and number == 0 and int(answer) < int(command[3])
        if number == 0 and not is_short:
            return count - 1
        expect(is_short or dump(image) == before, f"{command} has failed, and changed something")
    raise AssertionError(f"{command} never succeeds")


# --- Long files. ---


def check_levels(block_size: int) -> None:
    """A file with blocks behind each level of pointers; the host reads the same."""
    image = make_image("levels.img", 8 * MB, "-b", str(block_size))
    pointers = block_size // 4
    starts = [0, 11, 12, 12 + pointers - 1, 12 + pointers, 12 + pointers + pointers ** 2 - 1,
              12 + pointers + pointers ** 2, 12 + pointers + pointers ** 2 + 5 * pointers]
    last = 12 + pointers + pointers ** 2 + pointers ** 3
    with start(image, 1) as machine:
        machine.must("create", "/f")
        for number, index in enumerate([*starts, last - 1]):
            machine.must("write", "/f", index * block_size, block_size, number)
            expect(machine.must("read", "/f", index * block_size, block_size)
                   == checksum(data_of(number, block_size)), f"block {index}")
        expect(machine.do("write", "/f", last * block_size, 1, 1)[0] == errno.EFBIG, "too long")
        expect(machine.must("write", "/f", last * block_size - 10, 100, 1) == "10", "what fits")
        expect(machine.do("truncate", "/f", last * block_size + 1)[0] == errno.EFBIG, "too long")
        expect(int(machine.must("stat", "/f").split()[2]) == last * block_size, "its size")
        machine.must("sync")
        expect_clean(image)
        check_blocks(image, starts, block_size)
        shorten(machine, image, starts, block_size)
        machine.must("unmount")
        machine.end()


def check_blocks(image: Path, starts: list[int], block_size: int) -> None:
    """The host finds each block where it should be, by its own way."""
    content = image.read_bytes()
    for number, index in enumerate(starts):
        block = int(debugfs(image, f"bmap f {index}"))
        expect(content[block * block_size:(block + 1) * block_size]
               == data_of(number, block_size), f"block {index} on the disk")
    expect(debugfs(image, "bmap f 13").strip() == "0", "a hole is a hole")


def shorten(machine: Machine, image: Path, starts: list[int], block_size: int) -> None:
    """The file becomes shorter; each time what is behind is free, and what is before is there."""
    free = machine.free_blocks()
    for number, index in reversed(list(enumerate(starts))):
        machine.must("truncate", "/f", index * block_size + block_size // 2)
        machine.must("sync")
        expect_clean(image)
        expect(machine.must("read", "/f", index * block_size, block_size)
               == checksum(data_of(number, block_size // 2)), f"block {index}")
        machine.must("truncate", "/f", (index + 1) * block_size)
        wanted = data_of(number, block_size // 2) + bytes(block_size - block_size // 2)
        expect(machine.must("read", "/f", index * block_size, block_size) == checksum(wanted),
               "behind the end there are zeros")
    machine.must("truncate", "/f", 0)
    expect(machine.free_blocks() > free + len(starts), "all blocks are free again")
    machine.must("unlink", "/f")


def check_index() -> None:
    """A directory to which e2fsck has made an index loses it when it is changed."""
    folder = work_place() / "many"
    (folder / "d").mkdir(parents=True, exist_ok=True)
    for number in range(400):
        (folder / "d" / f"a-rather-long-name-{number}").write_text(str(number), encoding="utf-8")
    image = make_image("index.img", 8 * MB, "-b", "1024", "-d", str(folder))
    repair(image, "-D")
    expect("Flags: 0x1000" in debugfs(image, "stat /d"), "there is no index")
    with start(image, 1) as machine:
        for number in range(0, 400, 3):
            machine.must("unlink", f"/d/a-rather-long-name-{number}")
            machine.must("create", f"/d/another-name-{number}-and-so-on")
        machine.must("unmount")
        machine.end()
    expect_clean(image)
    expect("Flags: 0x1000" not in debugfs(image, "stat /d"), "the index is still there")


def check_refused() -> None:
    """What cannot be mounted, or only be read, is told in words."""
    for options, number, words in (
            (("-O", "extents"), errno.EINVAL, "features that ext2 has not"),
            (("-O", "^resize_inode,uninit_bg"), 0, "allow others only to read"),
            (("-O", "journal_dev"), errno.EINVAL, "features that ext2 has not")):
        image = make_image("refused.img", 4 * MB, *options)
        before = image.read_bytes()
        with Machine(image) as machine:
            expect(machine.do("mount")[0] == number, f"{options}: {machine.said()}")
            expect(words in machine.said(), machine.said())
            if number == 0:
                expect(machine.do("create", "/f")[0] == errno.EROFS, "it is to be read only")
                machine.must("unmount")
            machine.end()
        expect(image.read_bytes() == before, f"{options}: something was written")


# --- Single functions. ---

LOOK = 64       # CACHE_LOOK


def choice_of(buffers: str) -> int:
    """What cache_choose() is to answer."""
    usable = [index for index, bits in enumerate(buffers) if int(bits) & 3 == 0]
    clean = [index for index in usable[:LOOK] if int(buffers[index]) & 4 == 0]
    return (clean or usable or [-1])[0]


def check_choice() -> None:
    """The cache chooses the buffer that it should."""
    chance = random.Random(1)
    with Machine(make_image("choice.img", MB)) as machine:
        for case in range(400):
            letters = chance.choice(("0123456", "4", "44444440", "123", "4123", "567", "45"))
            buffers = "".join(chance.choice(letters) for _ in range(chance.randrange(1, 200)))
            buffers += chance.choice(("", "", "0", "4"))
            if case % 20 == 0:
                edge = chance.randrange(LOOK - 2, LOOK + 2)
                buffers = "5" * chance.randrange(5) + "4" * edge + "0" + "4" * 3
            chosen = machine.must("choose", buffers)
            expect(int(chosen) == choice_of(buffers),
                   f"of {buffers} number {chosen} is chosen, not {choice_of(buffers)}")
        machine.end()


def poke(image: Path, at: int, *words: int) -> None:
    """Writes words of 4 bytes into an image."""
    with open(image, "r+b") as file:
        file.seek(at)
        file.write(struct.pack(f"<{len(words)}I", *words))


def inode_at(layout: Layout, path: str) -> int:
    """Where an inode stands, in bytes; it is in the first group."""
    number = int(debugfs(layout.image, f"stat {path}").split()[1])
    return layout.inode_table * layout.block + (number - 1) * layout.inode_size


def check_pointers(block_size: int) -> None:
    """A pointer that cannot be is found where it stands, and others still lead to their blocks."""
    layout = Layout(filled_image("filled.img", block_size))
    bad = (len(layout.bytes) // block_size, 0xFFFFFFFF, layout.bitmap,
           layout.inode_bitmap, layout.inode_table, layout.table // block_size, 1024 // block_size)
    at = inode_at(layout, "/f2") + 40
    start, per_block = 12 + block_size // 4, block_size // 4
    double = struct.unpack_from("<I", layout.bytes, at + 13 * 4)[0]
    places = ((at, 0), (at + 11 * 4, 11), (at + 12 * 4, 12), (at + 13 * 4, start),
              (double * block_size, start), (at + 14 * 4, start + per_block ** 2))
    bad = [pointer for pointer in bad if pointer != 0]
    for number, (place, index) in enumerate(places):
        for pointer in (bad[number % len(bad)], bad[(number + 3) % len(bad)]):
            image = copy_of(layout.image)
            poke(image, place, pointer)
            with Machine(image) as machine:
                machine.must("mount", 1)
                machine.must("fault", "requests", REQUESTS_MAX)
                size = int(machine.must("stat", "/f2").split()[2])
                error, _ = machine.do("read", "/f2", index * block_size, block_size)
                is_there = index * block_size < size
                expect(error == (errno.EIO if is_there else 0),
                       f"pointer {pointer} at block {index} gives {error}")
                expect(not is_there or "no file can have" in machine.said(), machine.said())
                if place != at:
                    machine.must("read", "/f2", 0, block_size)
                machine.must("read", "/f1", 0, 20000)
                machine.end()


def check_entries() -> None:
    """An entry whose sizes cannot be ends each search; names before it are still found."""
    layout = Layout(filled_image("filled.img", 1024))
    start = layout.blocks_of("/d")[0] * 1024
    third = start + 24                      # behind "." and ".."
    before = struct.unpack_from("<H", layout.bytes, third + 4)[0]
    after = third + before                  # the entry whose sizes are changed
    name = layout.bytes[third + 8:third + 8 + layout.bytes[third + 6]]
    length = layout.bytes[after + 6]
    for size, named in ((0, length), (4, length), (7, length), (before + 1, length), (1024, length),
                        (65532, length), (8, length), (12, 5), (before + 4000, 1)):
        image = copy_of(layout.image)
        poke(image, after + 4, size | named << 16 | 1 << 24)
        with Machine(image) as machine:
            machine.must("mount")
            machine.must("fault", "requests", REQUESTS_MAX)
            machine.must("stat", b"/d/" + name)
            number, _ = machine.do("stat", "/d/no-such-name")
            expect(number == errno.EIO, f"an entry of {size} bytes gives {number}")
            expect("entry is wrong" in machine.said(), machine.said())
            expect(machine.do("create", "/d/new")[0] == errno.EIO, "nothing is to be created")
            expect(machine.do("create", "/new")[0] == errno.EROFS, "and nothing anywhere else")
            machine.end()


def check_removed_names() -> None:
    """A name that was taken away is not found any more, wherever in its block it was."""
    layout = Layout(filled_image("filled.img", 1024))
    with start(layout.image, 1) as machine:
        names = [bytes.fromhex(word.split(":")[2]) for word in machine.must("list", "/d").split()]
        for name in names:
            if name not in (b".", b"..", b"e"):
                machine.must("unlink", b"/d/" + name)
                expect(machine.do("stat", b"/d/" + name)[0] == errno.ENOENT, f"{name!r} is gone")
        expect(len(machine.must("list", "/d").split()) == 3, "one name is left")
        machine.must("unmount")
        machine.end()
    expect_clean(layout.image)


def check_sync_tells() -> None:
    """A write that fails is told by the next sync, once; then it is tried again."""
    with start(make_image("tells.img", MB, "-b", "1024"), 1) as machine:
        machine.must("create", "/f")
        machine.must("write", "/f", 0, 20_000, 1)
        machine.must("fault", "write", 3)
        expect(machine.do("sync")[0] == errno.EIO, "the sync says that all is well")
        machine.must("sync")
        machine.must("unmount")
        machine.end()
