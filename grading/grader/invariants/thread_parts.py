"""What a thread is made of: the capabilities to its parts and what the kernel made of them agree,
and it stands in a queue as high as its priority."""

from __future__ import annotations

from typing import Any, Iterator, Optional

from derivation.slots import CNODE_SLOTS, PAGE, Slot, count_of

from ..capabilities import ORIGIN, Capabilities, capabilities_of, physical
from ..image.views import address_of
from ..machine.address_space import KERNEL_HALF
from ..snapshot import Snapshot
from ..threads import SCHEDULER, is_idle, label

NEEDS = ORIGIN

NEED_NOTHING = ("THREAD_STOPPED", "THREAD_ENDED")
READ_WRITE = 3              # enum memory_rights
KIND_OF_PART = {"cspace": "CNode", "space": "space", "frame": "frame"}
LEVELS = 32                 # PRIORITY_LEVELS
ALL_BITS = (1 << 64) - 1


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with threads as objects."""
    capabilities = capabilities_of(snapshot)
    found = list(_owners(capabilities))
    for thread in capabilities.threads:
        if not is_idle(thread, snapshot):
            found += _parts(thread, capabilities)
            found += _priority(thread, snapshot)
            found += _serves(thread, capabilities)
    return found + list(_served(capabilities)) + list(_ready_levels(snapshot))


def _part(thread: Any, name: str, capabilities: Capabilities) -> Optional[Slot]:
    """The capability to one of a thread's parts; None when it has none."""
    return capabilities.tree.slots.get(address_of(getattr(thread, name)))


def _parts(thread: Any, capabilities: Capabilities) -> Iterator[str]:
    parts = {name: _part(thread, name, capabilities) for name in KIND_OF_PART}
    for name, slot in parts.items():
        if slot is None and getattr(thread, name).allows:
            yield (f"{label(thread)}: expected its `{name}` in the derivation tree, or empty; got "
                   f"allows = {getattr(thread, name).allows:#x}")
        elif slot and (slot.kind != KIND_OF_PART[name] or slot.extra != address_of(thread)):
            yield (f"{label(thread)}: expected its `{name}` to be a {KIND_OF_PART[name]} of this "
                   f"thread, {address_of(thread):#x}; got a {slot.kind} of {slot.extra:#x}")
    for field, expected in _expected(parts, capabilities):
        if int(getattr(thread, field)) != expected:
            yield (f"{label(thread)}: expected its `{field}` to be {expected:#x}, as its "
                   f"capabilities say, got {int(getattr(thread, field)):#x}")
    frame = parts["frame"]
    if frame and (frame.rights & READ_WRITE != READ_WRITE or frame.pages != 1 or frame.is_device):
        yield (f"{label(thread)}: expected its buffer to be one page of memory to read and write, "
               f"got {frame.pages}, {frame.rights_text}")
    missing = [name for name, slot in parts.items() if slot is None]
    if missing and thread.state.name not in NEED_NOTHING:
        yield (f"{label(thread)} is {thread.state.name}: expected it to have all its parts, got no "
               f"{' and no '.join(missing)}")


def _expected(parts: dict[str, Optional[Slot]],
              capabilities: Capabilities) -> Iterator[tuple[str, int]]:
    """(field, value): what the kernel keeps at hand of each part."""
    cspace, space, frame = parts.values()
    yield "slots", cspace.thing + CNODE_SLOTS if cspace else 0
    yield "slot_count", count_of(capabilities.read, cspace.thing) if cspace else 0
    yield "root", physical(space.thing) + PAGE if space \
        else capabilities.snapshot.kernel.kernel_root
    yield "buffer", KERNEL_HALF + frame.thing if frame else 0


def _owners(capabilities: Capabilities) -> Iterator[str]:
    """A capability that says it is a thread's part is one."""
    parts = {address_of(getattr(thread, name)): address_of(thread)
             for thread in capabilities.threads for name in KIND_OF_PART}
    for slot in capabilities.tree.slots.values():
        may_be = slot.kind in ("CNode", "space") or slot.kind == "frame" and not slot.badge
        if may_be and slot.extra and slot.extra != parts.get(slot.address):
            yield (f"{capabilities.name(slot)}: expected `extra` to be 0, since it is no part of a "
                   f"thread, got {slot.extra:#x}")


def _priority(thread: Any, snapshot: Snapshot) -> Iterator[str]:
    """Its level, the mask for it, and the queue of those that are ready."""
    level = thread.level
    if level >= LEVELS:
        yield f"{label(thread)}: expected a level below {LEVELS}, got {level}"
        return
    above = (ALL_BITS ^ 1) << level & ALL_BITS
    if thread.outranked_by != above:
        yield (f"{label(thread)}: expected `outranked_by` to have a bit for each level above "
               f"{level}, {above:#x}, got {thread.outranked_by:#x}")
    if thread.state.name != "THREAD_READY":
        return
    ready = snapshot.kernel.sched.ready
    stands, rest = divmod(int(thread.queue) - address_of(ready), ready[0]._type.size)
    if not 0 <= stands < LEVELS or rest:
        return          # which the check of the queues tells
    if stands < level:
        yield (f"{label(thread)}: expected it to be ready at its level, {level}, or higher, got it "
               f"at {stands}")


def _ready_levels(snapshot: Snapshot) -> Iterator[str]:
    """Where somebody is ready, the scheduler looks."""
    sched = snapshot.kernel.sched
    for level, queue in enumerate(sched.ready):
        if queue.first and not sched.ready_levels >> level & 1:
            yield (f"{SCHEDULER}: expected bit {level} of `ready_levels`, since a thread is ready "
                   f"at that level, got {sched.ready_levels:#x}")


def _serves(thread: Any, capabilities: Capabilities) -> Iterator[str]:
    """The endpoint that a thread serves knows it."""
    serves = int(thread.serves)
    if serves and serves not in capabilities.tree.objects("endpoint"):
        yield f"{label(thread)}: expected `serves` to be an endpoint, got {serves:#x}"
    elif serves and int(thread.serves.server) != address_of(thread):
        yield (f"{label(thread)} serves the endpoint at {serves:#x}: expected that to name the "
               f"thread, got {int(thread.serves.server):#x}")


def _served(capabilities: Capabilities) -> Iterator[str]:
    """The thread that an endpoint is served by knows the endpoint."""
    serving = {address_of(thread): int(thread.serves) for thread in capabilities.threads}
    for endpoint in capabilities.views("endpoint"):
        server = int(endpoint.server)
        if server and serving.get(server) != address_of(endpoint):
            yield (f"the endpoint at {address_of(endpoint):#x}: expected its `server` to be a "
                   f"thread that serves it, got {server:#x}")
