"""The derivation tree, walked from its origin, and whose slots its capabilities stand in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Iterable, Iterator

from .slots import (CNODE_SELF, CNODE_SLOTS, SLOT_SIZE, Read, Slot, count_of, occupied, read_slot)

MOST = 1 << 20      # slots of a tree: more than a machine of a grader has room for


@dataclass
class Tree:
    """Every capability that the links lead to, each once, parents before their children."""

    origin: int
    slots: dict[int, Slot] = field(default_factory=dict)
    broken: list[tuple[int, str]] = field(default_factory=list)  # slot, and what is wrong there

    def of_kind(self, kind: str) -> list[Slot]:
        """Every capability of a kind."""
        return [slot for slot in self.slots.values() if slot.kind == kind]

    def objects(self, kind: str) -> list[int]:
        """The objects of a kind, each once, by address."""
        return sorted({slot.thing for slot in self.of_kind(kind)})

    def children(self) -> dict[int, list[Slot]]:
        """The capabilities that come from each one, by their parent's address."""
        found: dict[int, list[Slot]] = {}
        for slot in self.slots.values():
            found.setdefault(slot.parent, []).append(slot)
        return found


def walk(read: Read, origin: int) -> Tree:
    """Follows the links. Where one is wrong, that is noted, and what hangs on it is left out."""
    tree = Tree(origin)
    top = read_slot(read, origin)
    pending = [(origin, top.child)] if top else []
    while pending and len(tree.slots) < MOST:
        parent, first = pending.pop()
        for slot in _siblings(read, tree, parent, first):
            tree.slots[slot.address] = slot
            if slot.child:
                pending.append((slot.address, slot.child))
    return tree


def _siblings(read: Read, tree: Tree, parent: int, first: int) -> Iterator[Slot]:
    """A parent's children, as far as the links are sound."""
    previous, here = 0, first
    while here and len(tree.slots) < MOST:
        if here in tree.slots or here == tree.origin:
            tree.broken.append((previous or parent, f"a link to {here:#x}, which stands in the "
                                                    "tree already"))
            return
        slot = read_slot(read, here)
        if slot is None:
            tree.broken.append((previous or parent, f"a link to {here:#x}, where no memory is"))
            return
        if slot.parent != parent:
            tree.broken.append((here, f"expected its parent to be {parent:#x}, whose child it is, "
                                      f"got {slot.parent:#x}"))
            return
        if slot.previous != previous:
            tree.broken.append((here, f"expected the slot before it to be {previous:#x}, got "
                                      f"{slot.previous:#x}"))
        yield slot
        previous, here = here, slot.next


@dataclass(frozen=True)
class Run:
    """Slots one behind the other that have a common name."""

    start: int
    count: int
    name: str           # of whom they are
    numbered: bool      # whether programs name them by their numbers


class Places:
    """Names of slots, for people."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = sorted(runs, key=lambda run: run.start)
        self._starts = [run.start for run in self._runs]

    def run_of(self, address: int) -> Run | None:
        """The run that a slot stands in."""
        index = bisect_right(self._starts, address) - 1
        run = self._runs[index] if index >= 0 else None
        return run if run and address < run.start + run.count * SLOT_SIZE else None

    def number(self, address: int) -> int | None:
        """A slot's number in its capability space; None of one that has none."""
        run = self.run_of(address)
        return (address - run.start) // SLOT_SIZE if run and run.numbered else None

    def name(self, address: int) -> str:
        """`slot 12 of init`; of what no capability space has, where it stands."""
        run, number = self.run_of(address), self.number(address)
        if run is None:
            return f"the slot at {address:#x}"
        return f"a slot in {run.name}" if number is None else f"slot {number} of {run.name}"


def spaces_in(read: Read, tree: Tree) -> dict[int, list[Slot]]:
    """What stands in each CNode that the tree knows, by the address of the CNode."""
    return {cnode: occupied(read, cnode + CNODE_SLOTS, count_of(read, cnode))
            for cnode in tree.objects("CNode")}


def places_of(read: Read, tree: Tree, users: dict[int, list[str]],
              threads: dict[int, str], parts: range) -> Places:
    """Names for all slots.

    users: the names of the threads that use each array of slots, by its address; threads: the names
    of all; parts: offsets of the slots in a control block."""
    runs = [Run(start, len(parts), f"the control block of {name}", False)
            for address, name in threads.items() for start in [address + parts.start]]
    for cnode in tree.objects("CNode"):
        names = users.get(cnode + CNODE_SLOTS, [])
        name = " and ".join(names) if names else f"the CNode at {cnode:#x}"
        runs.append(Run(cnode + CNODE_SLOTS, count_of(read, cnode), name, True))
        runs.append(Run(cnode + CNODE_SELF, 1, "a CNode that is being emptied", False))
    return Places(runs)
