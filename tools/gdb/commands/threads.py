"""Threads, the queues they stand in, and frames of memory."""

from __future__ import annotations

from typing import Callable, Iterator

import gdb
import gdb.types

import commands.contexts    # whose finder comes first: this file's is asked before it
from commands import Subcommand, Trouble, context_finders, place, text, variable

QUEUE_TYPE = "thread_queue"
UNUSED = "THREAD_UNUSED"


# Who knows where the threads are when the kernel has no table of them; None: not in this kernel.
ThreadSource = Callable[[], "list[gdb.Value] | None"]
thread_sources: list[ThreadSource] = []


def all_threads() -> list[gdb.Value]:
    """Every thread control block that is in use."""
    for source in thread_sources:
        found = source()
        if found is not None:
            return found
    threads = variable("threads")
    first, last = threads.type.range()
    return [threads[i] for i in range(first, last + 1) if str(threads[i]["state"]) != UNUSED]


def control_block(address: int) -> gdb.Value:
    """The thread at an address."""
    return gdb.Value(address).cast(gdb.lookup_type("struct thread").pointer()).dereference()


def number_of(thread: gdb.Value) -> str:
    """What tells a thread from others of its name: its number, or where a kernel gives none, the
    lower half of its control block's address."""
    if gdb.types.has_field(thread.type, "id"):
        return str(int(thread["id"]["number"]))
    return f"{int(thread.address) & 0xFFFF_FFFF:#x}"


def name_of(thread: gdb.Value) -> str:
    """A thread for people: name and number."""
    return f"{text(thread['name'])} ({number_of(thread)})"


def find_thread(wanted: str) -> gdb.Value | None:
    """A thread by its name or number; without either, the current one; None when there is none."""
    if wanted in ("", "current"):
        current = variable("sched")["current"]
        return current.dereference() if int(current) else None
    return next((thread for thread in all_threads()
                 if wanted in (text(thread["name"]), number_of(thread))), None)


def thread_context(wanted: str) -> tuple[str, gdb.Value] | None:
    """The saved registers of a thread, by its name or number; without either, of the current one.
    Before the first thread there is none, and an earlier finder is asked."""
    thread = find_thread(wanted)
    return None if thread is None else (f"thread {name_of(thread)}", thread["context"])


context_finders.append(thread_context)


class Threads(Subcommand):
    """All threads: microk threads

Number, name, state, timer ticks used, and where each goes on when it runs next. The star marks
the current one, whose saved registers are those of its last entry into the kernel."""

    name = "threads"

    def run(self, argument: str) -> None:
        current = int(variable("sched")["current"])
        threads = all_threads()
        if not threads:
            print("there are no threads yet")
            return
        width = max(len("number"), *(len(number_of(thread)) for thread in threads))
        print(f"  {'number':>{width}}  {'name':<16}{'state':<10}{'ticks':>7}  goes on at")
        for thread in threads:
            mark = "*" if int(thread.address) == current else " "
            state = str(thread["state"]).removeprefix("THREAD_")
            print(f"{mark} {number_of(thread):>{width}}  {text(thread['name']):<16}"
                  f"{state:<10}{int(thread['ticks_used']):>7}  "
                  f"{place(int(thread['context']['rip']))}")


class Queues(Subcommand):
    """The scheduler's queues: microk queues

Every queue with its threads in order, the next one first. A queue whose links are broken is said
to be."""

    name = "queues"

    def run(self, argument: str) -> None:
        sched = variable("sched")
        print(f"tick {int(sched['ticks'])}")
        for name, queue in queues_of(sched):
            self.show(name, queue)

    def show(self, name: str, queue: gdb.Value) -> None:
        """One queue: its members, and the first thing that is wrong with it."""
        members, problem = follow(queue)
        print(f"{name}: " + (" -> ".join(map(name_of, members)) or "empty"))
        if problem:
            print(f"  BROKEN: {problem}")


def queues_of(sched: gdb.Value) -> Iterator[tuple[str, gdb.Value]]:
    """Every queue with its name. Of those of one kind, one for each level, the empty ones are left
    out, unless all are empty: then the last one is there."""
    for field in sched.type.fields():
        if field.type.tag == QUEUE_TYPE:
            yield field.name, sched[field.name]
        elif field.type.code == gdb.TYPE_CODE_ARRAY and field.type.target().tag == QUEUE_TYPE:
            last = field.type.range()[1]
            used = [level for level in range(last, -1, -1) if int(sched[field.name][level]["first"])
                    or int(sched[field.name][level]["last"])]
            for level in used or [last]:
                yield f"{field.name}[{level}]", sched[field.name][level]


def follow(queue: gdb.Value) -> tuple[list[gdb.Value], str]:
    """The members of a queue, and what breaks its invariant ("" for nothing): see queue.c."""
    members: list[gdb.Value] = []
    seen: set[int] = set()
    previous, at = 0, queue["first"]
    while int(at):
        thread = at.dereference()
        if int(at) in seen:
            return members, f"{name_of(thread)} stands in it twice"
        seen.add(int(at))
        members.append(thread)
        if int(thread["previous"]) != previous:
            return members, f"the link back from {name_of(thread)} leads elsewhere"
        if int(thread["queue"]) != int(queue.address):
            return members, f"{name_of(thread)} believes that it is in another queue"
        previous, at = int(at), thread["next"]
    if int(queue["last"]) != previous:
        return members, "its last member is not where the links end"
    return members, ""


class Frames(Subcommand):
    """Frames of memory: microk frames [ADDRESS]

Without ADDRESS how many frames are free, and which. With a physical ADDRESS (any expression)
whether its frame is free."""

    name = "frames"

    def run(self, argument: str) -> None:
        frames = variable("frames")
        if not int(frames["bitmap"]):
            print("the frame allocator has not been started yet")
            return
        limit = int(frames["limit"])
        size = (limit + 63) // 64 * 8
        data = gdb.selected_inferior().read_memory(int(frames["bitmap"]), size)
        bits = int.from_bytes(bytes(data), "little")
        if argument:
            self.show_one(bits, limit, int(gdb.parse_and_eval(argument)) // 4096)
        else:
            self.show_all(frames, free_runs(bits, limit))

    def show_one(self, bits: int, limit: int, frame: int) -> None:
        """Whether one frame is free."""
        if not 0 <= frame < limit:
            raise Trouble(f"frame {frame} is not the allocator's: it knows {limit}")
        print(f"frame {frame} at {frame * 4096:#x} is "
              + ("free" if bits >> frame & 1 else "in use, or not the allocator's"))

    def show_all(self, frames: gdb.Value, runs: list[tuple[int, int]]) -> None:
        """The counters, and the runs of free frames."""
        counted, counter = sum(length for _, length in runs), int(frames["free_count"])
        print(f"{counter} of {int(frames['total'])} frames are free")
        if counted != counter:
            print(f"  BROKEN: the bitmap has {counted} free frames")
        for start, length in runs:
            print(f"  {start * 4096:#011x}-{(start + length) * 4096 - 1:#011x}  {length} frames")


def free_runs(bits: int, limit: int) -> list[tuple[int, int]]:
    """Runs of set bits as first bit and length."""
    text = bin(bits)[2:].zfill(limit)[::-1]
    runs, start = [], text.find("1")
    while start >= 0:
        end = text.find("0", start)
        end = len(text) if end < 0 else end
        runs.append((start, end - start))
        start = text.find("1", end)
    return runs


Threads()
Queues()
Frames()
