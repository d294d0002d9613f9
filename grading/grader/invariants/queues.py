"""The scheduler's queues: every thread in the queue of its state, exactly once, links whole.

A thread may be in a state that is not known here: a later stage's, whose own check knows where such
a thread stands. Here it only has to be out of the ready queue.
"""

from __future__ import annotations

import re
from typing import Any

from ..image.views import address_of, has_field
from ..snapshot import Snapshot
from ..threads import is_idle, label, threads_of

NEEDS = "sched"

# state -> the queue that a thread in it stands in; the idle thread is ready, but in none. A kernel
# in which a sleep is a wait with a timeout has no queue of the sleepers.
QUEUE_OF_STATE = {"THREAD_READY": "ready", "THREAD_SLEEPING": "sleepers"}
KNOWN_STATES = (*QUEUE_OF_STATE, "THREAD_RUNNING", "THREAD_JOINING", "THREAD_ENDED",
                "THREAD_STOPPED")
NO_STATE = re.compile(r"\(no such value")       # what an enumeration without a name is called


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with who stands in which queue."""
    kernel = snapshot.kernel
    found: list[str] = []
    members = {name: {address_of(queue): walk(shown, queue, snapshot, found)
                      for shown, queue in _queues(name, getattr(kernel.sched, name))}
               for name in QUEUE_OF_STATE.values() if has_field(kernel.sched, name)}
    for thread in threads_of(snapshot):
        found += _place(thread, members, snapshot)
    found += _sleepers_in_order(snapshot, members)
    return found + _joining(snapshot) + _running(snapshot)


Members = dict[str, dict[int, list[int]]]   # by the queue's kind and its address


def _queues(kind: str, queue: Any) -> list[tuple[str, Any]]:
    """(name, queue) of each queue of a kind: one, or one for each level of priority."""
    if has_field(queue, "first"):
        return [(kind, queue)]
    return [(f"{kind}[{level}]", each) for level, each in enumerate(queue)]


def walk(name: str, queue: Any, snapshot: Snapshot, found: list[str]) -> list[int]:
    """The addresses of a queue's threads, from first to last; what is broken goes to `found`."""
    members: list[int] = []
    known = {address_of(thread) for thread in threads_of(snapshot)}
    previous, here = 0, queue.first
    while here != 0:
        if int(here) not in known:
            found.append(f"queue {name}: expected a thread, got a link to {int(here):#x}")
            return members
        if int(here) in members:
            found.append(f"queue {name}: expected each thread once, got {label(here.target)} "
                         "again: the links go round")
            return members
        if int(here.previous) != previous:
            found.append(f"queue {name}: expected {label(here.target)}'s link back to lead to the "
                         f"thread before it ({previous:#x}), got {int(here.previous):#x}")
        members.append(int(here))
        previous, here = int(here), here.next
    if int(queue.last) != previous:
        found.append(f"queue {name}: expected `last` to be the thread that the links end at "
                     f"({previous:#x}), got {int(queue.last):#x}")
    return members


def _place(thread: Any, members: Members, snapshot: Snapshot) -> list[str]:
    """A thread is in the queue of its state, in no other, and its `queue` field says so."""
    state = thread.state
    should = None if is_idle(thread, snapshot) else QUEUE_OF_STATE.get(state.name)
    should = should if should in members else None
    places = [(name, queue) for name, queues in members.items()
              for queue, addresses in queues.items() if address_of(thread) in addresses]
    stands = [name for name, _ in places]
    if NO_STATE.match(state.name):
        return [f"{label(thread)}: expected a state, got the number {int(state)}"]
    if state.name not in KNOWN_STATES:
        return [f"{label(thread)} is {state.name}: expected it not to be ready, got it in queue "
                "ready"] if "ready" in stands else []
    if stands != ([should] if should else []):
        return [f"{label(thread)} is {state.name}: expected it in "
                f"{f'queue {should}' if should else 'no queue'}, got it in "
                f"{' and '.join(stands) or 'none'}"]
    queue = places[0][1] if should else 0
    if int(thread.queue) != queue:
        return [f"{label(thread)} is in {f'queue {should}' if should else 'no queue'}: expected "
                f"its `queue` to be {queue:#x}, got {int(thread.queue):#x}"]
    return []


def _sleepers_in_order(snapshot: Snapshot, members: Members) -> list[str]:
    by_address = {address_of(thread): thread for thread in threads_of(snapshot)}
    sleepers = [by_address[address] for addresses in members.get("sleepers", {}).values()
                for address in addresses]
    return [f"queue sleepers: expected who wakes first to stand first, got {label(one)} (tick "
            f"{one.wake_tick}) before {label(two)} (tick {two.wake_tick})"
            for one, two in zip(sleepers, sleepers[1:]) if one.wake_tick > two.wake_tick]


def _joining(snapshot: Snapshot) -> list[str]:
    """Each thread that waits for another one's end is named by one thread as its joiner, and each
    joiner waits."""
    threads = [thread for thread in threads_of(snapshot) if has_field(thread, "joiner")]
    joiners = [int(thread.joiner) for thread in threads if thread.joiner]
    found = []
    for thread in threads:
        times, waits = joiners.count(address_of(thread)), thread.state.name == "THREAD_JOINING"
        if times != int(waits):
            found.append(f"{label(thread)} is {thread.state.name}: expected {int(waits)} threads "
                         f"to name it as their joiner, got {times}")
    return found


def _running(snapshot: Snapshot) -> list[str]:
    """One thread is running, and it is the current one."""
    current = int(snapshot.kernel.sched.current)
    if not current:
        return []  # the scheduler has not started yet
    running = [thread for thread in threads_of(snapshot) if thread.state.name == "THREAD_RUNNING"]
    if [address_of(thread) for thread in running] != [current]:
        names = ", ".join(label(thread) for thread in running) or "none"
        return [f"expected exactly one running thread, sched.current ({current:#x}), got {names}"]
    return []
