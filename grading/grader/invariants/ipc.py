"""Messages: who waits for whom, in the places that its state names and in no other.

Endpoints, notifications, answers and timeouts, over the kernel's real threads.
"""

from __future__ import annotations

import struct
from collections import Counter
from typing import Any, Iterator

from ..image.views import address_of, has, has_field
from ..snapshot import Snapshot
from ..threads import are_objects, label, threads_of
from .queues import walk

NEEDS = "timeout_first"

RECEIVING, WAITING = "THREAD_RECEIVING", "THREAD_WAITING"
SENDING, CALLING, ANSWERING = "THREAD_SENDING", "THREAD_CALLING", "THREAD_ANSWERING"
SLEEPING = "THREAD_SLEEPING"
# which queue of which object a thread in a state stands in
QUEUE_OF_STATE = {SENDING: "senders", CALLING: "senders", RECEIVING: "receivers",
                  WAITING: "waiters"}

KINDS = ("endpoint", "notification")
# enum slot_allows
ENDPOINT, RECEIVE, NOTIFICATION, REPLY = 0x7, 0x2, 0x70, 0x100
SLOT_SIZE = 24


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with those who wait for messages, signals and answers."""
    found: list[str] = []
    objects = list(_objects(snapshot))
    members = _members(objects, snapshot, found)
    slots = _slots(snapshot)
    notifications = _notifications(snapshot)
    for thread in threads_of(snapshot):
        found += _place(thread, members)
        found += _answer(thread, slots)
        found += _bound(thread, notifications, snapshot)
    found += [*_timeouts(snapshot), *_bits(objects)]
    if are_objects(snapshot):
        return found    # the check of capabilities counts
    return [*found, *_counts(objects, slots), *_free(objects)]


def _objects(snapshot: Snapshot) -> Iterator[tuple[str, Any]]:
    """(name, object) of each endpoint and notification: those that there are capabilities to, or of
    the kernel's own those in which anything is set."""
    for kind in KINDS:
        if are_objects(snapshot):
            yield from ((f"the {kind} at {address_of(thing):#x}", thing)
                        for thing in _capabilities(snapshot).views(kind))
            continue
        pool = getattr(snapshot.kernel, f"{kind}s")
        size = len(pool.raw()) // len(pool)
        for number in range(len(pool)):
            if any(pool.raw()[number * size:(number + 1) * size]):
                yield f"{kind} {number}", pool[number]


def _notifications(snapshot: Snapshot) -> set[int]:
    """The address of each notification, and of the one that stands for none."""
    known = _capabilities(snapshot).views("notification") if are_objects(snapshot) \
        else snapshot.kernel.notifications
    return {address_of(each) for each in (*known, snapshot.kernel.notification_none)}


def _capabilities(snapshot: Snapshot) -> Any:
    from ..capabilities import capabilities_of      # a file of the stage that has them
    return capabilities_of(snapshot)


def _queues(thing: Any) -> list[str]:
    return [name for name in ("receivers", "senders", "waiters") if has_field(thing, name)]


def _members(objects: list[tuple[str, Any]], snapshot: Snapshot,
             found: list[str]) -> dict[int, list[tuple[str, int]]]:
    """The queues that each thread stands in: kind and address."""
    members: dict[int, list[tuple[str, int]]] = {}
    for name, thing in objects:
        for kind in _queues(thing):
            queue = getattr(thing, kind)
            for thread in walk(f"{name}.{kind}", queue, snapshot, found):
                members.setdefault(thread, []).append((kind, address_of(queue)))
        if has_field(thing, "senders") and thing.senders.first and thing.receivers.first:
            found.append(f"{name}: expected no thread in one of its queues, got "
                         f"{label(thing.receivers.first.target)} in receivers and "
                         f"{label(thing.senders.first.target)} in senders")
    return members


def _place(thread: Any, members: dict[int, list[tuple[str, int]]]) -> Iterator[str]:
    """A thread is in the queue of its state, in no other, and its `queue` field says so."""
    should = QUEUE_OF_STATE.get(thread.state.name)
    stands = members.get(address_of(thread), [])
    if [kind for kind, _ in stands] != ([should] if should else []):
        got = " and ".join(kind for kind, _ in stands) or "none"
        yield (f"{label(thread)} is {thread.state.name}: expected it in "
               f"{f'the {should} of one object' if should else 'no queue of an object'}, got {got}")
    elif should and int(thread.queue) != stands[0][1]:
        yield (f"{label(thread)} is in a queue at {stands[0][1]:#x}: expected its `queue` to be "
               f"that, got {int(thread.queue):#x}")
    elif thread.state.name == ANSWERING and thread.queue:
        yield (f"{label(thread)} is {ANSWERING}: expected its `queue` to be NULL, got "
               f"{int(thread.queue):#x}")


def _slots(snapshot: Snapshot) -> list[tuple[int, int, int]]:
    """(address, what it allows, object) of all slots that are not empty."""
    if are_objects(snapshot):
        return [(slot.address, slot.allows, slot.thing)
                for slot in _capabilities(snapshot).occupied]
    return [slot for thread in threads_of(snapshot) for slot in _own_slots(thread)]


