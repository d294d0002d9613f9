"""Tests of stage 05: page tables, address spaces, shared memory, page faults as messages.

The tests of exercises run in the place of sched_start(), before there are tasks; what the function
under test calls in other files is the test's own. So each exercise is judged alone, also while the
others are still blank. The tests of the whole are programs.
"""

from __future__ import annotations

import os
from functools import partial

from grader.api import Limits, ProgramBoot, Run, Snapshot, check_invariants, test
from judges.stage02.history import Counter, Judge, judge_history
from judges.stage02.whole import check_cleared
from judges.stage05 import lifetimes, mapping, parts, scenes

SMALL, TINY = 32, 8     # MB
LIMITS = Limits(instructions=600_000_000, seconds=20)

EXCHANGES = 1000
TICKS, TICKS_APART = 12, 24     # timer interrupts that the machine is looked at
CHANGING = ("spaces", "ipc", "queues", "threads", "frames")  # the checks of what tasks change

# Calls of each of the three hostile tasks; more of them for whoever has the time.
HOSTILE_CALLS = int(os.environ.get("MICROK_HOSTILE_CALLS", "1000"))


def _judge(run: Run, judge: Judge, counter: Counter, expected: int) -> None:
    """Runs the test's own program, without tasks, and judges every call that it made."""
    judge_history(run.boot(memory_mb=SMALL, limits=LIMITS), judge, counter, expected)


# --- page-map ---

@test(id="map-places", exercise="page-map", points=8, section="exercise-page-map",
      title="Every page at its address",
      shows="Pages at all kinds of addresses lead to their frames through tables that are made as "
            "they are needed, and nothing else is mapped.")
def map_places(run: Run) -> None:
    """Twelve address spaces of forty pages, across the borders of tables of every level."""
    _judge(run, mapping.judge_places, mapping.calls_made, mapping.ROUNDS * mapping.CALLS)


@test(id="map-rights", exercise="page-map", points=5, section="exercise-page-map",
      title="What a page may be used for",
      shows="Each page's entry has the flags of its rights; the entries on the way forbid nothing.")
def map_rights(run: Run) -> None:
    """Pages with all kinds of rights."""
    _judge(run, mapping.judge_rights, mapping.calls_made, mapping.ROUNDS * mapping.CALLS)


@test(id="map-refused", exercise="page-map", points=7, section="exercise-page-map",
      title="Pages that cannot be mapped",
      shows="A page that is there stays; without memory for a table nothing is mapped, and no "
            "table is lost.")
def map_refused(run: Run) -> None:
    """The same addresses again, and tables that run out at every level."""
    _judge(run, mapping.judge_refusals, mapping.calls_made, mapping.ROUNDS * mapping.CALLS)


# --- page-unmap ---

@test(id="unmap-entries", exercise="page-unmap", points=8, section="exercise-page-unmap",
      title="Pages that go",
      shows="Their entries are 0, their frames returned; where there is no page, or no table, "
            "nothing happens; all others stay.")
def unmap_entries(run: Run) -> None:
    """Twelve address spaces that are not loaded."""
    _judge(run, mapping.judge_unmap, mapping.calls_made,
           mapping.ROUNDS * (mapping.CALLS - mapping.PAGES))


@test(id="unmap-forgets", exercise="page-unmap", points=7, section="exercise-page-unmap",
      title="What the CPU remembers",
      shows="A page that has just been read cannot be read any more when it has been taken away.")
def unmap_forgets(run: Run) -> None:
    """In the address space that is loaded."""
    _judge(run, mapping.judge_visits, mapping.visits_made, mapping.VISITS)


# --- space-create ---

@test(id="create", exercise="space-create", points=10, section="exercise-space-create",
      title="A root for a new address space",
      shows="Its lower half is empty and its upper half that of the kernel's root, as it is now; "
            "without memory there is none.")
def create(run: Run) -> None:
    """With words in every entry of the kernel's root."""
    _judge(run, lifetimes.judge_creations, partial(lifetimes.made, "guest_creations"),
           lifetimes.CREATIONS)


# --- space-destroy ---

@test(id="destroy-tree", exercise="space-destroy", points=9, section="exercise-space-destroy",
      title="Everything is given back",
      shows="Each page's frame is dropped and each table given back, once, the root too; of the "
            "kernel's half nothing.")
def destroy_tree(run: Run) -> None:
    """Eight address spaces, from empty to forty pages."""
    _judge(run, lifetimes.judge_destructions, partial(lifetimes.made, "guest_destructions"),
           lifetimes.DESTRUCTIONS)


@test(id="destroy-cycles", exercise="space-destroy", points=6, section="exercise-space-destroy",
      title="Again and again",
      shows="After hundreds of address spaces as many frames are free as before; a frame that is "
            "shown twice is kept until its last space ends.")
def destroy_cycles(run: Run) -> None:
    """Eight hundred address spaces that share frames by twos."""
    _judge(run, lifetimes.judge_cycles, partial(lifetimes.made, "guest_cycles"), lifetimes.CYCLES)


# --- share ---

@test(id="share-shown", exercise="share", points=7, section="exercise-share",
      title="A frame is shown elsewhere",
      shows="The same frame is mapped at the other place with the rights that were asked for, and "
            "has one use more.")
def share_shown(run: Run) -> None:
    """Between two address spaces, and within one."""
    _judge(run, parts.judge_shares, partial(lifetimes.made, "guest_shares"), parts.SHARES)


