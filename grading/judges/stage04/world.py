"""The threads, endpoints and notifications of guest/04-ipc: a model of what a message, a
signal or a timeout does to them, and the facts that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterator, Optional

from grader.expect import Failure
from grader.image.views import KernelView, Struct, address_of
from grader.snapshot import Snapshot

WORDS = ("r8", "r9", "r10", "r12", "r13", "r14", "r15", "rbx")
RESULTS = ("rax", "rdi", "rsi", "rdx")
KEPT = ("rbp", "rsp", "rip", "rflags", "vector")    # what goes on with a thread that waits
SLOT_REPLY = 0x100
SIGNAL = 0x2000             # info of a message that is a signal
FOREVER = (1 << 64) - 1     # TIMEOUT_INFINITE, and the last tick
READY_QUEUE = "sched.ready"

RUNNING, READY = "THREAD_RUNNING", "THREAD_READY"
SENDING, CALLING, ANSWERING = "THREAD_SENDING", "THREAD_CALLING", "THREAD_ANSWERING"
RECEIVING = "THREAD_RECEIVING"


@dataclass
class Thread:
    """A thread, as far as it is known what it has to be."""

    state: str
    deadline: int
    reply: str
    bound: str
    badge: int
    slots: list[str]
    registers: dict[str, int]   # without those that may hold anything


@dataclass
class World:
    """Everything that a function may change. Threads have numbers."""

    ticks: int
    threads: list[Thread]
    queues: dict[str, list[int]]
    timeouts: list[int]         # in the order of the deadlines
    bits: list[int]             # of each notification
    bound: list[Optional[int]]  # the thread that has bound it

    def text(self) -> str:
        """Who waits where, for a reader."""
        queues = [f"{name} {members}" for name, members in self.queues.items() if members]
        timeouts = [f"{number} (tick {self.threads[number].deadline})" for number in self.timeouts]
        return "; ".join([f"ticks {self.ticks}", *queues, f"timeouts [{', '.join(timeouts)}]"])

    # --- what the kernel's small parts do ---

    def take_out(self, number: int) -> None:
        """Out of whichever queue it is in."""
        for members in self.queues.values():
            if number in members:
                members.remove(number)

    def finish(self, number: int) -> None:
        """wait_finish()."""
        thread = self.threads[number]
        self.take_out(number)
        if number in self.timeouts:
            self.timeouts.remove(number)
        thread.deadline = 0
        self._forget_reply(number)
        thread.state = READY
        self.queues[READY_QUEUE].append(number)

    def _forget_reply(self, number: int) -> None:
        for thread in self.threads:
            thread.slots = ["empty" if slot == answers(number) else slot for slot in thread.slots]
        self.threads[number].reply = "NULL"

    def expect_reply(self, caller: int, server: int) -> None:
        """reply_expect()."""
        self.threads[caller].state = ANSWERING
        self.threads[caller].reply = slot_name(server, 0)
        self.threads[server].slots[0] = answers(caller)

    def start_timeout(self, number: int, milliseconds: int) -> None:
        """timeout_start()."""
        if milliseconds == FOREVER:
            return
        deadline = min(self.ticks + 1 + milliseconds, FOREVER)
        at = sum(self.threads[other].deadline <= deadline for other in self.timeouts)
        self.threads[number].deadline = deadline
        self.timeouts.insert(at, number)

    def line_up(self, number: int, queue: str, state: str) -> None:
        """The last one in a queue."""
        self.threads[number].state = state
        self.queues[queue].append(number)

    def deliver(self, sender: int, receiver: int, badge: int) -> None:
        """message_deliver()."""
        source, target = self.threads[sender].registers, self.threads[receiver].registers
        target.update({name: source[name] for name in WORDS}, rax=0, rdi=badge, rsi=source["rsi"])
        target.pop("rdx", None)     # undefined after a message call

    def deliver_signal(self, receiver: int, bits: int) -> None:
        """message_deliver_signal(): the words may be anything."""
        target = self.threads[receiver].registers
        for name in (*WORDS, "rdx"):
            target.pop(name, None)
        target.update(rax=0, rdi=bits, rsi=SIGNAL)

    def forget_registers(self, number: int, *names: str) -> None:
        """What may hold anything, whatever it was before."""
        for name in names:
            self.threads[number].registers.pop(name, None)

    # --- all that follows ---

    def facts(self) -> Iterator[tuple[str, str]]:
        """(what, value): everything that has to be so, the most telling first."""
        for number, thread in enumerate(self.threads):
            yield f"thread {number}'s state", thread.state
        for name, members in self.queues.items():
            yield f"{name}.first", thread_name(members[0] if members else None)
            yield f"{name}.last", thread_name(members[-1] if members else None)
        for number, thread in enumerate(self.threads):
            yield from self._thread_facts(number, thread)
        yield "timeout_first", thread_name(self.timeouts[0] if self.timeouts else None)
        for number, following in zip(self.timeouts, [*self.timeouts[1:], None]):
            yield f"thread {number}'s next_deadline", thread_name(following)
        for number, bits in enumerate(self.bits):
            yield f"notification {number}'s bits", f"{bits:#x}"
            yield f"notification {number}'s bound", thread_name(self.bound[number])
        for number, thread in enumerate(self.threads):
            for name, value in thread.registers.items():
                yield register_name(number, name), f"{value:#x}"

    def _thread_facts(self, number: int, thread: Thread) -> Iterator[tuple[str, str]]:
        queue = next((name for name, members in self.queues.items() if number in members), None)
        members = self.queues[queue] if queue else []
        at = members.index(number) if queue else 0
        yield f"thread {number}'s queue", queue or "NULL"
        yield f"thread {number}'s next", thread_name(next(iter(members[at + 1:]), None))
        yield f"thread {number}'s previous", thread_name(members[at - 1] if at else None)
        yield f"thread {number}'s deadline", str(thread.deadline)
        yield f"thread {number}'s reply", thread.reply
        yield f"thread {number}'s bound", thread.bound
        if thread.state in (SENDING, CALLING):
            yield f"thread {number}'s badge", f"{thread.badge:#x}"
        for slot, content in enumerate(thread.slots):
            yield slot_name(number, slot), content


def thread_name(number: Optional[int]) -> str:
    """`thread 5`, or NULL."""
    return "NULL" if number is None else f"thread {number}"


def slot_name(thread: int, number: int) -> str:
    """`slot 0 of thread 5`."""
    return f"slot {number} of thread {thread}"


def answers(caller: int) -> str:
    """What a slot holds that may answer a thread."""
    return f"may answer thread {caller}"


def register_name(thread: int, register: str) -> str:
    """`thread 5's saved RDI (badge)`."""
    part = {"rax": " (the error)", "rdi": " (the badge)", "rsi": " (the info word)"}.get(register)
    if register in WORDS:
        part = f" (word {WORDS.index(register)})"
    return f"thread {thread}'s saved {register.upper()}{part or ''}"


@dataclass
class Names:
    """Names for the addresses of a world's things."""

    threads: dict[int, int]
    others: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def of(snapshot: Snapshot) -> "Names":
        """Of the test's own threads and objects."""
        kernel = snapshot.kernel
        names = Names({address_of(thread): number
                       for number, thread in enumerate(kernel.guest_threads)},
                      {0: "NULL", address_of(kernel.notification_none): "notification_none",
                       address_of(kernel.sched.ready): READY_QUEUE})
        for number, thread in enumerate(kernel.guest_threads):
            for slot in range(len(kernel.guest_ipc_rounds[0].before.threads[0].slots)):
                names.others[address_of(thread.slots[slot])] = slot_name(number, slot)
        for number, endpoint in enumerate(kernel.guest_endpoints):
            for queue in ("receivers", "senders"):
                address = address_of(getattr(endpoint, queue))
                names.others[address] = f"endpoint {number}'s {queue}"
        for number, notification in enumerate(kernel.guest_notifications):
            names.others[address_of(notification)] = f"notification {number}"
            names.others[address_of(notification.waiters)] = f"notification {number}'s waiters"
        return names

    def thread(self, address: int) -> str:
        """`thread 5`, NULL, or the address."""
        if address in self.threads:
            return thread_name(self.threads[address])
        return "NULL" if address == 0 else f"{address:#x}, which is no thread"

    def other(self, address: int) -> str:
        """The name of a slot, a queue or an object."""
        return self.others.get(address, f"{address:#x}, which is none")


