"""ext2_block_find() (guest/07-vfs/programs/lab_block_find.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

from grader.splitmix import SplitMix64
from .cases import Call, Case
from .names import EFBIG, EIO, ENOMEM, OK

CASES, LEVELS, IN_INODE, UNSET, NEVER = 200, 4, 15, 0xDEAD, 99
PATH, CHECK, GET, PUT, GET_ZEROED, STRANGE = range(1, 7)


@dataclass
class Find(Case):
    """A call, and where the pointers lead."""

    results = 2
    index: int
    chain: list[int]
    hole: int
    wrong: int
    unread: int

    def __str__(self) -> str:
        return f"ext2_block_find() along {len(self.chain)} pointers ({self._text()})"

    def _text(self) -> str:
        return ", ".join(self._pointer(level) for level in range(len(self.chain))) or "too long"

    def _pointer(self, level: int) -> str:
        if level == self.hole:
            return "0"
        notes = [word for word, at in (("cannot be", self.wrong), ("cannot be read", self.unread))
                 if at == level and (at == self.wrong or level < len(self.chain) - 1)]
        return f"{self.chain[level]:#x}" + (f" which {notes[0]}" if notes else "")

    def expected(self) -> tuple[int, int, list[int], str]:
        """The error, the block, the blocks that are read, and why."""
        read: list[int] = []
        if not self.chain:
            return EFBIG, UNSET, read, "no file is that long"
        for level, number in enumerate(self.chain):
            if number == 0:
                return OK, 0, read, "there is a hole"
            if level == self.wrong:
                return EIO, UNSET, read, "a pointer cannot be"
            if level < len(self.chain) - 1:
                read.append(number)
                if level == self.unread:
                    return ENOMEM, UNSET, read, "that is what buffer_get() gives"
        return OK, self.chain[-1], read, "it is found"

    def judge(self, calls: list[Call], results: list[int]) -> None:
        error, block = results
        wanted, place, read, why = self.expected()
        self._judge_calls(calls, read, wanted)
        self.expect_error(error, wanted, why)
        if block != place:
            self.fail("sets `*block` wrongly", "left alone" if place == UNSET else f"{place:#x}",
                      f"{block:#x}")

    def _judge_calls(self, calls: list[Call], read: list[int], wanted: int) -> None:
        self._judge_strange(calls)
        checked = set()
        for call in calls:
            if call.which == CHECK:
                checked.add(call.given)
            if call.which == GET and call.given not in checked and self.chain:
                self.fail("reads a block before its number was checked",
                          f"ext2_block_check() of {call.given:#x}", "no check")
        got = [call.given for call in calls if call.which == GET]
        if got != read:
            self.fail("reads the wrong blocks", _listed(read), _listed(got))
        had = got[:-1] if wanted == ENOMEM else got
        put = [call.given for call in calls if call.which == PUT]
        if sorted(put) != sorted(had):
            self.fail("does not give back each buffer once", f"of the blocks {_listed(had)}",
                      f"of the blocks {_listed(put)}")
        if wanted == OK and self.chain and self.chain[-1] and self.hole >= len(self.chain) and \
                self.chain[-1] not in checked:
            self.fail("gives a number to the caller that was not checked",
                      f"ext2_block_check() of {self.chain[-1]:#x}", "no check")

    def _judge_strange(self, calls: list[Call]) -> None:
        for call in calls:
            if call.which == CHECK and call.given == 0:
                self.fail("has 0 checked", "0 leads nowhere: there is a hole",
                          "ext2_block_check() of 0")
            if call.which in (STRANGE, GET_ZEROED):
                self.fail("asks for something else than a block of the file's disk",
                          "the file's own ext2, its device, and buffers that are referred to",
                          f"{call.given:#x}")
            if call.which == PATH and call.given != self.index & (1 << 56) - 1:
                self.fail("asks for the way to another block", f"{self.index:#x}",
                          f"{call.given:#x}")


def _listed(blocks: list[int]) -> str:
    return ", ".join(f"{block:#x}" for block in blocks) or "none"


def _level(random: SplitMix64, one_in: int) -> int:
    level = random.below(LEVELS)
    return level if random.below(one_in) == 0 else NEVER


def _find(random: SplitMix64) -> Find:
    in_block = 256 << random.below(3)
    value = random.next()
    index, pointers = value >> random.below(64), random.below(LEVELS + 1)
    hole, wrong, unread = _level(random, 4), _level(random, 4), _level(random, 6)
    chain = []
    for level in range(LEVELS):
        random.below(IN_INODE if level == 0 else in_block)
        number = random.next() & 0xFFFFFFFF | 1
        chain.append(0 if level == hole else number)
    return Find(index, chain[:pointers], hole, wrong, unread)


def cases(random: SplitMix64) -> Iterator[Case]:
    """The calls."""
    return (_find(random) for _ in range(CASES))
