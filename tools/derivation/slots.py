"""Slots: what capability stands in one (kernel/task/slot.h)."""

from __future__ import annotations

import struct
from typing import Callable, NamedTuple, Optional

# Bytes from an address on; None where there is no memory.
Read = Callable[[int, int], Optional[bytes]]

LAYOUT = struct.Struct("<IIQQQQQQQ")    # struct slot, in the order of its fields
SLOT_SIZE = LAYOUT.size
CNODE_COUNT, CNODE_SELF, CNODE_SLOTS = 8, 64, 128   # offsets in struct cnode
MOST_SLOTS = 65536                      # of a CNode: CNODE_SLOTS_MAX

# enum slot_allows
RECEIVE, NOTIFICATION_SHIFT, FRAME_SHIFT = 2, 4, 12
REPLY, DEVICE = 1 << 8, 1 << 24
CLOSING_ENDPOINT, CLOSING_NOTIFICATION = 1 << 22, 1 << 23
KINDS = {
    "endpoint": 7 | CLOSING_ENDPOINT,
    "notification": 7 << NOTIFICATION_SHIFT | CLOSING_NOTIFICATION,
    "reply": REPLY,
    "frame": 7 << FRAME_SHIFT,
    "untyped": 1 << 16,
    "CNode": 1 << 17,
    "thread": 1 << 18,
    "space": 1 << 19,
    "IRQ": 1 << 20,
    "ports": 1 << 21,
}
UNKNOWN = "unknown"         # of what no kernel writes
RIGHTS = {"endpoint": (0, "srg"), "notification": (NOTIFICATION_SHIFT, "srg"),
          "frame": (FRAME_SHIFT, "rwx")}

# Bytes and alignment of what has one size (object_measure() in kernel/object/object.c).
PAGE = 4096
FIXED_SIZES = {"endpoint": 64, "notification": 64, "thread": 2048}


class Slot(NamedTuple):
    """A slot and where it stands; `thing` is the union's number."""

    address: int
    allows: int
    pages: int
    badge: int
    thing: int
    parent: int
    child: int
    next: int
    previous: int
    extra: int

    @property
    def kind(self) -> str:
        """What kind of object it is for."""
        kinds = [kind for kind, bits in KINDS.items() if self.allows & bits]
        return kinds[0] if len(kinds) == 1 else UNKNOWN

    @property
    def rights(self) -> int:
        """The rights to an endpoint, a notification or a frame, as three bits; 0 of other kinds."""
        shift = RIGHTS.get(self.kind, (32, ""))[0]
        return self.allows >> shift & 7

    @property
    def rights_text(self) -> str:
        """`rw-`: the rights as letters; of a kind that has none, nothing."""
        letters = RIGHTS.get(self.kind, (0, ""))[1]
        return "".join(letter if self.rights >> bit & 1 else "-"
                       for bit, letter in enumerate(letters))

    @property
    def is_device(self) -> bool:
        """Of a frame: whether it is no memory of the machine's."""
        return bool(self.allows & DEVICE)

    @property
    def is_closing(self) -> bool:
        """Whether those who wait for its object are being told that it goes."""
        return bool(self.allows & (CLOSING_ENDPOINT | CLOSING_NOTIFICATION))

    @property
    def may_receive(self) -> bool:
        """Whether it allows to receive from an endpoint."""
        return self.kind == "endpoint" and bool(self.allows & RECEIVE)


def decode(address: int, data: bytes) -> Slot:
    """A slot from its bytes."""
    return Slot(address, *LAYOUT.unpack(data))


def read_slot(read: Read, address: int) -> Optional[Slot]:
    """The slot at an address; None where there is no memory."""
    data = read(address, SLOT_SIZE)
    return decode(address, data) if data else None


def occupied(read: Read, start: int, count: int) -> list[Slot]:
    """The slots that are not empty among `count` from an address on."""
    data = read(start, count * SLOT_SIZE) or b""
    return [decode(start + offset, data[offset:offset + SLOT_SIZE])
            for offset in range(0, len(data), SLOT_SIZE) if any(data[offset:offset + 4])]


def count_of(read: Read, cnode: int) -> int:
    """How many slots a CNode has, by its own account; 0 where that cannot be."""
    data = read(cnode + CNODE_COUNT, 8)
    count = int.from_bytes(data, "little") if data else 0
    return count if count <= MOST_SLOTS else 0
