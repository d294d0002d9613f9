"""The derivation tree as a model: parents, children in their order, and what is in CNodes
(guest/06-capabilities/world.c)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator, Optional

from grader.expect import Failure
from grader.image.views import Struct
from .names import CLOSING_UNTYPED, UNTYPED, allows_text

PLAIN, CNODES, CNODE_SLOTS = 28, 3, 6
SLOTS = PLAIN + CNODES * (1 + CNODE_SLOTS)
NO_SLOT, STRANGE = 0xFF, 0xFE
CHILD = "first child (`child`)"


def slot_name(number: int) -> str:
    """`slot 3`, `slot 4 of CNode 1`."""
    if number == NO_SLOT:
        return "NULL"
    if number == STRANGE:
        return "an address that is no slot's"
    if number < PLAIN:
        return f"slot {number}"
    cnode, place = divmod(number - PLAIN, 1 + CNODE_SLOTS)
    return f"slot {place - 1} of CNode {cnode}" if place else f"CNode {cnode}'s `self`"


def self_of(cnode: int) -> int:
    """The number of the slot in a CNode's head."""
    return PLAIN + cnode * (1 + CNODE_SLOTS)


@dataclass
class Forest:
    """Which slot hangs where. A slot that is in no tree is not in `parents`."""

    parents: dict[int, int] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=lambda: {0: []})
    allows: dict[int, int] = field(default_factory=dict)    # of all that are not empty

    @staticmethod
    def of(view: Struct) -> "Forest":
        """A world that the test has made, whose links are right."""
        slots = list(view.slots)
        forest = Forest(allows={number: slot.allows for number, slot in enumerate(slots)
                                if slot.allows})
        for number, slot in enumerate(slots):
            if slot.allows and (slot.parent != NO_SLOT or number == 0):
                forest.children[number] = _chain(slots, slot.child)
        forest.parents = {child: parent for parent, found in forest.children.items()
                          for child in found}
        return forest

    def insert(self, slot: int, parent: int) -> None:
        """tree_insert()."""
        self.parents[slot] = parent
        self.children.setdefault(slot, [])
        self.children[parent].insert(0, slot)

    def remove(self, slot: int) -> None:
        """tree_remove()."""
        self.children[self.parents.pop(slot)].remove(slot)

    def adopt(self, slot: int, parent: int) -> None:
        """tree_adopt()."""
        if self.allows.get(self.parents[slot]) == UNTYPED:
            self.allows[self.parents[slot]] = CLOSING_UNTYPED
        self.remove(slot)
        self.insert(slot, parent)

    def first_child(self, slot: int) -> Optional[int]:
        """NULL is None."""
        return next(iter(self.children.get(slot, [])), None)

    def below(self, slot: int) -> Iterator[int]:
        """All that has come from a slot."""
        for child in self.children.get(slot, []):
            yield child
            yield from self.below(child)

    def family(self, slot: int) -> str:
        """A slot's children, for a reader."""
        found = ", ".join(slot_name(child) for child in self.children.get(slot, []))
        return f"{slot_name(slot)} has the children {found}" if found else \
            f"{slot_name(slot)} has no children"

    def links(self, slot: int) -> tuple[tuple[str, int], ...]:
        """What has to stand in a slot that is in the tree."""
        parent = self.parents[slot]
        row = self.children[parent]
        at = row.index(slot)
        return (("parent", parent), ("previous", row[at - 1] if at else NO_SLOT),
                ("next", row[at + 1] if at + 1 < len(row) else NO_SLOT),
                (CHILD, self._first(slot)))

    def _first(self, slot: int) -> int:
        return next(iter(self.children[slot]), NO_SLOT)

    def judge(self, what: str, view: Struct) -> None:
        """Every slot that is in the tree is where it has to be; `what` was done before."""
        for number, slot in enumerate(view.slots):
            if slot.allows != self.allows.get(number, 0):
                raise Failure(f"{what}, {slot_name(number)} holds the wrong thing",
                              expected=allows_text(self.allows.get(number, 0)),
                              got=allows_text(slot.allows))
            if number in self.parents:
                self._judge_links(what, number, slot)
        top = view.slots[0]
        if top.child != self._first(0):
            raise self._wrong_link(what, 0, CHILD, self._first(0), top.child)
        if view.changed:
            raise Failure(f"{what}, something else in a slot is not as it was",
                          expected="pages, badge, object and extra stay")

    def _judge_links(self, what: str, number: int, slot: Struct) -> None:
        got = (slot.parent, slot.previous, slot.next, slot.child)
        for (name, expected), found in zip(self.links(number), got):
            if found != expected:
                raise self._wrong_link(what, number, name, expected, found)

    def _wrong_link(self, what: str, number: int, name: str, expected: int, got: int) -> Failure:
        """With the family that the link belongs to."""
        family = self.family(number if name == CHILD else self.parents[number])
        return Failure(f"{what}, {slot_name(number)}'s {name} is wrong",
                       expected=slot_name(expected), got=slot_name(got),
                       around=[f"as it has to be: {family}"])


def _chain(slots: list[Struct], first: int) -> list[int]:
    """Children in their order. Ends also where the links lead in a circle."""
    found: list[int] = []
    while first < len(slots) and first not in found:
        found.append(first)
        first = slots[first].next
    return found
