"""Threads, endpoints and notifications that are nowhere in memory, for the check of messages."""

from __future__ import annotations

import struct
from types import SimpleNamespace
from typing import Any, Optional

THREADS, SLOTS, OBJECTS = 4, 3, 2
THREAD_AT, ENDPOINT_AT, NOTIFICATION_AT, NOBODY_AT = 0x10000, 0x20000, 0x30000, 0x40000
STEP, SLOTS_OFFSET, SLOT_SIZE = 0x1000, 0x100, 24
SENDERS_OFFSET, WAITERS_OFFSET = 0x10, 0x8
REPLY = 0x100


class Fake(SimpleNamespace):
    """A structure with an address: what the check reads of a view."""

    def __init__(self, address: int, **fields: Any) -> None:
        super().__init__(**fields)
        self._address, self._type = address, SimpleNamespace(members=fields)


class Link(int):
    """A pointer, with what it points at."""

    target: Any

    def __new__(cls, target: Optional[Fake], address: int = 0) -> "Link":
        made = super().__new__(cls, target._address if target else address)
        made.target = target
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)


class Slots(list[tuple[int, int, int]]):
    """A thread's slots: (allows, badge, object)."""

    def __init__(self, address: int) -> None:
        super().__init__([(0, 0, 0)] * SLOTS)
        self._address = address

    def raw(self) -> bytes:
        """As bytes in memory."""
        return b"".join(struct.pack("<QQQ", *slot) for slot in self)


class Pool(list[Fake]):
    """All endpoints or notifications. All of them are looked at."""

    def raw(self) -> bytes:
        """As bytes in memory: none of it is 0."""
        return b"\1" * len(self)


class Text(str):
    """A name."""

    def text(self) -> str:
        """As an array of characters gives it."""
        return str(self)


def queue(address: int) -> Fake:
    """An empty queue."""
    return Fake(address, first=Link(None), last=Link(None))


class FakeKernel:
    """Four threads that are ready, two endpoints and two notifications that nobody names."""

    def __init__(self) -> None:
        self.notification_none = Fake(NOBODY_AT, bits=0, bound=Link(None))
        self.threads = [self._thread(number) for number in range(THREADS)]
        self.endpoints = Pool(
            Fake(at, receivers=queue(at), senders=queue(at + SENDERS_OFFSET), slots=0,
                 receive_slots=0)
            for at in range(ENDPOINT_AT, ENDPOINT_AT + OBJECTS * STEP, STEP))
        self.notifications = Pool(
            Fake(at, bits=0, waiters=queue(at + WAITERS_OFFSET), bound=Link(None), slots=0)
            for at in range(NOTIFICATION_AT, NOTIFICATION_AT + OBJECTS * STEP, STEP))
        self.timeout_first = Link(None)
        self.sched = SimpleNamespace(_type=SimpleNamespace(members={"sleepers": None}))

    def _thread(self, number: int) -> Fake:
        at = THREAD_AT + number * STEP
        return Fake(at, name=Text(f"t{number}"), state=SimpleNamespace(name="THREAD_READY"),
                    deadline=0, next_deadline=Link(None), queue=Link(None), next=Link(None),
                    previous=Link(None), reply=Link(None), bound=Link(self.notification_none),
                    slots=Slots(at + SLOTS_OFFSET))

    def _has(self, name: str) -> bool:
        return hasattr(self, name)

    def snapshot(self) -> Any:
        """What the checks are given."""
        return SimpleNamespace(kernel=self)

    def wait(self, number: int, state: str, place: Fake) -> None:
        """A thread lines up in a queue that is empty."""
        thread = self.threads[number]
        thread.state.name = f"THREAD_{state}"
        thread.queue = Link(place)
        place.first = place.last = Link(thread)

    def answering(self, caller: int, server: int, slot: int) -> None:
        """A thread waits for an answer."""
        thread, slots = self.threads[caller], self.threads[server].slots
        thread.state.name = "THREAD_ANSWERING"
        slots[slot] = (REPLY, 0, thread._address)
        thread.reply = Link(None, slots._address + slot * SLOT_SIZE)

    def timeouts(self, *deadlines: tuple[int, int]) -> None:
        """(thread, deadline) in the order of the list."""
        following: Optional[Fake] = None
        for number, deadline in reversed(deadlines):
            thread = self.threads[number]
            thread.deadline, thread.next_deadline = deadline, Link(following)
            following = thread
        self.timeout_first = Link(following)

    def name_endpoint(self, thread: int, slot: int, number: int, allows: int) -> None:
        """A slot names an endpoint, which counts it."""
        endpoint = self.endpoints[number]
        self.threads[thread].slots[slot] = (allows, 0, endpoint._address)
        endpoint.slots += 1
        endpoint.receive_slots += bool(allows & 2)

    def name_notification(self, thread: int, slot: int, number: int) -> None:
        """A slot names a notification, which counts it."""
        notification = self.notifications[number]
        self.threads[thread].slots[slot] = (0x70, 0, notification._address)
        notification.slots += 1

    def bind(self, thread: int, number: int) -> None:
        """A thread binds a notification."""
        self.threads[thread].bound = Link(self.notifications[number])
        self.notifications[number].bound = Link(self.threads[thread])