def _own_slots(thread: Any) -> Iterator[tuple[int, int, int]]:
    """Those of a thread's control block."""
    start = address_of(thread.slots)
    for number, (allows, _, thing) in enumerate(struct.iter_unpack("<QQQ", thread.slots.raw())):
        if allows:
            yield start + number * SLOT_SIZE, allows, thing


def _answer(thread: Any, slots: list[tuple[int, int, int]]) -> Iterator[str]:
    """A thread that waits for an answer may be answered through one slot, which it knows."""
    naming = [address for address, allows, thing in slots
              if allows & REPLY and thing == address_of(thread)]
    waits = thread.state.name == ANSWERING
    if len(naming) != int(waits):
        yield (f"{label(thread)} is {thread.state.name}: expected {int(waits)} slots that may "
               f"answer it, got {len(naming)}")
    elif int(thread.reply) != (naming[0] if waits else 0):
        yield (f"{label(thread)} is {thread.state.name}: expected its `reply` to be "
               f"{naming[0] if waits else 0:#x}, got {int(thread.reply):#x}")


def _bound(thread: Any, notifications: set[int], snapshot: Snapshot) -> Iterator[str]:
    """Thread and notification name each other, or the thread has none."""
    nobody = address_of(snapshot.kernel.notification_none)
    bound = int(thread.bound)
    if bound not in notifications:
        yield f"{label(thread)}: expected `bound` to be a notification, got {bound:#x}"
    elif bound != nobody and int(thread.bound.bound) != address_of(thread):
        yield (f"{label(thread)} has bound a notification: expected that to name the thread, got "
               f"{int(thread.bound.bound):#x}")


def _timeouts(snapshot: Snapshot) -> Iterator[str]:
    """Those with a deadline, and no others, are in the list, in the order of the deadlines."""
    by_address = {address_of(thread): thread for thread in threads_of(snapshot)}
    waiting = {*QUEUE_OF_STATE, ANSWERING}
    if not has_field(snapshot.kernel.sched, "sleepers"):
        waiting.add(SLEEPING)
    listed: list[int] = []
    here, last = int(snapshot.kernel.timeout_first), 0
    while here:
        if here not in by_address or here in listed:
            why = "again: the links go round" if here in listed else "which is no thread"
            yield f"the list of timeouts: expected each thread once, got {here:#x}, {why}"
            return
        thread = by_address[here]
        if thread.deadline < last:
            yield (f"the list of timeouts: expected earlier deadlines first, got {label(thread)} "
                   f"(tick {thread.deadline}) behind tick {last}")
        listed.append(here)
        last, here = thread.deadline, int(thread.next_deadline)
    for address, thread in by_address.items():
        if (address in listed) != (thread.deadline != 0):
            yield (f"{label(thread)} has the deadline {thread.deadline}: expected it "
                   f"{'' if thread.deadline else 'not '}in the list of timeouts")
        if thread.deadline and thread.state.name not in waiting:
            yield (f"{label(thread)} is {thread.state.name}: expected it to have no deadline, got "
                   f"{thread.deadline}")


def _bits(objects: list[tuple[str, Any]]) -> Iterator[str]:
    """Signals do not wait while somebody waits for them; who is named has bound it."""
    for name, thing in objects:
        if not has_field(thing, "waiters"):
            continue
        if thing.waiters.first and thing.bits:
            yield (f"{name}: expected no bits while {label(thing.waiters.first.target)} waits, got "
                   f"{thing.bits:#x}")
        if thing.bound and int(thing.bound.bound) != address_of(thing):
            yield (f"{name} is bound by {label(thing.bound.target)}: expected that thread's "
                   f"`bound` to be {address_of(thing):#x}, got {int(thing.bound.bound):#x}")


def _counts(objects: list[tuple[str, Any]], slots: list[tuple[int, int, int]]) -> Iterator[str]:
    """An object's counts are those of the slots that name it; what a slot names is an object."""
    known = {address_of(thing): name for name, thing in objects}
    named = Counter(thing for _, allows, thing in slots if allows & (ENDPOINT | NOTIFICATION))
    receiving = Counter(thing for _, allows, thing in slots
                        if allows & ENDPOINT and allows & RECEIVE)
    for name, thing in objects:
        for field, count in (("slots", named), ("receive_slots", receiving)):
            if has_field(thing, field) and getattr(thing, field) != count[address_of(thing)]:
                yield (f"{name}: expected {field} to be {count[address_of(thing)]}, as many as "
                       f"there are, got {getattr(thing, field)}")
    for address in named:
        if address not in known:
            yield f"a slot names the object {address:#x}: expected an endpoint or a notification"


def _free(objects: list[tuple[str, Any]]) -> Iterator[str]:
    """Of what no slot names nothing is left that its next owner would find."""
    for name, thing in objects:
        if thing.slots:
            continue
        left = [queue for queue in _queues(thing) if getattr(thing, queue).first]
        left += [field for field in ("bits", "bound") if has_field(thing, field)
                 and getattr(thing, field)]
        if left:
            yield f"{name}, which no slot names: expected nothing in its {' and '.join(left)}"
