"""The capabilities of a stopped machine, for a kernel that has them: the derivation tree, the
capability spaces, the objects."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Optional

from derivation.slots import PAGE, SLOT_SIZE, Read, Slot, read_slot
from derivation.tree import Places, Tree, places_of, spaces_in, walk

from .errors import BadAddress
from .image.views import address_of, cast, has
from .machine.address_space import KERNEL_BASE, KERNEL_HALF
from .snapshot import Snapshot

ORIGIN = "cap_origin"       # the variable of a kernel that has capabilities
PARTS = ("caller", "cspace", "space", "frame")      # the slots in a control block, in their order
BYTE_VIEWS = {"endpoint": "struct endpoint", "notification": "struct notification",
              "thread": "struct thread", "CNode": "struct cnode", "space": "struct space"}


@dataclass(frozen=True)
class Capabilities:
    """Everything that hangs on the origin, read once."""

    snapshot: Snapshot
    read: Read
    tree: Tree

    @functools.cached_property
    def threads(self) -> list[Any]:
        """Every thread that there is a capability to, and the idle thread."""
        idle = self.snapshot.kernel.sched.idle
        return ([idle.target] if idle else []) + self.views("thread")

    @functools.cached_property
    def contents(self) -> dict[int, list[Slot]]:
        """What stands in each CNode, by its address."""
        return spaces_in(self.read, self.tree)

    @functools.cached_property
    def occupied(self) -> list[Slot]:
        """Every slot that is not empty: in CNodes, in control blocks, all others of the tree."""
        found = dict(self.tree.slots)
        for slots in self.contents.values():
            found |= {slot.address: slot for slot in slots}
        for thread in self.threads:
            slot = read_slot(self.read, address_of(thread.caller))
            if slot and slot.allows:
                found[slot.address] = slot
        return list(found.values())

    @functools.cached_property
    def places(self) -> Places:
        """Names of slots."""
        names = {address_of(thread): thread.name.text() for thread in self.threads}
        users: dict[int, list[str]] = {}
        for thread in self.threads:
            users.setdefault(int(thread.slots), []).append(thread.name.text())
        return places_of(self.read, self.tree, users, names, parts_of(self.threads))

    @functools.cached_property
    def address_spaces(self) -> list[tuple[str, int]]:
        """(name, root) of every address space. It is called after the threads that have it."""
        users: dict[int, list[str]] = {}
        for thread in self.threads:
            users.setdefault(thread.root, []).append(f'thread "{thread.name.text()}"')
        roots = [physical(space) + PAGE for space in self.tree.objects("space")]
        return [(" and ".join(users.get(root, [f"the address space at {root - PAGE:#x}"])), root)
                for root in roots]

    def views(self, kind: str) -> list[Any]:
        """The objects of a kind, each once. (One that is not in memory has a sentence of its own in
        the check of capabilities.)"""
        views = [self.view(kind, address) for address in self.tree.objects(kind)]
        return [view for view in views if self.read(address_of(view), view._type.size)]

    def view(self, kind: str, address: int) -> Any:
        """An object, with the kernel's own names."""
        return cast(self.snapshot.kernel, BYTE_VIEWS[kind], address)

    def name(self, slot: Slot) -> str:
        """A slot for a reader: where it stands, and what is in it."""
        rights = f" {slot.rights_text}" if slot.rights_text else ""
        return f"{self.places.name(slot.address)} ({slot.kind}{rights})"


def has_capabilities(snapshot: Snapshot) -> bool:
    """Whether the kernel is one that has capabilities."""
    return has(snapshot.kernel, ORIGIN)


def capabilities_of(snapshot: Snapshot) -> Capabilities:
    """The capabilities of a machine. They are read once for all who ask."""
    found = snapshot.notes.get(ORIGIN)
    if found is None:
        read = reader(snapshot)
        found = Capabilities(snapshot, read, walk(read, address_of(snapshot.kernel.cap_origin)))
        snapshot.notes[ORIGIN] = found
    return found


def reader(snapshot: Snapshot) -> Read:
    """Reads the kernel's memory."""
    def read(address: int, length: int) -> Optional[bytes]:
        try:
            return snapshot.memory.read(address, length)
        except BadAddress:
            return None
    return read


def parts_of(threads: list[Any]) -> range:
    """Where in a control block its slots are: their offsets."""
    if not threads:
        return range(0)
    start = address_of(threads[0].caller) - address_of(threads[0])
    return range(start, start + len(PARTS) * SLOT_SIZE, SLOT_SIZE)


def physical(address: int) -> int:
    """The physical address of an object that the kernel sees in its window or its image."""
    return address - (KERNEL_BASE if address >= KERNEL_BASE else KERNEL_HALF)
