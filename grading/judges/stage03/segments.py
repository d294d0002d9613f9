"""Segments of program files in memory (guest/03-syscalls/elf_segment.c)."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.boot import Boot
from grader.expect import Failure, expect, expect_equal
from grader.image.views import Struct, address_of
from grader.machine.paging import PAGE
from grader.snapshot import Snapshot
from judges.counts import expect_made

ROUNDS = 24                 # in guest/03-syscalls/elf_segment.c
READ, WRITE, EXECUTE = 1, 2, 4              # enum memory_rights
FLAG_EXECUTE, FLAG_WRITE = 1, 2             # of a segment
UNUSED = 0xA5               # what the pages that nobody is given are full of
NEVER = (1 << 64) - 1       # refused_page: none is


@dataclass(frozen=True)
class Segment:
    """A segment, and what its pages have to be when it is loaded."""

    address: int
    file_size: int
    memory_size: int
    offset: int
    flags: int
    file: bytes = field(repr=False)

    @property
    def pages(self) -> list[int]:
        """The addresses of all pages that it touches."""
        first, end = self.address - self.address % PAGE, self.address + self.memory_size
        return list(range(first, end, PAGE)) if self.memory_size else []

    @property
    def rights(self) -> int:
        """Of all its pages."""
        return READ | (WRITE if self.flags & FLAG_WRITE else 0) | \
            (EXECUTE if self.flags & FLAG_EXECUTE else 0)

    def content(self, page: int) -> bytes:
        """What is on a page of it: the file's bytes, and 0 before and behind."""
        data = bytearray(PAGE)
        start, end = max(page, self.address), min(page + PAGE, self.address + self.file_size)
        if start < end:
            first = self.offset + start - self.address
            data[start - page:end - page] = self.file[first:first + end - start]
        return bytes(data)

    def __str__(self) -> str:
        return (f"the segment at {self.address:#x}, {self.memory_size:#x} bytes in memory, "
                f"{self.file_size:#x} in the file")


def judge_segments(boot: Boot, judge_rights: bool) -> None:
    """Looks at the memory after each segment."""
    for number in range(ROUNDS):
        snapshot = boot.until("loaded")
        expect_made("guest_segment_number", snapshot.kernel.guest_segment_number, number)
        _judge_round(snapshot, judge_rights)
    boot.finish()


def _judge_round(snapshot: Snapshot, judge_rights: bool) -> None:
    made = snapshot.kernel.guest_segment_round
    segment = _segment(made, snapshot)
    if made.faulted:
        refused = made.refused_page < made.page_count
        raise Failure(f"elf_load_segment(): {segment}: an exception, vector "
                      f"{made.caught.vector}, at {snapshot.place(made.caught.rip)}",
                      expected="an error passed on, and no page used that was refused" if refused
                      else "the segment loaded")
    if made.refused_page < len(segment.pages):
        _judge_refusal(segment, made)
        return
    expect_equal(f"elf_load_segment(): {segment}: the returned error", made.error, 0)
    _judge_pages(segment, made)
    if judge_rights:
        _judge_rights(segment, made)
    else:
        _judge_content(segment, made, snapshot)


def _segment(made: Struct, snapshot: Snapshot) -> Segment:
    found = made.segment
    return Segment(found.address, found.file_size, found.memory_size, found.offset, found.flags,
                   snapshot.kernel.guest_file.raw())


def _judge_refusal(segment: Segment, made: Struct) -> None:
    expect(made.error == made.refused_with,
           f"elf_load_segment(): {segment}: program_add_page() refuses page "
           f"{made.refused_page + 1}, and the error is not passed on",
           expected=f"error {made.refused_with}", got=f"error {made.error}")


def _judge_pages(segment: Segment, made: Struct) -> None:
    """Each page that it touches was added once, to its thread, and no other."""
    count = min(made.page_count, len(made.pages))
    got = [made.pages[number].address for number in range(count)]
    expected = segment.pages
    if sorted(got) != expected or made.page_count != count:
        raise Failure(f"elf_load_segment(): {segment}: the wrong pages were added",
                      expected=_pages(expected), got=_pages(got))
    wrong = [page.thread for page in (made.pages[number] for number in range(count))
             if page.thread != made.thread]
    expect(not wrong, f"elf_load_segment(): {segment}: a page was given to another thread")


def _pages(addresses: list[int]) -> str:
    return ", ".join(f"{address:#x}" for address in addresses) or "none"


def _judge_rights(segment: Segment, made: Struct) -> None:
    for number in range(made.page_count):
        page = made.pages[number]
        expect(page.rights == segment.rights,
               f"elf_load_segment(): {segment}, flags {segment.flags}: page {page.address:#x} has "
               "the wrong rights", expected=_rights(segment.rights), got=_rights(page.rights))


def _rights(rights: int) -> str:
    names = [name for bit, name in ((READ, "read"), (WRITE, "write"), (EXECUTE, "execute"))
             if rights & bit]
    return f"{rights} ({', '.join(names) or 'none'})"


def _judge_content(segment: Segment, made: Struct, snapshot: Snapshot) -> None:
    pool = snapshot.kernel.guest_pool
    used = {made.pages[number].place: made.pages[number].address
            for number in range(made.page_count)}
    for place in range(len(pool)):
        got = snapshot.memory.read(address_of(pool[place]), PAGE)
        page = used.get(place)
        expected = bytes([UNUSED]) * PAGE if page is None else segment.content(page)
        if got != expected:
            raise _wrong_byte(segment, page, got, expected)


def _wrong_byte(segment: Segment, page: int | None, got: bytes, expected: bytes) -> Failure:
    at = next(index for index in range(PAGE) if got[index] != expected[index])
    if page is None:
        return Failure(f"elf_load_segment(): {segment}: memory beside its pages was written to",
                       expected="only pages written that program_add_page() has given",
                       got="a change in another one")
    address = page + at
    part = "before the segment" if address < segment.address else \
        "of the file" if address < segment.address + segment.file_size else \
        "behind the file's part" if address < segment.address + segment.memory_size else \
        "behind the segment"
    return Failure(f"elf_load_segment(): {segment}: the byte at {address:#x} is wrong; it is "
                   f"{part}",
                   expected=f"{expected[at]:#04x}", got=f"{got[at]:#04x}")
