"""Words for what stands in slots (kernel/task/slot.h), and for errors."""

from __future__ import annotations

from grader.image.views import Struct

NONE, INVALID, NO_MEMORY, BAD_SLOT, NO_RIGHT = 0, 1, 2, 13, 14
ERRORS = {NONE: "ERROR_NONE", INVALID: "ERROR_INVALID_ARGUMENT", NO_MEMORY: "ERROR_NO_MEMORY",
          6: "ERROR_BUSY", 12: "ERROR_PEER_ENDED", BAD_SLOT: "ERROR_BAD_SLOT",
          NO_RIGHT: "ERROR_NO_RIGHT"}

# enum slot_allows: kinds with rights by where these stand, kinds without, what allows nothing.
ENDPOINT, NOTIFICATION, FRAME = 0x7, 0x70, 0x7000
SHIFTS = {ENDPOINT: 0, NOTIFICATION: 4, FRAME: 12}
REPLY, UNTYPED, CNODE = 1 << 8, 1 << 16, 1 << 17
THREAD, SPACE, IRQ, PORTS = 1 << 18, 1 << 19, 1 << 20, 1 << 21
DEVICE, CLOSING_UNTYPED = 1 << 24, 1 << 25
WORDS = {REPLY: "a caller", UNTYPED: "untyped memory", CNODE: "a CNode", THREAD: "a thread",
         SPACE: "an address space", IRQ: "an interrupt line", PORTS: "I/O ports",
         1 << 22: "an endpoint that is being closed",
         1 << 23: "a notification that is being closed",
         CLOSING_UNTYPED: "untyped memory that loses its objects"}
KINDS = {ENDPOINT: "an endpoint", NOTIFICATION: "a notification", FRAME: "a frame"}
MESSAGE_RIGHTS = ("SEND", "RECEIVE", "GRANT")
MEMORY_RIGHTS = ("READ", "WRITE", "EXECUTE")
READ = 1
RIGHTS_ALL = 7


def error_text(number: int) -> str:
    """An error by its name."""
    return ERRORS.get(number, f"error {number}")


def kind_of(allows: int) -> int:
    """All that the kind of object may allow; 0 for an empty slot."""
    return next((kind for kind in SHIFTS if allows & kind), allows & ~DEVICE)


def rights_text(kind: int, rights: int) -> str:
    """Rights by name, as `SEND+GRANT`."""
    names = MEMORY_RIGHTS if kind == FRAME else MESSAGE_RIGHTS
    return "+".join(name for bit, name in enumerate(names) if rights >> bit & 1) or "no rights"


def allows_text(allows: int) -> str:
    """What a slot holds, as `an endpoint (SEND)`."""
    kind = kind_of(allows)
    if kind in SHIFTS:
        name = "a device's frame" if allows & DEVICE else KINDS[kind]
        return f"{name} ({rights_text(kind, allows >> SHIFTS[kind] & RIGHTS_ALL)})"
    return WORDS.get(kind, "nothing" if allows == 0 else f"{allows:#x}")


def same_but(before: Struct, after: Struct, *names: str) -> str:
    """The name of the first of these fields that has changed; "" when none has."""
    return next((name for name in names
                 if int(getattr(before, name)) != int(getattr(after, name))), "")