def queues_of(view: Struct) -> Iterator[tuple[str, Struct]]:
    """A world's queues by name."""
    for number, endpoint in enumerate(view.endpoints):
        yield f"endpoint {number}'s receivers", endpoint.receivers
        yield f"endpoint {number}'s senders", endpoint.senders
    for number, notification in enumerate(view.notifications):
        yield f"notification {number}'s waiters", notification.waiters
    yield READY_QUEUE, view.ready


def read_world(view: Struct, names: Names) -> World:
    """A world that the test has made, whose links are right."""
    threads = [_thread(thread, names) for thread in view.threads]

    def chain(first: int, link: str) -> list[int]:
        found: list[int] = []
        here = names.threads.get(first)
        while here is not None and here not in found:
            found.append(here)
            here = names.threads.get(int(getattr(view.threads[here], link)))
        return found

    return World(view.ticks, threads,
                 {name: chain(int(queue.first), "next") for name, queue in queues_of(view)},
                 chain(int(view.timeout_first), "next_deadline"),
                 [notification.bits for notification in view.notifications],
                 [names.threads.get(int(each.bound)) for each in view.notifications])


def _thread(view: Struct, names: Names) -> Thread:
    context = view.context
    return Thread(view.state.name, view.deadline, names.other(int(view.reply)),
                  names.other(int(view.bound)), view.badge,
                  [_slot(slot, names) for slot in view.slots],
                  {name: getattr(context, name) for name in (*RESULTS, *WORDS, *KEPT)})


