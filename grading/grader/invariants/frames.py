"""The frame allocator: its count is true, and nothing that is in use counts as free."""

from __future__ import annotations

from typing import Iterator

from ..image.views import has, has_field
from ..machine.address_space import KERNEL_BASE
from ..machine.paging import PAGE, USER_ROOT_ENTRIES, regions, tables
from ..machine.ram import SPLIT_ABOVE, SPLIT_BELOW
from ..snapshot import Snapshot
from ..threads import SCHEDULER, label, page_tables, threads_of

NEEDS = "frames"

FRAMES_OF_A_STACK = 4


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with the bitmap of free frames."""
    frames = snapshot.kernel.frames
    if not frames.bitmap:
        return []  # not made yet
    found = _bounds(snapshot)
    if found:
        return found  # nonsense: the bitmap cannot be read
    bits = free_bits(snapshot)
    if bits.bit_count() != frames.free_count:
        found.append(f"frames: expected free_count to be the number of set bits "
                     f"({bits.bit_count()}), got {frames.free_count}")
    if strangers := bits & ~_owned(snapshot):
        found.append(f"frames: expected free frames only where memory_free has memory, got "
                     f"{_first(strangers)} too")
    for what, start, end in _in_use(snapshot):
        if overlap := bits & _mask(start, end, frames.limit):
            found.append(f"frames: expected {what} to be in use, got {_first(overlap)} marked "
                         "free")
    return found


def _bounds(snapshot: Snapshot) -> list[str]:
    """The bitmap covers no more than there can be, and memory_free has no more ranges."""
    kernel = snapshot.kernel
    most = _frames_up_to(snapshot.ram.size + SPLIT_ABOVE - SPLIT_BELOW)
    found = []
    if kernel.frames.limit > most:
        found.append(f"frames: expected limit to be within the machine's memory (at most {most}), "
                     f"got {kernel.frames.limit}")
    if kernel.memory_free.count > len(kernel.memory_free.ranges):
        found.append(f"memory_free: expected at most {len(kernel.memory_free.ranges)} ranges, got "
                     f"{kernel.memory_free.count}")
    return found


def free_bits(snapshot: Snapshot) -> int:
    """The bitmap as one number: bit n is set when frame n is free."""
    frames = snapshot.kernel.frames
    length = (frames.limit + 63) // 64 * 8
    return int.from_bytes(snapshot.memory.read(int(frames.bitmap), length), "little")


def _owned(snapshot: Snapshot) -> int:
    """All frames that are the allocator's to hand out."""
    free = snapshot.kernel.memory_free
    owned = 0
    for index in range(free.count):
        owned |= _mask(free.ranges[index].start, free.ranges[index].end,
                       snapshot.kernel.frames.limit)
    return owned


def _in_use(snapshot: Snapshot) -> Iterator[tuple[str, int, int]]:
    """(what, start, end): memory that is in use for certain, by physical address."""
    symbols = snapshot.image.symbols
    yield "the kernel's image", symbols.start - KERNEL_BASE, symbols.end - KERNEL_BASE
    frames = snapshot.kernel.frames
    bitmap = snapshot.memory.physical(int(frames.bitmap))
    yield "the bitmap itself", bitmap, bitmap + (frames.limit + 63) // 64 * 8
    for whose, root in page_tables(snapshot):
        yield from _mapped(whose, root, snapshot)
    for thread in threads_of(snapshot) if has(snapshot.kernel, SCHEDULER) else []:
        if has_field(thread, "stack_frames") and thread.state.name != "THREAD_ENDED":
            start = thread.stack_frames
            yield f"the stack of {label(thread)}", start, start + FRAMES_OF_A_STACK * PAGE


def _mapped(whose: str, root: int, snapshot: Snapshot) -> Iterator[tuple[str, int, int]]:
    """What user mode can reach, and the tables that lead there."""
    for region in regions(snapshot.ram, root, root_entries=USER_ROOT_ENTRIES):
        if region.rights.user:
            yield (f"{whose}the user memory at {region.virtual:#x}", region.physical,
                   region.physical + region.length)
    for table in tables(snapshot.ram, root, root_entries=USER_ROOT_ENTRIES):
        yield f"{whose}a page table", table, table + PAGE


def _frames_up_to(end: int) -> int:
    return (end + PAGE - 1) // PAGE


def _mask(start: int, end: int, limit: int) -> int:
    """The bits of all frames below a limit that a run of memory touches."""
    first, last = start // PAGE, min(_frames_up_to(end), limit)
    return (1 << last) - (1 << first) if last > first else 0


def _first(bits: int) -> str:
    """The first of some frames, and how many there are."""
    frame = (bits & -bits).bit_length() - 1
    count = bits.bit_count()
    return f"frame {frame} (physical {frame * PAGE:#x})" + (f" and {count - 1} more" if count > 1
                                                           else "")
