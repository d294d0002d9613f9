"""Address spaces: whose each frame and each page table is, and how often it is shown.

    total = free + page tables + mapped frames (each once) + the kernel's own counters

For each frame that the allocator knows, the kernel counts the uses besides the first: so many pages
show it, less one, in all address spaces together. (A kernel that does not count is spared that.)
"""

from __future__ import annotations

import struct
from collections import Counter
from typing import Any, Iterator

from ..image.views import has
from ..machine.paging import (ADDRESS, ENTRIES, NO_EXECUTE, PAGE, PRESENT, USER, USER_ROOT_ENTRIES,
                              WRITABLE)
from ..machine.ram import GuestRam
from ..snapshot import Snapshot
from ..threads import address_spaces, are_objects, is_idle, label, threads_of
from .control_registers import Bit, wrong_bits
from .frames import NEEDS as ALLOCATOR, free_bits

NEEDS = "kernel_root"
USES = "further_uses"       # of a kernel that counts how often each frame is mapped

BITS = (Bit("cr4", 7, "PGE", 1, "the TLB would forget the kernel's pages with each space"),)
GLOBAL = 1 << 8             # of an entry that maps memory, Intel SDM Vol. 3A 4.10.2.4
LARGE = 1 << 7
WITHOUT_MEMORY = ("THREAD_ENDED",)
BUFFER = 0x0000_7FFF_FFFF_D000
COUNT_SIZE = 2              # bytes of a further use's counter
LEVELS = 4
LEAF = PRESENT | USER       # of each page of a program


class Space:
    """The half of its page tables that is an address space's own, read once."""

    def __init__(self, name: str, root: int, ram: GuestRam) -> None:
        self.name, self.root = name, root
        self.tables: list[int] = []
        self.pages: dict[int, int] = {}         # address: entry
        self.found: list[str] = []              # what is wrong with the entries
        self._walk(ram, self.root, LEVELS, 0)

    def _walk(self, ram: GuestRam, table: int, level: int, base: int) -> None:
        if table in self.tables:
            self.found.append(f"{self.name}: expected each page table once, got {table:#x} in two "
                              "places")
            return
        self.tables.append(table)
        count = USER_ROOT_ENTRIES if level == LEVELS else ENTRIES
        for number, entry in enumerate(ram.words(table, count)):
            if entry == 0:
                continue
            address = base + (number * PAGE << 9 * (level - 1))
            if level == 1:
                self.pages[address] = entry
            elif entry & LARGE or not entry & PRESENT:
                self.found.append(f"{self.name}: expected a page table for {address:#x}, got the "
                                  f"entry {entry:#x} of level {level}")
            else:
                self._walk(ram, entry & ADDRESS, level - 1, address)


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with frames, tables and spaces taken together."""
    kernel = snapshot.kernel
    counts = has(kernel, USES)
    if not kernel.kernel_root or counts and not kernel.further_uses:
        return []  # not made yet
    spaces = spaces_of(snapshot)
    found = [sentence for space in spaces for sentence in space.found]
    if found:
        return found
    found = [*wrong_bits(BITS, snapshot), *_roots(spaces, snapshot), *_owners(spaces, snapshot),
             *_rights(spaces), *_global(snapshot)]
    if counts:
        found += [*_uses(spaces, snapshot), *_buffers(spaces, snapshot), *_count(spaces, snapshot)]
    return found


def spaces_of(snapshot: Snapshot) -> list[Space]:
    """Every address space: each of them an object of its own, or each a task's."""
    spaces = address_spaces(snapshot) if are_objects(snapshot) else \
        [(label(thread), int(thread.root)) for thread in _tasks(snapshot)]
    return [Space(name, root, snapshot.ram) for name, root in spaces]


def _tasks(snapshot: Snapshot) -> list[Any]:
    return [thread for thread in threads_of(snapshot)
            if not is_idle(thread, snapshot) and thread.state.name not in WITHOUT_MEMORY]


def _roots(spaces: list[Space], snapshot: Snapshot) -> Iterator[str]:
    """The kernel's half is the same everywhere, and what the CPU uses is somebody's."""
    root = snapshot.kernel.kernel_root
    kernel = snapshot.ram.words(root, ENTRIES)
    if any(kernel[:USER_ROOT_ENTRIES]):
        yield "the kernel's own root: expected nothing in its lower half"
    for space in spaces:
        words = snapshot.ram.words(space.root, ENTRIES)
        for number in range(USER_ROOT_ENTRIES, ENTRIES):
            if words[number] != kernel[number]:
                yield (f"{space.name}: expected entry {number} of its root to be the kernel's, "
                       f"{kernel[number]:#x}, got {words[number]:#x}")
    loaded = snapshot.registers.cr3 & ADDRESS
    if loaded not in [root, *(space.root for space in spaces)]:
        yield f"CR3: expected the root of a task or the kernel's, got {loaded:#x}"


