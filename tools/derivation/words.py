"""Capabilities in words and numbers, for people."""

from __future__ import annotations

from typing import Callable

from .slots import PAGE, Slot

BADGED = ("endpoint", "notification")

# An object's name: a thread's, say.
ObjectName = Callable[[Slot], str]


def size_text(size: int) -> str:
    """4 KB, 2 MB."""
    for shift, unit in ((20, "MB"), (10, "KB")):
        if size >> shift and not size & (1 << shift) - 1:
            return f"{size >> shift} {unit}"
    return f"{size} bytes"


def badge_text(slot: Slot) -> str:
    """The badge as the kind of object has it; what the field holds of other kinds is no badge."""
    return f"{slot.badge:#x}" if slot.kind in BADGED and slot.badge else ""


def object_text(slot: Slot, name: ObjectName) -> str:
    """What a capability is for."""
    if slot.kind == "untyped":
        used = slot.extra if slot.child else 0
        return f"{slot.thing:#x}, {size_text(slot.badge)}, {size_text(slot.badge - used)} free"
    if slot.kind == "frame":
        where = f", mapped at {slot.badge:#x}" if slot.badge and slot.extra else ""
        device = "device's memory " if slot.is_device else ""
        return f"{device}{slot.thing:#x}, {size_text(slot.pages * PAGE)}{where}"
    if slot.kind == "ports":
        return f"ports {slot.thing:#x} to {slot.badge:#x}"
    if slot.kind == "IRQ":
        return f"line {slot.thing}"
    if slot.kind == "CNode":
        return f"{name(slot)}, {slot.badge} slots"
    return name(slot) + (" (closing)" if slot.is_closing else "")
