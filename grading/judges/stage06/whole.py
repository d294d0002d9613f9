"""Root tasks of the grader's own, and programs beside the system's
(guest/06-capabilities/programs): what has to have come of them."""

from __future__ import annotations

from typing import Sequence

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot

PAGE = 4096


def expect_set_up(boot: ProgramBoot, program: str = "") -> None:
    """Whatever had to be done so that the test could be made."""
    errors = boot.program(program or boot.first).values("set-up")
    expect(not errors, "a call that the test is built on was refused", expected="no error",
           got=str(errors))


# --- capabilities that are taken back ---

FOREST, LIMB = 2048 * PAGE, 128 * PAGE
GROWN = 10_000
PHASES = (("revoke", "ten thousand capabilities are revoked"),
          ("delete", "the last capability to a CNode of 8191 capabilities is deleted"),
          ("retype", "a frame of 2 MB is made"))
CALM_LONGEST = 2_500_000        # ns: a thread that sleeps 1 ms wakes up at one of two ticks
STEPS_LONGEST = 300_000         # ns more: some 20 000 instructions


def judge_revocation(boot: ProgramBoot) -> None:
    """All has gone, and nobody had to wait for it."""
    expect_set_up(boot)
    expect(int(boot.value("grown")) >= GROWN, "too few capabilities were made",
           expected=f"{GROWN} or more", got=str(boot.value("grown")))
    expect_equal("the number of slots in other memory that still hold what was revoked",
                 boot.value("left"), 0)
    for (_, what), free in zip(PHASES, boot.values("free")):
        expect_equal(f"bytes of untyped memory that are free after {what}", free, FOREST)
    expect_equal("what the slots of threads hold that have revoked what they are made of",
                 boot.values("thread"), [0, 0])
    expect_equal("bytes of their memory that are free in the end", boot.values("limb"), [LIMB] * 2)
    calm = int(boot.value("calm"))
    expect(calm <= CALM_LONGEST, "a thread of the highest level does not run at every tick",
           expected=f"at most {CALM_LONGEST} ns between two times", got=f"{calm} ns")
    for phase, what in PHASES:
        longest = int(boot.value(phase))
        if longest > calm + STEPS_LONGEST:
            raise Failure(f"while {what}, a thread of the highest level has to wait",
                          expected=f"at most {calm + STEPS_LONGEST} ns from one time that it runs "
                                   "to the next", got=f"{longest} ns")


# --- levels ---

(SCENE, SERVER_LOW, SERVER_HIGH, FRONT, PAGER, LOW_DONE, MIDDLE_DONE, HIGH_DONE, BEFORE, WOKEN,
 AFTER) = range(1, 12)
NAMES = ("", "", "the server begins with the low one's request",
         "the server begins with the high one's request", "the server in front gets a request",
         "the fault handler begins", "the low one is done", "the middle one is done",
         "the high one is done", "the middle one begins to wake the high one",
         "the high one runs", "the middle one goes on")

SCENES: Sequence[tuple[str, tuple[int, ...]]] = (
    ("a thread calls a server that works for a less important one",
     (SERVER_LOW, SERVER_HIGH, HIGH_DONE, MIDDLE_DONE, LOW_DONE)),
    ("a server of a low level works for an important thread",
     (SERVER_HIGH, HIGH_DONE, MIDDLE_DONE)),
    ("a thread calls a server that has to call another one, which works for a less important one",
     (SERVER_LOW, FRONT, SERVER_HIGH, HIGH_DONE, MIDDLE_DONE, LOW_DONE)),
    ("a fault handler of a low level works for an important thread",
     (PAGER, HIGH_DONE, MIDDLE_DONE)),
    ("a thread wakes more important ones by a signal, by a message, and by thread_resume",
     (BEFORE, WOKEN, AFTER, WOKEN, AFTER, WOKEN, AFTER)))

TURNS_LEAST, TURNS_APART = 10_000, 0.1


def judge_levels(boot: ProgramBoot) -> None:
    """Events come in the one order that the levels allow."""
    expect_set_up(boot)
    scenes: list[list[int]] = []
    for event in boot.values("event"):
        if event == SCENE:
            scenes.append([])
        elif scenes:
            scenes[-1].append(int(event))
    for (title, expected), got in zip(SCENES, scenes):
        if tuple(got) != expected:
            raise Failure(f"when {title}, the threads do not run in the order of their levels",
                          expected=_told(expected), got=_told(got))
    expect_equal("the number of scenes", len(scenes), len(SCENES))
    _judge_turns([int(turns) for turns in boot.values("turns")])


def _told(events: Sequence[int]) -> str:
    return "; ".join(NAMES[event] if event < len(NAMES) else str(event) for event in events)


def _judge_turns(turns: list[int]) -> None:
    first, second, below = turns
    expect(min(first, second) >= TURNS_LEAST and
           abs(first - second) <= TURNS_APART * max(first, second),
           "two threads of one level do not take turns",
           expected=f"about as many rounds each, {TURNS_LEAST} or more", got=f"{first}, {second}")
    expect_equal("the rounds of a thread below two that never wait", below, 0)


# --- memory that may only be read ---