@test(id="share-refused", exercise="share", points=8, section="exercise-share",
      title="A frame that cannot be shown",
      shows="Each reason to refuse has its error; nothing is mapped, and the frame has as many "
            "uses as before.")
def share_refused(run: Run) -> None:
    """One reason at a time."""
    _judge(run, parts.judge_shares, partial(lifetimes.made, "guest_shares"), parts.SHARES)


# --- fault ---

@test(id="fault-message", exercise="fault", points=8, section="exercise-fault",
      title="The message of a fault",
      shows="The pager is called with the three words, without a timeout and apart from the "
            "thread's own registers; without a pager the thread is not marked.")
def fault_message(run: Run) -> None:
    """Slots of all kinds."""
    _judge(run, parts.judge_faults, partial(lifetimes.made, "guest_faults"), parts.FAULTS)


@test(id="fault-tasks", exercise="fault", points=7, section="exercise-fault",
      title="Tasks that fault, and their pagers",
      shows="A pager learns what it needs and mends, and the task goes on with every register as "
            "it was; where the pager refuses, ends or is none, the task ends, with a line.")
def fault_tasks(run: Run) -> None:
    """Twenty-four faults mended, and four that nobody mends."""
    boot = run.boot_programs("pager", "faulter", "leaver", limits=LIMITS)
    free = boot.until("before").kernel.frames.free_count
    check_invariants(boot.until("fault"))
    images = _end(boot, free)
    scenes.judge_faults(boot, images)


# --- the whole ---

@test(id="spaces-demonstration", points=1, title="The stage's own demonstration",
      shows="A loader and pager that is a program itself, and all that it starts, come to their "
            "end with nothing wrong; the machine is in order at any tick.")
def spaces_demonstration(run: Run) -> None:
    """The tree's own programs, looked at when the timer interrupts them."""
    boot = run.boot_programs(limits=Limits(instructions=1_500_000_000, seconds=60))
    random = run.random()
    for _ in range(TICKS):
        for _ in range(1 + random.below(TICKS_APART)):
            at_tick = boot.until_symbol("timer_enter")
        check_invariants(at_tick, *CHANGING, "user mode")
    boot.finish()
    boot.expect_line(r"^\[demo\] 0 things were not as they should be$")
    boot.expect_line(r"^\[kernel\] init has ended with status 0$")


@test(id="spaces-exchange", points=2, title="A thousand exchanges between address spaces",
      shows="Messages of 8 and of 64 bytes go to a server and back a thousand times, with two and "
            "with four tasks, each in its own address space.")
def spaces_exchange(run: Run) -> None:
    """One client and three, short messages and long ones."""
    for clients, length in ((1, 1), (1, 8), (3, 1), (3, 8)):
        count = EXCHANGES // clients + 1
        boot = run.boot_programs("exchange", "exchange_peer", limits=LIMITS, memory_mb=SMALL,
                                 arguments={"exchange": [clients, length, count]})
        _scene(boot, "moment")
        scenes.judge_exchange(boot, clients, count, length)


@test(id="spaces-crowd", points=2, title="A hundred tasks at once",
      shows="All have the same addresses and each its own memory; those that write where only "
            "others have memory end alone.")
def spaces_crowd(run: Run) -> None:
    """The machine is looked at when all of them wait."""
    boot = run.boot_programs("crowd", "crowd_member", limits=LIMITS)
    free = boot.until("before").kernel.frames.free_count
    everybody = boot.until("all")
    scenes.expect_all(everybody)
    check_invariants(everybody, *CHANGING)
    _end(boot, free)
    scenes.judge_crowd(boot)


@test(id="spaces-shared", points=2, title="Memory that tasks share",
      shows="What one writes the others read, at another address, also when those who had it first "
            "are gone; nobody gets a right that was not given.")
def spaces_shared(run: Run) -> None:
    """A writer, a reader, and one who writes to what it may only read."""
    boot = run.boot_programs("sharing", "sharer", limits=LIMITS, memory_mb=SMALL)
    _scene(boot, "shared")
    scenes.judge_sharing(boot)


@test(id="spaces-hostile", points=3, title="Hostile tasks",
      shows="Three tasks that make every call about memory and tasks at random, with arguments "
            "from right to absurd and too little memory, get errors and nothing else; at any "
            "moment each frame is where the kernel counts it; everything is given back.")
def spaces_hostile(run: Run) -> None:
    """Some thousand calls."""
    most = Limits(instructions=max(LIMITS.instructions, HOSTILE_CALLS * 500_000), seconds=6000,
                  wall=3600, output=64 << 20)
    boot = run.boot_programs(*scenes.HOSTILE, memory_mb=TINY, limits=most,
                             arguments={"hostile": [HOSTILE_CALLS]})
    free = boot.until("before").kernel.frames.free_count
    for _ in range(scenes.moments(HOSTILE_CALLS)):
        check_invariants(boot.until("moment"), *CHANGING)
    for _ in range(scenes.TASKS):
        check_invariants(boot.until("quiet"), *CHANGING)
    _end(boot, free)
    scenes.judge_errors(boot)


def _scene(boot: ProgramBoot, checkpoint: str) -> None:
    """Runs programs to their end, and looks at the machine before, at a checkpoint, and after."""
    free = boot.until("before").kernel.frames.free_count
    check_invariants(boot.until(checkpoint))
    _end(boot, free)


def _end(boot: ProgramBoot, free: int) -> Snapshot:
    """At the end everything has been given back."""
    after = boot.until("after")
    check_invariants(after)
    check_cleared(after, free)
    boot.finish()
    return after
