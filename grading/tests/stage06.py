"""Tests of stage 06: capabilities: slots, untyped memory, the derivation tree, transfer, handlers.

The tests of exercises run in the place of sched_start(), before there are threads; what the
function under test calls in other files is the test's own. So each exercise is judged alone, also
while the others are still blank. The tests of the whole are programs.
"""

from __future__ import annotations

import os
from functools import partial

from grader.api import Limits, Run, check_invariants, test
from judges.stage02.history import Counter, Judge, judge_history
from judges.stage05.lifetimes import made
from judges.stage06 import derivation, lookup, messages, mint, place, revoke
from judges.stage06.whole import (HOSTILE, LAUNCHER, REQUESTS, judge_launches, judge_levels,
                                  judge_readonly, judge_requests, judge_revocation, moments)
from judges.stage06.whole_denied import judge_denied
from judges.stage06.whole_fuzzer import MOMENTS, expect_agreement, judge_fuzzer

SMALL = 32                  # MB
LIMITS = Limits(instructions=600_000_000, seconds=20)

TICKS, TICKS_APART = 12, 24     # timer interrupts that the machine is looked at
WHOLE_LIMITS = Limits(instructions=600_000_000, seconds=60)

# Calls of the fuzzer; more of them for whoever has the time.
HOSTILE_CALLS = int(os.environ.get("MICROK_HOSTILE_CALLS", "50000"))
LAUNCHES = int(os.environ.get("MICROK_LAUNCHES", "100"))

# The root task, and what it starts; the hostile tasks start some of them.
SYSTEM = ("init", "names", "demo", "hello", "offender", "scribbler", REQUESTS)


def _judge(run: Run, judge: Judge, counter: Counter, expected: int) -> None:
    """Runs the test's own program, without threads, and judges every call that it made."""
    judge_history(run.boot(memory_mb=SMALL, limits=LIMITS), judge, counter, expected)


# --- lookup ---

@test(id="lookup-numbers", exercise="lookup", points=5, section="exercise-lookup",
      title="The slot of a number",
      shows="Each number leads to its slot; where there is no slot, there is an error and nothing "
            "is touched.")
def lookup_numbers(run: Run) -> None:
    """Numbers from right to absurd, in spaces of no slot to eight."""
    _judge(run, lookup.judge_lookups, partial(made, "guest_lookups"), lookup.LOOKUPS)


@test(id="lookup-rights", exercise="lookup", points=5, section="exercise-lookup",
      title="Kinds and rights",
      shows="A slot of another kind is as good as none; one that lacks a right is found, and "
            "refused.")
def lookup_rights(run: Run) -> None:
    """One kind and some of its rights, asked of slots of all kinds."""
    _judge(run, lookup.judge_lookups, partial(made, "guest_lookups"), lookup.LOOKUPS)


# --- retype ---

@test(id="retype-place", exercise="retype", points=10, section="exercise-retype",
      title="A place for one object",
      shows="It is the first one that is free and aligned in memory; an object that does not fit, "
            "by whatever arithmetic, gets none.")
def retype_place(run: Run) -> None:
    """Untypeds at odd addresses, empty, full and in between; sizes up to the largest number."""
    _judge(run, place.judge_places, partial(made, "guest_places"), place.PLACES)


@test(id="retype-fill", exercise="retype", points=5, section="exercise-retype",
      title="Objects one behind the other",
      shows="They never overlap, and fill the memory as far as they fit; when all of them are "
            "gone, it begins anew.")
def retype_fill(run: Run) -> None:
    """Ten untypeds, filled with objects of the kernel's kinds."""
    _judge(run, place.judge_fills, place.fills_made, place.FILLS * place.OBJECTS)


# --- mint ---

@test(id="mint-rights", exercise="mint", points=6, section="exercise-mint",
      title="Rights that are taken away",
      shows="A copy has the rights that are asked for and the original has, no other; without one, "
            "there is no copy.")
def mint_rights(run: Run) -> None:
    """Copies of all kinds, with numbers of 64 bits for rights."""
    _judge(run, mint.judge_mints, partial(made, "guest_mints"), mint.MINTS)


@test(id="mint-badge", exercise="mint", points=4, section="exercise-mint",
      title="A badge is for ever",
      shows="What has no badge can get one; what has one keeps it; what can have none refuses.")
def mint_badge(run: Run) -> None:
    """Badges that are none, the same, nearly the same."""
    _judge(run, mint.judge_mints, partial(made, "guest_mints"), mint.MINTS)


@test(id="mint-parts", exercise="mint", points=5, section="exercise-mint",
      title="Parts of frames and of I/O ports",
      shows="A copy can be of some pages or ports, all of them the original's; anything else is "
            "refused.")