READERS, READER_WORDS = 2, 512
READER_AT, READER_MEMORY = 0x0000_5000_0000_0000, 5
NO_RIGHT = 14
READ, WRITE = 1, 2
FRAME_TO_READ = 5 | READ << 8       # what slot_read tells of its kind
ARRIVED = 1 | 0x8000 | READER_MEMORY << 16
FAULT_INFO = 0x1000 | 3
NOTES = ("the error of receiving the capability", "the message's info word",
         "what has arrived, as slot_read tells it", "the error of mapping it to write",
         "the error of copying it with all rights", "what that copy is",
         "the error of mapping the copy to write", "the error of mapping it to read",
         "the digest of what it has read", "the same after its writing has failed",
         "the error of its call")


def judge_readonly(boot: ProgramBoot) -> None:
    """The readers could read until the memory was taken back, and never write."""
    expect_set_up(boot)
    random = boot.random()
    notes, faults = list(boot.values("note")), _faults(boot)
    expect_equal("the number of faults", len(faults), 2 * READERS)
    for number in range(READERS):
        digest = 0
        for _ in range(READER_WORDS):
            digest = (digest * 31 + random.next()) % (1 << 64)
        address = READER_AT + random.below(READER_WORDS) * 8
        expected = (0, ARRIVED, FRAME_TO_READ, NO_RIGHT, 0, FRAME_TO_READ, NO_RIGHT, 0, digest,
                    digest, 0)
        for name, right, got in zip(NOTES, expected, notes[:len(expected)]):
            expect_equal(f"reader {number}: {name}", got, right)
        del notes[:len(expected)]
        expect_equal("what the owner reads in the end", boot.values("owner")[number], digest)
        _expect_fault(boot, faults[2 * number], (READERS + number, address, WRITE, "writes-at"))
        _expect_fault(boot, faults[2 * number + 1], (READERS + number, address, READ, "reads-at"))
    expect(not notes, "a reader goes on although its memory has been taken back",
           expected="a fault", got=f"{len(notes)} notes more")
    for key, what, right in (("state", "the state of a reader whose fault is refused", 1),
                             ("memory", "what a slot holds whose capability has been revoked", 0),
                             ("copy", "what the slot with its copy holds", 0)):
        expect_equal(what, boot.values(key), [right] * READERS)
    boot.expect_line(r"^\[fault\] reader: at .*; the task ends$")


def _faults(boot: ProgramBoot) -> list[tuple[int, ...]]:
    keys = ("info", "badge", "address", "access", "instruction")
    return list(zip(*(map(int, boot.values(key)) for key in keys)))


def _expect_fault(boot: ProgramBoot, got: tuple[int, ...],
                  right: tuple[int, int, int, str]) -> None:
    badge, address, access, instruction = right
    expected = (FAULT_INFO, badge, address, access, int(boot.value(instruction)))
    names = ("info word", "badge", "address", "access", "instruction's address")
    for name, one, other in zip(names, got, expected):
        expect_equal(f"in the message of a fault, the {name}", f"{one:#x}", f"{other:#x}")


# --- programs beside the system's own root task ---

LAUNCHER = {"demo": "caps_launcher"}
HOSTILE = {"demo": "caps_hostile"}
HOSTILE_TASKS = 3
REQUESTS = "caps_requests"
MOMENT_EVERY = 32           # requests of a hostile task, on average: for the grader to look
KNOWN_ERRORS = 17           # kernel/abi/error.h: 0 to 16
# What so many requests cannot but meet: none, invalid argument, no thread, no program.
LEAST_ERRORS = (0, 1, 4, 9)


def judge_launches(boot: ProgramBoot, launches: int) -> None:
    """Every launch was right, and the root task has all its memory back."""
    _expect_errorless(boot, "demo")
    expect_equal("the number of programs that were started, ended and joined as they should be",
                 boot.program("demo").value("right"), launches)
    _expect_memory(boot, f"{launches} programs have been started and have ended")
    lines = sum(line.startswith("[hello] hello from user space") for line in boot.serial)
    expect_equal("the number of lines that these programs have printed", lines, launches)


def judge_requests(boot: ProgramBoot) -> None:
    """Every request had an answer of the list, and the root task has all its memory back."""
    _expect_errorless(boot, "demo")
    _expect_memory(boot, "all hostile tasks have ended")
    counts = [int(count) for count in boot.program(REQUESTS).values("errors")]
    per_task = len(counts) // HOSTILE_TASKS
    totals = [sum(counts[number::per_task]) for number in range(per_task)]
    expect(not any(totals[KNOWN_ERRORS:]), "an answer's label is no error of the list",
           expected=f"0 to {KNOWN_ERRORS - 1}", got=f"others, {sum(totals[KNOWN_ERRORS:])} times")
    missing = [number for number in LEAST_ERRORS if not totals[number]]
    expect(not missing, "some errors were never the answer, in so many requests at random",
           expected=f"each of {LEAST_ERRORS}", got=f"never {missing}")


def moments(requests: int) -> int:
    """How often the machine can be looked at for certain, when each task makes so many requests."""
    return HOSTILE_TASKS * requests // MOMENT_EVERY // 2


def _expect_errorless(boot: ProgramBoot, program: str) -> None:
    errors = boot.program(program).values("set-up")
    expect(bool(errors) and not any(errors), "requests that the test is built on were refused",
           expected="no error", got=str([error for error in errors if error]))


def _expect_memory(boot: ProgramBoot, when: str) -> None:
    for key, what in (("free", "bytes of untyped memory that the root task has"),
                      ("pieces", "the number of pieces that these are in")):
        before, after = boot.program("demo").values(key)
        expect_equal(f"{what} when {when}", after, before)
