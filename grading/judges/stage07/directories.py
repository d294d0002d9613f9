"""ext2_directory_find() (guest/07-vfs/programs/lab_names.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, NamedTuple, Optional

from grader.splitmix import SplitMix64
from .cases import Call, Case
from .names import EIO, ENOENT, ENOMEM, OK

CASES, BLOCKS, SHORT_MOST, NAME_MOST, NEVER = 160, 3, 4, 255, 99
HEAD, LONG_SIZE, ONLY_NAME = 8, 264, "c"
BLOCK, PUT, CHECK, STRANGE = range(1, 5)


class Entry(NamedTuple):
    """An entry of a directory."""

    offset: int
    name: str
    inode: int
    is_rest: bool = False   # what is left of the block: no entry has room in it


class Place(NamedTuple):
    """Where a name was found."""

    block: int
    offset: int
    previous: int


@dataclass
class Find(Case):
    """A call, and the directory."""

    results = 4
    block_size: int
    blocks: list[list[Entry]]
    name: str
    unread: int
    damaged: tuple[int, int]    # block, entry

    def __str__(self) -> str:
        name = f'"{self.name}"' if len(self.name) <= SHORT_MOST else \
            f'{len(self.name)} letters that end with "{self.name[-2:]}"'
        return (f"ext2_directory_find() of {name} in {len(self.blocks)} blocks of "
                f"{self.block_size} bytes")

    def expected(self) -> tuple[int, Optional[Place], list[Call], str]:
        """The error, the place, the calls up to there, and why."""
        calls: list[Call] = []
        for number, entries in enumerate(self.blocks):
            calls.append(Call(BLOCK, number))
            if number == self.unread:
                return ENOMEM, None, calls, f"that is what ext2_directory_block({number}) gives"
            previous = 0
            for place, entry in enumerate(entries):
                calls.append(Call(CHECK, number << 32 | entry.offset))
                if (number, place) == self.damaged or entry.is_rest:
                    calls.append(Call(PUT, number))
                    return EIO, None, calls, f"block {number} is damaged at {entry.offset}"
                if entry.inode and entry.name == self.name:
                    found = Place(number, entry.offset, previous)
                    return OK, found, calls, f"it is in block {number} at {entry.offset}"
                previous = entry.offset
            calls.append(Call(PUT, number))
        return ENOENT, None, calls, "no entry with an inode has this name"

    def judge(self, calls: list[Call], results: list[int]) -> None:
        wanted, place, right, why = self.expected()
        self._judge_checks(calls, right)
        self.expect_error(results[0], wanted, why)
        if place:
            got = Place(*results[1:])
            for what, is_there, should in zip(Place._fields, got, place):
                if is_there != should:
                    self.fail(f"finds the wrong place: its {what}", f"{should} ({why})",
                              str(is_there))
        self._judge_buffers(calls, right)

    def _judge_checks(self, calls: list[Call], right: list[Call]) -> None:
        """Blocks in their order, and in them the entries in theirs."""
        looked = [call for number, call in enumerate(calls) if call.which != PUT
                  and not (call.which == CHECK and call in calls[number - 1:number])]
        for got, should in zip(looked, [call for call in right if call.which != PUT]):
            if got != should:
                self.fail("goes a wrong way through the directory", _call(should), _call(got),
                          hint="the next entry begins `size` bytes behind the last one, up to the "
                               "block's end")
        made, should_be = len(looked), sum(call.which != PUT for call in right)
        if made > should_be:
            self.fail("looks further than it has to", "nothing more", _call(looked[should_be]))
        if made < should_be:
            missing = [call for call in right if call.which != PUT][made]
            self.fail("ends before it has looked at everything", _call(missing), "no call")

    def _judge_buffers(self, calls: list[Call], right: list[Call]) -> None:
        got, should = ([call.given for call in each if call.which == PUT]
                       for each in (calls, right))
        if got != should:
            self.fail("does not give back the right buffers", f"of blocks {_listed(should)}",
                      f"of blocks {_listed(got)}",
                      hint="all that it got, but for that with the name in it")


def _listed(blocks: list[int]) -> str:
    return ", ".join(map(str, blocks)) or "(none)"


def _call(call: Call) -> str:
    if call.which == BLOCK:
        return f"ext2_directory_block({call.given})"
    if call.which == CHECK:
        return (f"ext2_entry_check() of block {call.given >> 32} at "
                f"{call.given & 0xFFFFFFFF}")
    return f"a call with {call.given:#x}, which is no such block"


def _name(random: SplitMix64) -> str:
    is_long = random.below(3) == 0
    length = (NAME_MOST - 2 if is_long else 1) + random.below(3 if is_long else SHORT_MOST)
    drawn = 2 if is_long else length
    return "a" * (length - drawn) + "".join("a" if random.below(2) else "b" for _ in range(drawn))


def _block(random: SplitMix64, block_size: int) -> list[Entry]:
    entries, offset, unit = [], 0, block_size // 256
    has_names = random.below(3) != 0
    while offset < block_size:
        name = _name(random)
        size = (HEAD + len(name) + 3 & ~3) + unit * random.below(20)
        if offset + size > block_size - LONG_SIZE - 20 * unit:
            size = block_size - offset
        inode = random.next() & 0xFFFFFFFF | 1
        if random.below(4) == 0 or not has_names:
            inode = 0
        entries.append(Entry(offset, name, inode))
        offset += size
    return entries


def _shorten(entries: list[Entry], block_size: int) -> None:
    """The last entry ends 4 bytes before its block does, if its name leaves room."""
    last = entries[-1]
    if block_size - last.offset > HEAD + len(last.name) + 3 & ~3:
        entries.append(Entry(block_size - 4, "", 0, True))


def _find(random: SplitMix64) -> Find:
    block_size = 1024 << random.below(3)
    count = random.below(BLOCKS + 1)
    blocks = [_block(random, block_size) for _ in range(BLOCKS)]
    is_marked = random.below(3) == 0
    if is_marked:
        first = blocks[random.below(BLOCKS)]
        first[0] = first[0]._replace(name=ONLY_NAME, inode=1)
    unread = random.below(BLOCKS) if random.below(6) == 0 else NEVER
    block = random.below(BLOCKS) if random.below(4) == 0 else NEVER
    entry = random.below(6)
    if block < BLOCKS and entry < len(blocks[block]):
        random.below(2)     # what its size says
    if random.below(4) == 0:
        _shorten(blocks[random.below(BLOCKS)], block_size)
    name = _name(random)
    return Find(block_size, blocks[:count], ONLY_NAME if is_marked else name, unread,
                (block, entry))


def cases(random: SplitMix64) -> Iterator[Case]:
    """The calls."""
    return (_find(random) for _ in range(CASES))
