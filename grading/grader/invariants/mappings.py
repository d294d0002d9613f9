"""Mapped memory: each page of an address space is backed by a capability, each mapped capability by
its pages, and the page tables are the address space's own."""

from __future__ import annotations

from typing import Any, Iterator, NamedTuple

from derivation.slots import PAGE, Slot

from ..capabilities import ORIGIN, Capabilities, capabilities_of, physical
from ..machine.paging import ADDRESS, NO_EXECUTE, WRITABLE
from ..snapshot import Snapshot
from .spaces import Space, spaces_of

NEEDS = ORIGIN

WRITE, EXECUTE = 2, 4           # enum memory_rights
SERIAL_FRAME = (1 << 24) - 1    # SERIAL_FRAME_BITS in kernel/object/space.c


class Page(NamedTuple):
    """A page that a capability is mapped at."""

    frame: int
    slot: Slot


def violations(snapshot: Snapshot) -> list[str]:
    """Everything in which page tables and capabilities differ."""
    capabilities = capabilities_of(snapshot)
    if capabilities.tree.broken:
        return []       # the check of capabilities tells
    spaces = {space.root: space for space in spaces_of(snapshot)}
    if found := [sentence for space in spaces.values() for sentence in space.found]:
        return found
    found = list(_living(capabilities))
    mapped: dict[int, dict[int, Page]] = {}
    for slot in capabilities.tree.of_kind("frame"):
        found += _add(slot, mapped, capabilities)
    for view in capabilities.views("space"):
        space = spaces[_root(view)]
        found += _tables(view, space)
        found += _compare(space, mapped.get(view.serial, {}), capabilities)
    return found


def _root(space: Any) -> int:
    """The physical address of the topmost table: the page behind the first one."""
    return physical(space._address) + PAGE      # pylint: disable=protected-access


def _living(capabilities: Capabilities) -> Iterator[str]:
    """The kernel's table of living address spaces agrees with the capabilities to them."""
    kernel = capabilities.snapshot.kernel
    bits = int.from_bytes(kernel.spaces.raw(), "little")
    known = {physical(space) // PAGE for space in capabilities.tree.objects("space")}
    for frame in known:
        if not bits >> frame & 1:
            yield f"the address space at {frame * PAGE:#x}: expected its bit in `spaces`"
    if more := [frame for frame in range(bits.bit_length())
                if bits >> frame & 1 and frame not in known]:
        yield (f"`spaces`: expected bits of those address spaces only that there is a capability "
               f"to, got {more[0] * PAGE:#x}"
               + (f" and {len(more) - 1} more" if len(more) > 1 else ""))


def _add(slot: Slot, mapped: dict[int, dict[int, Page]],
         capabilities: Capabilities) -> Iterator[str]:
    """Notes the pages that a capability says it is mapped at."""
    if not slot.badge:
        return
    if slot.badge % PAGE or not slot.extra:
        yield (f"{capabilities.name(slot)}: expected it to be mapped at a page, in an address "
               f"space; got {slot.badge:#x}, in the one with the serial number {slot.extra:#x}")
    pages = mapped.setdefault(slot.extra, {})
    for number in range(slot.pages):
        address = slot.badge + number * PAGE
        if address in pages:
            yield (f"{capabilities.name(slot)} and {capabilities.name(pages[address].slot)}: "
                   f"expected one capability for each page, got two for {address:#x} of the same "
                   "address space")
        pages[address] = Page(slot.thing + number * PAGE, slot)


def _tables(view: Any, space: Space) -> Iterator[str]:
    """The tables are the pages behind the address space's first one, as many as it has used."""
    if view.serial & SERIAL_FRAME != space.root // PAGE - 1:
        yield (f"{space.name}: expected the lower bits of its serial number to be its first "
               f"frame's, {space.root // PAGE - 1:#x}, got {view.serial:#x}")
    if not 0 < view.used <= view.tables:
        yield (f"{space.name}: expected 1 to {view.tables} tables in use, got {view.used}")
        return
    own = set(range(space.root, space.root + view.used * PAGE, PAGE))
    for table in sorted(own.symmetric_difference(space.tables)):
        yield (f"{space.name}: expected its {view.used} page tables to be those from "
               f"{space.root:#x} on, got {table:#x} "
               + ("not hung in" if table in own else "too"))


def _compare(space: Space, pages: dict[int, Page], capabilities: Capabilities) -> Iterator[str]:
    """Entries and capabilities, page by page."""
    for address in sorted(pages.keys() | space.pages.keys()):
        if address not in pages:
            yield (f"{space.name}: expected a capability that is mapped at {address:#x}, since a "
                   f"page is there, frame {space.pages[address] & ADDRESS:#x}")
        elif address not in space.pages:
            yield (f"{space.name}: expected a page at {address:#x}, where "
                   f"{capabilities.name(pages[address].slot)} is mapped")
        else:
            yield from _page(space, address, pages[address], capabilities)


def _page(space: Space, address: int, page: Page, capabilities: Capabilities) -> Iterator[str]:
    entry, slot = space.pages[address], page.slot
    if entry & ADDRESS != page.frame:
        yield (f"{space.name}: expected the page at {address:#x} to show {page.frame:#x}, which "
               f"{capabilities.name(slot)} is for, got {entry & ADDRESS:#x}")
    used = (WRITE if entry & WRITABLE else 0) | (0 if entry & NO_EXECUTE else EXECUTE)
    if used & ~slot.rights:
        yield (f"{space.name}: expected the page at {address:#x} to have no right that "
               f"{capabilities.name(slot)} lacks, got the entry {entry:#x}")
