"""Page tables: no mapping lets memory be written and executed, and no alias goes round that."""

from __future__ import annotations

from typing import Iterator

from ..image.symbols import Section
from ..machine import paging
from ..machine.address_space import KERNEL_BASE, KERNEL_HALF
from ..machine.paging import PAGE, SIGN, Region, translate
from ..snapshot import Snapshot
from ..threads import page_tables

NEEDS = "kernel_stacks"

LEVELS = ("PML4", "PDPT", "PD")

def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with what the page tables map: those that the CPU uses, and those of
    every thread that has its own."""
    found: list[str] = []
    for whose, root in page_tables(snapshot):
        found += [whose + sentence for sentence in _tables(root, snapshot)]
    return found + list(_guards(snapshot)) + list(_missing(snapshot))


def _tables(root: int, snapshot: Snapshot) -> Iterator[str]:
    mapped = snapshot.mappings if root == snapshot.registers.cr3 else \
        paging.regions(snapshot.ram, root)
    for region in mapped:
        yield from _region(region, snapshot)
    yield from _directories(root, snapshot)
    used = set(paging.tables(snapshot.ram, root))
    for region in mapped:
        if region.rights.user and (shown := [table for table in used if region.physical <= table <
                                             region.physical + region.length]):
            yield (f"expected no page table within reach of user mode, got {region}, which shows "
                   f"the one at physical {shown[0]:#x}")


def _directories(root: int, snapshot: Snapshot) -> Iterator[str]:
    """At the upper levels too, user mode has no business in the kernel's half."""
    for level, virtual, entry in paging.directory_entries(snapshot.ram, root):
        if virtual & SIGN and entry & paging.USER:
            yield (f"expected no entry open to user mode in the kernel's half, got "
                   f"{LEVELS[level]} entry {entry:#x}, for the addresses from "
                   f"{virtual | paging.CANONICAL:#x} on")


def _region(region: Region, snapshot: Snapshot) -> list[str]:
    rights = region.rights
    if region.virtual >= KERNEL_HALF and rights.user:
        return [f"expected the kernel's half out of reach for user mode, got {region}"]
    if rights.writable and rights.executable:
        return [f"expected no page that is both writable and executable, got {region}"]
    if rights.user:
        return [f"expected user mode not to see the kernel's {part.name}, got {region}"
                for part in _sections(snapshot) if _shows(region, part)]
    return _kernel_region(region, snapshot)


def _kernel_region(region: Region, snapshot: Snapshot) -> list[str]:
    if region.rights.executable and not any(_covers(part, region) for part in _sections(snapshot)
                                            if part.executable):
        return [f"expected nothing executable but the kernel's text, got {region}"]
    if not region.rights.writable:
        return []
    return [f"expected {part.name} to be read-only at every address, got {region}, which shows it"
            for part in _sections(snapshot) if not part.writable and _shows(region, part)]


def _guards(snapshot: Snapshot) -> Iterator[str]:
    """The page below each of the kernel's stacks is missing, and the stack itself is there."""
    kernel = snapshot.kernel
    for index in range(kernel.kernel_stack_count):
        stack = kernel.kernel_stacks[index]
        name = stack.name.text()
        if _mapped(snapshot, stack.start - PAGE):
            yield (f"expected the guard page below the {name} stack to be missing, got a mapping "
                   f"at {stack.start - PAGE:#x}")
        for address in range(stack.start, stack.end, PAGE):
            if not _mapped(snapshot, address):
                yield f"expected the {name} stack to be mapped, got nothing at {address:#x}"


def _missing(snapshot: Snapshot) -> Iterator[str]:
    """Text and data are mapped where the kernel is linked, each page onto its own memory."""
    for part in _sections(snapshot):
        if part.name == ".bss":
            continue  # holds the guard pages
        for address in range(part.start, part.end, PAGE):
            physical = translate(snapshot.ram, snapshot.registers.cr3, address)
            if physical != address - KERNEL_BASE:
                where = "nothing" if physical is None else f"physical {physical:#x}"
                yield (f"expected {part.name} at {address:#x} to be physical "
                       f"{address - KERNEL_BASE:#x}, got {where}")
                break


def _sections(snapshot: Snapshot) -> list[Section]:
    return snapshot.image.symbols.sections


def _covers(part: Section, region: Region) -> bool:
    return part.start <= region.virtual and region.end <= _page_end(part)


def _shows(region: Region, part: Section) -> bool:
    start, end = part.start - KERNEL_BASE, _page_end(part) - KERNEL_BASE
    return region.physical < end and start < region.physical + region.length


def _page_end(part: Section) -> int:
    return (part.end + PAGE - 1) & ~(PAGE - 1)


def _mapped(snapshot: Snapshot, address: int) -> bool:
    return translate(snapshot.ram, snapshot.registers.cr3, address) is not None
