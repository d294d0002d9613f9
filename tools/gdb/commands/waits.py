"""Who waits for whom: threads that send, call, wait for an answer or for another one's end."""

from __future__ import annotations

from dataclasses import dataclass

import gdb
import gdb.types

from commands import Subcommand, variable
from commands.threads import all_threads, name_of


@dataclass(frozen=True)
class Wait:
    """A thread that waits. Any one of `others` can end the wait; who can is not known where it is
    None."""

    name: str
    state: str
    reason: str
    deadline: int                   # 0: waits as long as it takes
    others: list[int] | None        # addresses of threads


def address_of(thread: gdb.Value) -> int:
    return int(thread.address)


def allows(slot: gdb.Value, what: str) -> bool:
    """Whether a slot allows one of enum slot_allows."""
    bits = gdb.types.make_enum_dict(gdb.lookup_type("enum slot_allows"))
    return bool(int(slot["allows"]) & bits[what])


def slots_place(thread: gdb.Value) -> range:
    """The addresses of a thread's slots: in its control block, or where that says."""
    slots = thread["slots"]
    if slots.type.code == gdb.TYPE_CODE_ARRAY:
        start, size = int(slots.address), slots.type.target().sizeof
        return range(start, start + slots.type.sizeof, size)
    size = slots.type.target().sizeof
    return range(int(slots), int(slots) + int(thread["slot_count"]) * size, size)


def slots_of(thread: gdb.Value) -> list[gdb.Value]:
    """A thread's slots that are not empty: their first four bytes are not 0."""
    place, first = slots_place(thread), thread["slots"][0].address
    data = bytes(gdb.selected_inferior().read_memory(place.start, place.stop - place.start)) \
        if place else b""
    return [(first + number).dereference() for number in range(len(place))
            if any(data[number * place.step:number * place.step + 4])]


def receivers(thread: gdb.Value) -> list[int]:
    """Who may receive where a thread waits to send."""
    senders = next(field for field in gdb.lookup_type("struct endpoint").fields()
                   if field.name == "senders")
    endpoint = int(thread["queue"]) - senders.bitpos // 8
    return [address_of(each) for each in all_threads()
            if any(allows(slot, "SLOT_ENDPOINT_RECEIVE") and int(slot["endpoint"]) == endpoint
                   for slot in slots_of(each))]


def answerer(thread: gdb.Value) -> list[int]:
    """Who has the slot that may answer a thread."""
    slot = int(thread["reply"])
    return [address_of(each) for each in all_threads()
            if address_of(each) <= slot < address_of(each) + each.type.sizeof
            or slot in slots_place(each)]


def joined(thread: gdb.Value) -> list[int]:
    """Whose end a thread waits for."""
    return [address_of(each) for each in all_threads()
            if int(each["joiner"]) == address_of(thread)]


# What a thread in each state waits for, in words, and who can end the wait.
WAITS = {
    "SENDING": ("{} to receive", receivers),
    "CALLING": ("{} to receive", receivers),
    "ANSWERING": ("{} to answer", answerer),
    "JOINING": ("{} to end", joined),
    "RECEIVING": ("a message", None),
    "WAITING": ("a signal", None),
    "SLEEPING": ("nobody", None),
}


def in_list(thread: gdb.Value, state: str) -> bool:
    """Whether a thread's time is in the list of timeouts: where sleepers have a queue of their own
    (microk queues), theirs is not."""
    return state != "SLEEPING" or not gdb.types.has_field(thread.type, "wake_tick")


def wait_of(thread: gdb.Value, names: dict[int, str]) -> Wait | None:
    """What a thread waits for; None when it does not."""
    state = str(thread["state"]).removeprefix("THREAD_")
    if state not in WAITS or not in_list(thread, state):
        return None
    reason, find = WAITS[state]
    others = find(thread) if find else None
    whom = " or ".join(names[each] for each in others or ())
    told = reason.format(whom or "somebody") + (", and nobody can" if others == [] else "")
    return Wait(name_of(thread), state, told, int(thread["deadline"]), others)


def dead_ends(waits: dict[int, Wait]) -> set[int]:
    """The threads that only threads of this very set could let go on."""
    stuck = {each for each, wait in waits.items() if wait.others is not None}
    while True:
        free = {each for each in stuck if not stuck.issuperset(waits[each].others or ())}
        if not free:
            return stuck
        stuck -= free


def circle_from(start: int, waits: dict[int, Wait], stuck: set[int]) -> list[int]:
    """The shortest way from a thread that is stuck back to itself; empty when there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        for other in waits[way[-1]].others or ():
            if other == start:
                return way
            if other in stuck and other not in seen:
                seen.add(other)
                ways.append(way + [other])
    return []


def circles(waits: dict[int, Wait]) -> list[list[int]]:
    """Every deadlock, each of them once."""
    stuck = dead_ends(waits)
    found: dict[frozenset[int], list[int]] = {}
    for each in waits:
        if each in stuck:
            circle = circle_from(each, waits, stuck)
            found.setdefault(frozenset(circle), circle)
    return [circle for circle in found.values() if circle]


class Waits(Subcommand):
    """Who waits for whom: microk waits

Each thread that waits for a message, an answer, a signal, another thread's end or a time: its
state, who can end the wait, and the tick of its timeout if it has one. Where threads wait for each
other in a circle it is shown, and which timeout will cut it."""

    name = "waits"

    def run(self, argument: str) -> None:
        threads = all_threads()
        names = {address_of(each): name_of(each) for each in threads}
        found = {address_of(each): wait_of(each, names) for each in threads}
        waits = {each: wait for each, wait in found.items() if wait is not None}
        print(f"tick {int(variable('sched')['ticks'])}")
        for wait in waits.values():
            until = f", until tick {wait.deadline}" if wait.deadline else ""
            print(f"  {wait.name:<22}{wait.state:<9}  for {wait.reason}{until}")
        for circle in circles(waits):
            self.show(circle, waits)

    def show(self, circle: list[int], waits: dict[int, Wait]) -> None:
        """A circle, and how it ends."""
        members = [waits[each] for each in circle]
        print("DEADLOCK: " + " -> ".join(each.name for each in [*members, members[0]]))
        cut = min((each for each in members if each.deadline), key=lambda each: each.deadline,
                  default=None)
        print("  no timeout will cut it" if cut is None else
              f"  the timeout of {cut.name} cuts it at tick {cut.deadline}")


Waits()
