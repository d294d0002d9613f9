"""Capabilities: the derivation tree is whole, authority shrinks on the way down, and every object's
count of capabilities is true."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterator

from derivation.slots import (KINDS, MOST_SLOTS, PAGE, REPLY, UNKNOWN, Slot, count_of)

from ..capabilities import ORIGIN, Capabilities, capabilities_of
from ..image.views import address_of
from ..snapshot import Snapshot

NEEDS = ORIGIN

MADE = ("untyped", "CNode", "thread", "space", "frame", "endpoint", "notification")
# what the count is called
COUNTED = {"endpoint": "slots", "notification": "slots", "CNode": "capabilities",
           "thread": "capabilities", "space": "capabilities"}
BADGED = ("endpoint", "notification")


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with the tree, with single capabilities, and with the slots that are
    not in the tree. Where links are broken nothing else is looked at."""
    capabilities = capabilities_of(snapshot)
    broken = [f"{capabilities.places.name(slot)}: {what}"
              for slot, what in capabilities.tree.broken]
    return broken or [*_contents(capabilities), *_places(capabilities), *_descent(capabilities),
                      *_counts(capabilities), *_strangers(capabilities)]


def _contents(capabilities: Capabilities) -> Iterator[str]:
    """Each slot of the tree holds one kind of capability, to an object that is in memory."""
    for slot in capabilities.tree.slots.values():
        where = capabilities.places.name(slot.address)
        if not slot.allows:
            yield f"{where}: expected no empty slot in the tree"
        elif slot.kind == UNKNOWN or slot.kind == "reply":
            yield (f"{where}: expected one kind of capability that the tree may have "
                   f"({', '.join(kind for kind in KINDS if kind != 'reply')}), got "
                   f"allows = {slot.allows:#x}")
        elif slot.kind in COUNTED and not capabilities.read(slot.thing, PAGE >> 6):
            yield f"{capabilities.name(slot)}: expected an object, got {slot.thing:#x}"
        elif slot.kind == "CNode" and slot.badge != count_of(capabilities.read, slot.thing):
            yield (f"{capabilities.name(slot)}: expected its badge to be the CNode's number of "
                   f"slots, {count_of(capabilities.read, slot.thing)} (at most {MOST_SLOTS}), got "
                   f"{slot.badge}")


def _places(capabilities: Capabilities) -> Iterator[str]:
    """Each slot of the tree stands where slots are: else it is in memory that may be used again."""
    symbols = capabilities.snapshot.image.symbols
    for slot in capabilities.tree.slots.values():
        if capabilities.places.run_of(slot.address) is None \
                and not symbols.start <= slot.address < symbols.end:
            yield (f"{capabilities.name(slot)} is in the tree: expected it in a CNode or a control "
                   "block that there is a capability to, or in the kernel's own data")


def _descent(capabilities: Capabilities) -> Iterator[str]:
    """No capability is more than the one that it comes from."""
    for slot in capabilities.tree.slots.values():
        parent = capabilities.tree.slots.get(slot.parent)
        if parent is None or slot.kind == UNKNOWN:
            continue
        for wrong in _made(slot) if parent.kind == "untyped" else _copied(slot, parent):
            yield (f"{capabilities.name(slot)}, which comes from {capabilities.name(parent)}: "
                   f"expected {wrong}")


def _made(slot: Slot) -> Iterator[str]:
    """What is wrong with a child of an untyped."""
    if slot.kind not in MADE:
        yield f"a kind of object that is made from untyped memory, got {slot.kind}"


def _copied(slot: Slot, parent: Slot) -> Iterator[str]:
    """What is wrong with a copy."""
    if slot.kind != parent.kind:
        yield f"a copy, of a kind that can be copied; got {slot.kind} from {parent.kind}"
        return
    if slot.rights & ~parent.rights:
        yield f"no right that the original lacks ({parent.rights_text}), got {slot.rights_text}"
    if slot.kind in BADGED and parent.badge and slot.badge != parent.badge:
        yield f"the original's badge, {parent.badge:#x}, got {slot.badge:#x}"
    if slot.kind == "frame":
        yield from _part("pages", slot, parent, slot.thing + slot.pages * PAGE,
                         parent.thing + parent.pages * PAGE)
        if slot.is_device != parent.is_device:
            yield f"what the original is, {_memory(parent)}; got {_memory(slot)}"
    elif slot.kind == "ports":
        yield from _part("ports", slot, parent, slot.badge + 1, parent.badge + 1)
    elif slot.thing != parent.thing:
        yield f"the same object, {parent.thing:#x}, got {slot.thing:#x}"


def _part(what: str, slot: Slot, parent: Slot, end: int, parent_end: int) -> Iterator[str]:
    if not parent.thing <= slot.thing < end <= parent_end:
        yield (f"some of the original's {what} ({parent.thing:#x} to {parent_end:#x}), got "
               f"{slot.thing:#x} to {end:#x}")


def _memory(slot: Slot) -> str:
    return "a device's memory" if slot.is_device else "plain memory"


def _counts(capabilities: Capabilities) -> Iterator[str]:
    """Every object knows how many capabilities there are to it."""
    slots = capabilities.tree.slots.values()
    named = Counter((slot.kind, slot.thing) for slot in slots)
    receiving = Counter(slot.thing for slot in slots if slot.may_receive)
    for kind, field in COUNTED.items():
        for thing in capabilities.views(kind):
            yield from _count(kind, thing, field, named[kind, address_of(thing)])
            if kind == "endpoint":
                yield from _count(kind, thing, "receive_slots", receiving[address_of(thing)])
    for line, count in enumerate(capabilities.snapshot.kernel.capabilities):
        if count != named["IRQ", line]:
            yield (f"interrupt line {line}: expected its count of capabilities to be "
                   f"{named['IRQ', line]}, got {count}")


def _count(kind: str, thing: Any, field: str, expected: int) -> Iterator[str]:
    if getattr(thing, field) != expected:
        yield (f"the {kind} at {address_of(thing):#x}: expected {field} to be {expected}, as many "
               f"as there are, got {getattr(thing, field)}")


def _strangers(capabilities: Capabilities) -> Iterator[str]:
    """A slot that is not in the tree is empty, or may answer a caller, who knows it."""
    callers = {address_of(thread): int(thread.reply) for thread in capabilities.threads}
    for slot in capabilities.occupied:
        if slot.address in capabilities.tree.slots:
            if capabilities.places.number(slot.address) == 0:
                yield f"{capabilities.name(slot)}: expected slot 0 of a space to hold nothing"
        elif slot.allows != REPLY:
            yield f"{capabilities.name(slot)}: expected it in the derivation tree"
        elif callers.get(slot.thing) != slot.address:
            yield (f"{capabilities.name(slot)}: expected a caller whose `reply` it is, got the "
                   f"thread at {slot.thing:#x}")
