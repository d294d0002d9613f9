"""descriptor_take() and descriptors_copy() (guest/07-vfs/programs/lab_descriptors.c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Optional

from grader.splitmix import SplitMix64
from .cases import Call, Case
from .names import EBADF, EINVAL, EMFILE, OK, WORD

CASES, FILES, DESCRIPTORS = 200, 6, 32
PERCENTS = (0, 50, 90, 100)
Table = list[int]       # by descriptor: 0: free; the number of a file, from 1


@dataclass
class State:
    """Two processes' tables, and how many references each file has."""

    references: list[int]
    tables: list[Table]

    def copy(self) -> State:
        """The same again."""
        return State(list(self.references), [list(table) for table in self.tables])


@dataclass
class TableCase(Case):
    """What the two functions have in common."""

    results = 2 + FILES + 2 * DESCRIPTORS // 8
    before: State

    def judge_state(self, results: list[int], wanted: State) -> None:
        """Fails when tables or references are not as they should be."""
        packed = b"".join(word.to_bytes(8, "little") for word in results[FILES:])
        for which, name in enumerate(("the process's table", "another process's table")):
            table = packed[which * DESCRIPTORS:][:DESCRIPTORS]
            for place, (got, right) in enumerate(zip(table, wanted.tables[which])):
                if got != right:
                    self.fail(f"leaves {name} wrong at {place}", _file(right), _file(got))
        for number, (got, right) in enumerate(zip(results, wanted.references), 1):
            if got != right:
                self.fail(f"leaves a wrong count of references in file {number}",
                          f"{right} (it was {self.before.references[number - 1]})", str(got))


@dataclass
class Take(TableCase):
    """A call of descriptor_take()."""

    file: int
    lowest: int

    def __str__(self) -> str:
        return f"descriptor_take() from {_number(self.lowest)} on"

    def judge(self, calls: list[Call], results: list[int]) -> None:
        error, descriptor = results[:2]
        table, after = self.before.tables[0], self.before.copy()
        free = [place for place in range(DESCRIPTORS) if place >= self.lowest and not table[place]]
        wanted = EINVAL if self.lowest >= DESCRIPTORS else OK if free else EMFILE
        self.expect_error(error, wanted, {
            OK: f"{free[:1]} is free", EMFILE: "all from there on are taken",
            EINVAL: "that is no descriptor"}[wanted])
        if wanted == OK:
            after.tables[0][free[0]] = self.file
            after.references[self.file - 1] += 1
            if descriptor != free[0]:
                self.fail("takes the wrong descriptor", f"{free[0]}, the lowest free one",
                          _number(descriptor))
        self.judge_state(results[2:], after)


@dataclass
class Copy(TableCase):
    """A call of descriptors_copy()."""

    to: int
    descriptor: int
    place: int

    def __str__(self) -> str:
        whose = "the same table" if self.to == 0 else "another process's table"
        return (f"descriptors_copy() of {_number(self.descriptor)} to {_number(self.place)} of "
                f"{whose}")

    def _file(self) -> Optional[int]:
        table = self.before.tables[0]
        return table[self.descriptor] or None if self.descriptor < DESCRIPTORS else None

    def judge(self, calls: list[Call], results: list[int]) -> None:
        error, replaced = results[:2]
        file, after = self._file(), self.before.copy()
        refused = file is None or self.place >= DESCRIPTORS
        self.expect_error(error, EBADF if refused else OK,
                          "that stands for no file" if file is None else
                          "the place is no descriptor" if refused else "nothing is in the way")
        if file is not None and not refused:
            old = self.before.tables[self.to][self.place]
            gone = 0 if old == file else old
            if old != file:
                after.tables[self.to][self.place] = file
                after.references[file - 1] += 1
            if replaced != gone:
                why = "the place stands for it already" if old == file else "it was there before"
                self.fail("hands the wrong file to be closed",
                          f"{_file(gone)} ({why})" if old else "none, the place was free",
                          _file(replaced))
        self.judge_state(results[2:], after)


def _file(number: int) -> str:
    return "none" if number == 0 else f"file {number}" if number <= FILES else "something else"


def _number(number: int) -> str:
    return str(number) if number < 1000 else f"{number:#x}"


def _state(random: SplitMix64) -> State:
    references = [1 + random.below(9) for _ in range(FILES)]
    tables = []
    for _ in range(2):
        percent = PERCENTS[random.below(4)]
        tables.append([1 + random.below(FILES) if random.below(100) < percent else 0
                       for _ in range(DESCRIPTORS)])
    return State(references, tables)


def _any_number(random: SplitMix64) -> int:
    choice = random.below(8)
    if choice == 0:
        return DESCRIPTORS + random.below(3)
    if choice == 1:
        return random.next()
    if choice == 2:
        return random.next() << 32 & WORD - 1 | random.below(DESCRIPTORS)
    if choice == 4:
        return DESCRIPTORS - 1 - random.below(2)
    return 0 if choice == 3 else random.below(DESCRIPTORS)


def takes(random: SplitMix64) -> Iterator[Case]:
    """Calls of descriptor_take()."""
    for _ in range(CASES):
        state = _state(random)
        yield Take(state, 1 + random.below(FILES), _any_number(random))


def copies(random: SplitMix64) -> Iterator[Case]:
    """Calls of descriptors_copy()."""
    for _ in range(CASES):
        state, to, descriptor = _state(random), random.below(2), _any_number(random)
        yield Copy(state, to, descriptor, _any_number(random))
