"""Untyped memory: objects stand inside what they were made from, none over another, and nothing of
the machine's memory is lost."""

from __future__ import annotations

from typing import Iterator, NamedTuple, Optional

from derivation.slots import FIXED_SIZES, PAGE, SLOT_SIZE, CNODE_SLOTS, Slot

from ..capabilities import ORIGIN, Capabilities, capabilities_of, physical
from ..image.views import cast, has
from ..machine.address_space import KERNEL_BASE, KERNEL_HALF
from ..snapshot import Snapshot

NEEDS = ORIGIN

ROOT_TASK = "root_task"     # the variable of a kernel that makes its first task itself
INFO_SLOT = 9               # enum root_slot
WHOLE_PAGES = ("untyped", "frame", "space")


class Extent(NamedTuple):
    """The physical memory of a capability's object."""

    start: int
    end: int
    slot: Slot


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with memory and what has been made from it."""
    capabilities = capabilities_of(snapshot)
    if capabilities.tree.broken:
        return []       # which the check of capabilities tells
    children = capabilities.tree.children()
    found = [sentence for untyped in capabilities.tree.of_kind("untyped")
             for sentence in _untyped(untyped, children.get(untyped.address, []), capabilities)]
    return [*found, *_origin(children.get(capabilities.tree.origin, []), capabilities),
            *_sum(capabilities)]


def extent_of(slot: Slot, capabilities: Capabilities) -> Optional[Extent]:
    """Where a capability's object is; None for what takes no memory."""
    if slot.kind in ("untyped", "frame"):
        size = slot.badge if slot.kind == "untyped" else slot.pages * PAGE
        return Extent(slot.thing, slot.thing + size, slot)
    if slot.kind in FIXED_SIZES:
        size = FIXED_SIZES[slot.kind]
    elif slot.kind == "CNode":
        size = CNODE_SLOTS + SLOT_SIZE * slot.badge
    elif slot.kind == "space":
        size = (1 + capabilities.view("space", slot.thing).tables) * PAGE
    else:
        return None
    start = physical(slot.thing)
    return Extent(start, start + size, slot)


def _untyped(untyped: Slot, children: list[Slot], capabilities: Capabilities) -> Iterator[str]:
    """One untyped, and what has been made from it."""
    name = capabilities.name(untyped)
    if untyped.thing % PAGE or untyped.badge % PAGE or not untyped.badge:
        yield (f"{name}: expected whole pages, got {untyped.badge:#x} bytes at {untyped.thing:#x}")
    if untyped.pages * PAGE > untyped.badge:
        yield (f"{name}: expected `pages` not to be more than it has ({untyped.badge // PAGE}), "
               f"got {untyped.pages}")
    used = untyped.thing + (untyped.extra if children else 0)
    if children and untyped.extra > untyped.badge:
        yield (f"{name}: expected its first free byte within its {untyped.badge:#x} bytes, got "
               f"{untyped.extra:#x}")
    extents = [found for child in children if (found := extent_of(child, capabilities))]
    for start, end, child in extents:
        if not untyped.thing <= start < end <= used:
            yield (f"{capabilities.name(child)}: expected its object in what has been used of "
                   f"{name}, {untyped.thing:#x} to {used:#x}, got {start:#x} to {end:#x}")
        if start % _alignment(child):
            yield (f"{capabilities.name(child)}: expected its object at a multiple of "
                   f"{_alignment(child)}, got {start:#x}")
    yield from _overlaps(extents, capabilities)


def _alignment(slot: Slot) -> int:
    return PAGE if slot.kind in WHOLE_PAGES else FIXED_SIZES.get(slot.kind, SLOT_SIZE)


def _overlaps(extents: list[Extent], capabilities: Capabilities) -> Iterator[str]:
    """No two objects are in the same place. (When the capability that was made first is gone,
    several copies of it stand here; those of a frame may be parts of it.)"""
    last: Optional[Extent] = None
    for extent in sorted(extents):
        if last and extent.start < last.end and not _same(extent.slot, last.slot):
            yield (f"{capabilities.name(extent.slot)} and {capabilities.name(last.slot)}: expected "
                   f"two objects apart, got {extent.start:#x} to {extent.end:#x} and "
                   f"{last.start:#x} to {last.end:#x}")
        if last is None or extent.end > last.end:
            last = extent


def _same(one: Slot, other: Slot) -> bool:
    return one.kind == other.kind and (one.thing == other.thing or one.kind == "frame")


def _origin(children: list[Slot], capabilities: Capabilities) -> Iterator[str]:
    """What the kernel began with: no two things in one place, and no memory of its own."""
    snapshot = capabilities.snapshot
    if not _is_made(snapshot):
        return
    extents = [found for child in children if (found := extent_of(child, capabilities))]
    yield from _overlaps(extents, capabilities)
    symbols = snapshot.image.symbols
    start, end = symbols.start - KERNEL_BASE, symbols.end - KERNEL_BASE
    for extent in extents:
        if extent.start < end and start < extent.end:
            yield (f"{capabilities.name(extent.slot)}: expected it not to have the kernel's image, "
                   f"{start:#x} to {end:#x}; got {extent.start:#x} to {extent.end:#x}")


def _sum(capabilities: Capabilities) -> Iterator[str]:
    """The untyped memory that the root task was given is all there, and it is what the boot loader
    told of, less what the kernel has kept."""
    snapshot = capabilities.snapshot
    if not _is_made(snapshot):
        return
    info = _root_info(capabilities)
    if info is None:
        return          # the root task has given it away
    loader = snapshot.kernel.boot_info
    told = sum(loader.memory[number].end - loader.memory[number].start
               for number in range(loader.memory_count))
    if info.memory_total != told:
        yield (f"struct root_info: expected memory_total to be what the boot loader told of, "
               f"{told:#x}, got {info.memory_total:#x}")
    untyped = sum(slot.badge for slot in capabilities.tree.of_kind("untyped")
                  if slot.parent == capabilities.tree.origin)
    if untyped + info.kernel_reserve != told:
        lost = told - info.kernel_reserve - untyped
        yield (f"expected {told:#x} bytes of memory: the kernel's {info.kernel_reserve:#x}, and "
               f"untyped memory; got {untyped:#x} of that: {abs(lost):#x} bytes "
               f"{'are lost' if lost > 0 else 'too many'}")
    if left := snapshot.kernel.memory_free.count:
        yield (f"memory_free: expected no run that is left, since all memory is somebody's, got "
               f"{left}")


def _is_made(snapshot: Snapshot) -> bool:
    """Whether the root task has been made (a test in the kernel may have made other things)."""
    return has(snapshot.kernel, ROOT_TASK) and bool(snapshot.kernel.root_task)


def _root_info(capabilities: Capabilities) -> object:
    """What the root task has been told, as long as it keeps it."""
    kernel = capabilities.snapshot.kernel
    place = int(kernel.root_task.slots) + INFO_SLOT * SLOT_SIZE
    slot = capabilities.tree.slots.get(place)
    if slot is None or slot.kind != "frame" or slot.parent not in capabilities.tree.slots:
        return None
    return cast(kernel, "struct root_info", KERNEL_HALF + slot.thing)