def _owners(spaces: list[Space], snapshot: Snapshot) -> Iterator[str]:
    """Each page table belongs to one space, and no page shows it; where there is an allocator, the
    table is its, and in use."""
    owners: dict[int, str] = {}
    allocated = has(snapshot.kernel, ALLOCATOR)
    free = free_bits(snapshot) if allocated else 0
    mapped = {entry & ADDRESS: (space.name, address) for space in spaces
              for address, entry in space.pages.items()}
    for space in spaces:
        for table in space.tables:
            if table in owners:
                yield (f"{space.name}: expected its page tables to be its own, got {table:#x}, "
                       f"which is {owners[table]}'s, too")
            owners[table] = space.name
            if allocated and (not _is_counted(table, snapshot) or free >> table // PAGE & 1):
                yield (f"{space.name}: expected its page table at {table:#x} to be in use in the "
                       "allocator")
            if table in mapped:
                name, address = mapped[table]
                yield (f"{space.name}: expected its page table at {table:#x} out of reach, got it "
                       f"mapped at {address:#x} in {name}")


def _rights(spaces: list[Space]) -> Iterator[str]:
    for space in spaces:
        for address, entry in space.pages.items():
            if entry & LEAF != LEAF:
                yield (f"{space.name}: expected the page at {address:#x} present and open to the "
                       f"program, got the entry {entry:#x}")
            if entry & WRITABLE and not entry & NO_EXECUTE:
                yield (f"{space.name}: expected no page both writable and executable, got the one "
                       f"at {address:#x}")


def _uses(spaces: list[Space], snapshot: Snapshot) -> Iterator[str]:
    """The kernel's count of each frame's pages is true; what is not counted is never writable."""
    shown = _shown(spaces)
    counts = _further_uses(snapshot)
    free = free_bits(snapshot)
    for frame, where in shown.items():
        if not _is_counted(frame, snapshot):
            if any(entry & WRITABLE for _, _, entry in where):
                yield (f"{where[0][0]}: expected a page whose frame is not the allocator's to be "
                       f"read-only, got the one at {where[0][1]:#x}, frame {frame:#x}")
            continue
        if free >> frame // PAGE & 1:
            yield f"{where[0][0]}: expected the frame {frame:#x}, which it maps, not to be free"
        if counts[frame // PAGE] != len(where) - 1:
            yield (f"the frame {frame:#x}: expected {len(where) - 1} further uses, since "
                   f"{len(where)} pages show it ({_places(where)}), got {counts[frame // PAGE]}")
    for number, count in enumerate(counts):
        if count and number * PAGE not in shown:
            yield (f"the frame {number * PAGE:#x}: expected no further uses, since no page shows "
                   f"it, got {count}")


Shown = dict[int, list[tuple[str, int, int]]]


def _shown(spaces: list[Space]) -> Shown:
    """The pages (whose, address, entry) that show each frame."""
    shown: Shown = {}
    for space in spaces:
        for address, entry in space.pages.items():
            shown.setdefault(entry & ADDRESS, []).append((space.name, address, entry))
    return shown


def _places(where: list[tuple[str, int, int]]) -> str:
    count = Counter(name for name, _, _ in where)
    return ", ".join(f"{number} of {name}" for name, number in count.items())


def _further_uses(snapshot: Snapshot) -> list[int]:
    kernel = snapshot.kernel
    data = snapshot.memory.read(int(kernel.further_uses), kernel.frames.limit * COUNT_SIZE)
    return [count for count, in struct.iter_unpack("<H", data)]


def _is_counted(frame: int, snapshot: Snapshot) -> bool:
    free = snapshot.kernel.memory_free
    return any(free.ranges[index].start <= frame < free.ranges[index].end
               for index in range(free.count))


def _buffers(spaces: list[Space], snapshot: Snapshot) -> Iterator[str]:
    """Each task has its IPC buffer in its place, where the kernel writes."""
    for space, thread in zip(spaces, _tasks(snapshot), strict=True):
        entry = space.pages.get(BUFFER, 0)
        seen = snapshot.memory.physical(int(thread.buffer))
        if entry & ADDRESS != seen or not entry & WRITABLE:
            yield (f"{space.name}: expected its IPC buffer, physical {seen:#x}, writable at "
                   f"{BUFFER:#x}, got the entry {entry:#x}")


def _count(spaces: list[Space], snapshot: Snapshot) -> Iterator[str]:
    """No frame is lost."""
    frames = snapshot.kernel.frames
    tables = len({table for space in spaces for table in space.tables})
    mapped = sum(_is_counted(frame, snapshot) for frame in _shown(spaces))
    own = (frames.limit * COUNT_SIZE + PAGE - 1) // PAGE
    known = frames.free_count + tables + mapped + own
    if known != frames.total:
        yield (f"expected the allocator's {frames.total} frames to be those that are free "
               f"({frames.free_count}), page tables ({tables}), mapped ({mapped}) and the kernel's "
               f"counters ({own}); got {known}: {abs(frames.total - known)} "
               f"{'are lost' if known < frames.total else 'too many'}")


def _global(snapshot: Snapshot) -> Iterator[str]:
    """Every page of the kernel stays in the TLB when another space is loaded."""
    pending = [(LEVELS, snapshot.kernel.kernel_root)]
    while pending:
        level, table = pending.pop()
        for number, entry in enumerate(snapshot.ram.words(table, ENTRIES)):
            if not entry & PRESENT or level == LEVELS and number < USER_ROOT_ENTRIES:
                continue
            if level == 1 or entry & LARGE:
                if not entry & GLOBAL:
                    yield (f"the kernel's tables: expected global pages (bit 8), got the entry "
                           f"{entry:#x} of level {level}, for physical {entry & ADDRESS:#x}")
                    return
            else:
                pending.append((level - 1, entry & ADDRESS))