def _slot(view: Struct, names: Names) -> str:
    if view.allows == 0:
        return "empty"
    if view.allows == SLOT_REPLY:
        return f"may answer {names.thread(int(view.caller))}"
    return f"allows {view.allows:#x} of {names.other(int(view.caller))}, badge {view.badge:#x}"


def seen(view: Struct, names: Names) -> dict[str, str]:
    """All facts about a world as it is, whatever its links lead to."""
    found: dict[str, str] = {"timeout_first": names.thread(int(view.timeout_first))}
    for name, queue in queues_of(view):
        found[f"{name}.first"] = names.thread(int(queue.first))
        found[f"{name}.last"] = names.thread(int(queue.last))
    for number, notification in enumerate(view.notifications):
        found[f"notification {number}'s bits"] = f"{notification.bits:#x}"
        found[f"notification {number}'s bound"] = names.thread(int(notification.bound))
    for number, thread in enumerate(view.threads):
        found.update(_thread_seen(number, thread, names))
    return found


def _thread_seen(number: int, view: Struct, names: Names) -> Iterator[tuple[str, str]]:
    thread = _thread(view, names)
    who = f"thread {number}'s"
    yield f"{who} state", thread.state
    yield f"{who} queue", names.other(int(view.queue))
    for link in ("next", "previous", "next_deadline"):
        yield f"{who} {link}", names.thread(int(getattr(view, link)))
    yield f"{who} deadline", str(thread.deadline)
    yield f"{who} reply", thread.reply
    yield f"{who} bound", thread.bound
    yield f"{who} badge", f"{thread.badge:#x}"
    for slot, content in enumerate(thread.slots):
        yield slot_name(number, slot), content
    for name, value in thread.registers.items():
        yield register_name(number, name), f"{value:#x}"


def compare(what: str, expected: World, after: dict[str, str], before: str) -> None:
    """Fails at the first thing that is not as it has to be."""
    for name, value in expected.facts():
        if after[name] != value:
            raise Failure(f"after {what}, {name} is wrong", expected=value, got=after[name],
                          around=[f"before: {before}"])


class Copied:
    """A variable of the stopped kernel, fetched at once: looking at many small parts of it is fast
    then. What lies outside is read from the machine."""

    def __init__(self, snapshot: Snapshot, variable: str) -> None:
        view = getattr(snapshot.kernel, variable)
        self._memory, self._start, self._bytes = snapshot.memory, address_of(view), view.raw()
        self.view: Any = getattr(KernelView(snapshot.image.debug_info, self), variable)

    def read(self, address: int, length: int) -> bytes:
        """As the machine's memory."""
        offset = address - self._start
        if 0 <= offset and offset + length <= len(self._bytes):
            return self._bytes[offset:offset + length]
        return self._memory.read(address, length)

    def text(self, address: int, limit: int = 256) -> str:
        """As the machine's memory."""
        return self._memory.text(address, limit)