def mint_parts(run: Run) -> None:
    """Parts to the very end, one beyond, and such that begin where numbers begin anew."""
    _judge(run, mint.judge_mints, partial(made, "guest_mints"), mint.MINTS)


# --- derivation ---

@test(id="derivation-insert", exercise="derivation", points=6, section="exercise-derivation",
      title="The newest child is the first",
      shows="A slot comes before its parent's other children, and all links lead both ways.")
def derivation_insert(run: Run) -> None:
    """Sixteen trees of twenty-seven slots, broad ones and deep ones."""
    _judge(run, derivation.judge_derivations, derivation.steps_made,
           derivation.DERIVATIONS * derivation.INSERTIONS)


@test(id="derivation-adopt", exercise="derivation", points=4, section="exercise-derivation",
      title="Another parent",
      shows="A slot that goes to another parent takes all with it that hangs on it.")
def derivation_adopt(run: Run) -> None:
    """tree_adopt(), which calls tree_insert(), at random in a tree."""
    _judge(run, derivation.judge_derivations, derivation.steps_made,
           derivation.DERIVATIONS * derivation.STEPS)


# --- revoke ---

@test(id="revoke-tree", exercise="revoke", points=8, section="exercise-revoke",
      title="All that came from it",
      shows="In the end every descendant is gone, also those in CNodes that went with it; the "
            "capability itself and all others are as they were.")
def revoke_tree(run: Run) -> None:
    """Twelve trees, half of them with CNodes."""
    _judge(run, revoke.judge_trees, revoke.revokes_made, revoke.REVOKES)


@test(id="revoke-steps", exercise="revoke", points=6, section="exercise-revoke",
      title="One step at a time",
      shows="Each call does one bounded piece of work, the first child's, and says whether there "
            "was none to do.")
def revoke_steps(run: Run) -> None:
    """The whole tree after each call; capabilities whose end takes several steps."""
    _judge(run, revoke.judge_steps, revoke.revokes_made, revoke.REVOKES)


@test(id="revoke-cnodes", exercise="revoke", points=6, section="exercise-revoke",
      title="Capability spaces on the way",
      shows="A CNode that has lost its last capability is emptied before anything else, and the "
            "capabilities that came from what is in it are not lost.")
def revoke_cnodes(run: Run) -> None:
    """CNodes in CNodes, and such that wait to be emptied from the beginning."""
    _judge(run, revoke.judge_steps, revoke.revokes_made, revoke.REVOKES)


# --- transfer ---

@test(id="transfer-copy", exercise="transfer", points=5, section="exercise-transfer",
      title="A capability travels",
      shows="The receiver gets a copy where it wants it, without the rights that are withheld, and "
            "is told where; the sender's is as it was.")
def transfer_copy(run: Run) -> None:
    """Any info words; slots that there may be and such that there are none of."""
    _judge(run, messages.judge_transfers, partial(made, "guest_transfers"), messages.TRANSFERS)


@test(id="transfer-refused", exercise="transfer", points=5, section="exercise-transfer",
      title="A capability does not travel",
      shows="A message without one is left alone; when the copy is refused, the receiver is told "
            "of none.")
def transfer_refused(run: Run) -> None:
    """Each reason to refuse."""
    _judge(run, messages.judge_transfers, partial(made, "guest_transfers"), messages.TRANSFERS)


# --- handler ---

@test(id="handler-told", exercise="handler", points=6, section="exercise-handler",
      title="What the handler is told",
      shows="A page fault's address and access, any other exception's error code and vector; then "
            "priorities follow, and the kernel is left.")
def handler_told(run: Run) -> None:
    """Page faults and other exceptions by turns."""
    _judge(run, messages.judge_deliveries, partial(made, "guest_deliveries"),
           messages.DELIVERIES)


@test(id="handler-nobody", exercise="handler", points=4, section="exercise-handler",
      title="Nobody to ask",
      shows="Then it is the thread's end, and nothing else happens.")
def handler_nobody(run: Run) -> None:
    """Each reason why nobody can be asked."""
    _judge(run, messages.judge_deliveries, partial(made, "guest_deliveries"),
           messages.DELIVERIES)


# --- the whole ---

@test(id="caps-fuzzer", points=2, title="Every call at random",
      shows="Whatever calls a task makes with whatever arguments, each answers as a model of all "
            "capability spaces says, and every slot holds what the model says; at the end all "
            "memory is back.")
def caps_fuzzer(run: Run) -> None:
    """A root task that knows the answers."""
    most = Limits(instructions=100_000_000 + HOSTILE_CALLS * 100_000, seconds=6000, wall=3600)
    boot = run.boot_programs("caps_fuzzer", memory_mb=SMALL, limits=most,
                             arguments={"caps_fuzzer": [HOSTILE_CALLS]})
    try:
        for _ in range(MOMENTS):
            check_invariants(boot.until("moment"))
        after = boot.until("after")
    finally:
        expect_agreement(boot)
    judge_fuzzer(boot, HOSTILE_CALLS)
    check_invariants(after)
    boot.finish()


@test(id="caps-revoke", points=2, title="Ten thousand capabilities at once",
      shows="Everything that came from a capability goes, wherever it is: chains, bushes, tasks, "
            "CNodes that hold each other; meanwhile an important thread runs at every tick.")
def caps_revoke(run: Run) -> None:
    """A root task grows a forest of capabilities, and fells it."""
    boot = run.boot_programs("caps_revoke", memory_mb=SMALL, limits=WHOLE_LIMITS)
    check_invariants(boot.until("grown"))
    check_invariants(boot.until("felled"))
    for _ in range(2):
        check_invariants(boot.until("sawn"))
    boot.finish()
    judge_revocation(boot)


@test(id="caps-levels", points=1, title="Who is more important",
      shows="A server is as important as whoever waits for it, also behind others and along a "
            "chain; of one level threads take turns; who becomes ready and is more important runs "
            "at once.")
def caps_levels(run: Run) -> None:
    """Scenes in which less important threads could be in the way."""
    boot = run.boot_programs("caps_levels", memory_mb=SMALL, limits=WHOLE_LIMITS)
    boot.finish()
    judge_levels(boot)


@test(id="caps-readonly", points=1, title="Memory to be read",
      shows="A capability that arrives with a message carries the rights that were left to it; a "
            "write faults to the handler in user space; once revoked, it cannot be read either.")
def caps_readonly(run: Run) -> None:
    """Two readers, each in an address space of its own."""
    boot = run.boot_programs("caps_readonly", memory_mb=SMALL, limits=WHOLE_LIMITS)
    check_invariants(boot.until("shown"))
    boot.finish()
    judge_readonly(boot)


@test(id="caps-denied", points=1, title="What nobody may do",
      shows="A hundred attempts to use what was not given, forged slots, missing rights, the wrong "
            "kinds, the kernel's addresses, each have their error and change nothing; instructions "
            "that a program must not execute fault.")
def caps_denied(run: Run) -> None:
    """A task with a little of everything, and an observer."""
    boot = run.boot_programs("caps_denied", memory_mb=SMALL, limits=WHOLE_LIMITS)
    check_invariants(boot.until("before"))
    after = boot.until("after")
    judge_denied(boot)
    check_invariants(after)
    boot.finish()


@test(id="caps-demonstration", points=1, title="The stage's own demonstration",
      shows="A root task that holds everything, and all that it starts, come to their end with "
            "nothing wrong; the machine is in order at any tick.")
def caps_demonstration(run: Run) -> None:
    """The tree's own programs, looked at when the timer interrupts them."""
    boot = run.boot_programs(limits=Limits(instructions=1_500_000_000, seconds=60))
    random = run.random()
    for _ in range(TICKS):
        for _ in range(1 + random.below(TICKS_APART)):
            at_tick = boot.until_symbol("timer_enter")
        check_invariants(at_tick)
    boot.finish()
    for line in (r"^\[cap\] root CSpace initialized$",
                 r"^\[demo\] 0 things were not as they should be$",
                 r"^\[kernel\] init has ended with status 0$"):
        boot.expect_line(line)


@test(id="caps-launches", points=1, title="A program, again and again",
      shows="However often a program is started and ends, the root task has as much untyped memory "
            "as before, in as many pieces.")
def caps_launches(run: Run) -> None:
    """A hundred times, or as often as MICROK_LAUNCHES says."""
    most = Limits(instructions=600_000_000 + LAUNCHES * 3_000_000, seconds=6000, wall=3600,
                  output=64 << 20)
    boot = run.boot_programs("init", "names", "demo", "hello", instead=LAUNCHER,
                             arguments={"demo": [LAUNCHES]}, limits=most)
    check_invariants(boot.until("after"))
    boot.finish()
    judge_launches(boot, LAUNCHES)


@test(id="caps-requests", points=1, title="Hostile requests",
      shows="Three tasks ask the root task for all kinds of things, with right and absurd words "
            "and slots that travel; it answers, goes on, and has all its memory at the end.")
def caps_requests(run: Run) -> None:
    """Some hundred requests each."""
    requests = HOSTILE_CALLS // 100
    most = Limits(instructions=600_000_000 + requests * 5_000_000, seconds=6000, wall=3600,
                  output=64 << 20)
    boot = run.boot_programs(*SYSTEM, instead=HOSTILE, arguments={"demo": [requests]},
                             limits=most)
    for _ in range(min(20, moments(requests))):
        check_invariants(boot.until("moment"))
    boot.finish()
    judge_requests(boot)
