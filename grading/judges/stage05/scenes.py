"""Programs in address spaces of their own (guest/05-paging/programs): what has to have come of
them, computed from their seeds."""

from __future__ import annotations

import re

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot
from grader.snapshot import Snapshot
from grader.splitmix import MASK, SplitMix64
from judges.stage04.exchange import digest_of, digested

ENDED = MASK                # -1: the exit status of a task at fault
READ, WRITE, EXECUTE = 1, 2, 4
FAULT_INFO = 0x1000 | 3
BAD_ADDRESS, NO_RIGHT = 8, 14


def expect_set_up(boot: ProgramBoot) -> None:
    """Whatever had to be done so that the test could be made."""
    errors = boot.values("set-up")
    expect(bool(errors) and not any(errors), "calls that the test is built on were refused",
           expected="no error", got=str([error for error in errors if error]))


def _statuses(boot: ProgramBoot, expected: list[int], whose: str) -> None:
    expect_equal(f"the exit statuses of {whose}", [f"{status:#x}" for status in
                                                   boot.values("status")],
                 [f"{status:#x}" for status in expected])


# --- exchange ---

def judge_exchange(boot: ProgramBoot, clients: int, count: int, length: int) -> None:
    """Every client got every answer, each to its own question."""
    expect_set_up(boot)
    expect(not any(boot.values("refused")), "a message did not arrive", expected="no error",
           got=str(boot.values("refused")))
    seed = boot.program("exchange_peer").seed
    _statuses(boot, [digest_of(SplitMix64(seed), 1 + number, count, length)
                     for number in range(clients)], "the clients, which say what they have got")


# --- crowd ---

CROWD, CROWD_WORDS = 100, 1024
ONLY_EVEN = 0x0000_1234_5000_0000


def judge_crowd(boot: ProgramBoot) -> None:
    """Each has found its own memory; those that wrote to others' have ended alone."""
    expect_set_up(boot)
    expect_equal("the number of page faults", boot.value("faults"), CROWD // 2)
    for address in boot.values("fault"):
        expect_equal("the address of a page fault", address, ONLY_EVEN)
    _statuses(boot, [_member(number) if number % 2 == 0 else ENDED for number in range(CROWD)],
              "the crowd, which say what they have found in their memory")


def _member(number: int) -> int:
    words = (digested(number, [index]) for index in range(CROWD_WORDS))
    return digested(0, [*words, number])


def expect_all(snapshot: Snapshot) -> None:
    """All tasks of the crowd exist at the same time."""
    members = sum(thread.name.text() == "crowd_member" for thread in snapshot.kernel.threads
                  if thread.state.name == "THREAD_CALLING")
    expect_equal("the number of tasks that wait at the same time", members, CROWD)


# --- sharing ---

SHARING_WORDS, SHARING_ROUNDS = 1024, 20
READER_AT = 0x0000_3000_0020_1000


def judge_sharing(boot: ProgramBoot) -> None:
    """The readers have read what the writer had written; writing ended the one who tried."""
    expect_set_up(boot)
    random = boot.program("sharer").random()
    expected = []
    for _ in range(SHARING_ROUNDS):
        expected += [digested(0, [random.next() for _ in range(SHARING_WORDS)])] * 2
    expected.append(expected[-1])
    for number, (got, should) in enumerate(zip(boot.values("read"), expected)):
        expect_equal(f"what a reader found in the shared memory at look {number}", got, should)
    expect_equal("how often the readers looked", len(boot.values("read")), len(expected))
    expect_equal("the error of adding a right to shared memory", boot.value("more"), NO_RIGHT)
    expect_equal("the error of sharing memory that is gone", boot.value("gone"), BAD_ADDRESS)
    expect_equal("the address of the writing to read-only memory", boot.value("fault"), READER_AT)
    _statuses(boot, [0, 0, ENDED], "the writer, the reader and the one who misused it")


# --- faults ---

ACCESSES = 24
PAGES_START, PAGES = 0x0000_1000_0000_0000, 1 << 30
REGISTERS = 15              # RAX first; RCX is the third
FLAGS_RANDOM, FLAGS_ALWAYS = 0xCD5, 0x202
ASKED_TWICE = 4             # every fourth fault
REPLY_WORDS = 8
REFUSALS = 3


class Faulter:
    """What one task of the program faulter does, and the faults that come of it."""

    def __init__(self, boot: ProgramBoot, snapshot: Snapshot, pager: SplitMix64) -> None:
        self._random, self._pager = boot.program("faulter").random(), pager
        symbols = snapshot.programs["faulter"].symbols
        self._at = {READ: symbols.address("faulter_reads"),
                    WRITE: symbols.address("faulter_writes")}
        self.faults: list[tuple[int, int, int]] = []    # address, access, instruction
        self.digests: list[int] = []

    def access(self, number: int) -> None:
        """One access, mended by the pager."""
        page = PAGES_START + self._random.next() % PAGES * 4096
        registers = [self._random.next() for _ in range(REGISTERS)]
        flags = self._random.next() & FLAGS_RANDOM | FLAGS_ALWAYS
        access = (READ, WRITE, EXECUTE)[number % 3]
        twice = number % ASKED_TWICE == ASKED_TWICE - 1
        self.faults += [(page, access, self._at.get(access, page))] * (2 if twice else 1)
        self._reply(twice)
        registers[0] = page
        if access != EXECUTE:
            word = self._pager.next()
            registers[2] = word if access == READ else registers[2]
        self._reply()
        self.digests.append(digested(0, [flags, *registers]))

    def _reply(self, wanted: bool = True) -> None:
        for _ in range(REPLY_WORDS if wanted else 0):
            self._pager.next()


def judge_faults(boot: ProgramBoot, snapshot: Snapshot) -> None:
    """The pager was told the right things, the registers were kept, retrying worked."""
    expect_set_up(boot)
    faulter = Faulter(boot, snapshot, boot.random())
    for number in range(ACCESSES):
        faulter.access(number)
    first = faulter.faults[0]
    _judge_messages(boot, faulter.faults + [first] * REFUSALS)
    digests = boot.program("faulter").values("registers")
    for number, (got, expected) in enumerate(zip(digests, faulter.digests)):
        if got != expected:
            raise Failure(f"after page fault {number} has been mended, the task's registers are "
                          "not as they were before", expected=f"the digest {expected:#x}",
                          got=f"{int(got):#x}")
    expect_equal("the number of accesses that came to an end", len(digests), ACCESSES)
    _statuses(boot, [ACCESSES, ENDED, ENDED, ENDED, 0, ENDED], "the faulting tasks and one pager")
    _judge_lines(boot, first)


def _judge_messages(boot: ProgramBoot, faults: list[tuple[int, int, int]]) -> None:
    parts = {"address": [fault[0] for fault in faults], "access": [fault[1] for fault in faults],
             "instruction": [fault[2] for fault in faults], "info": [FAULT_INFO] * len(faults),
             "mine": [1] * len(faults)}
    names = {"info": "the info word", "mine": "whether the badge is the task's name"}
    for key, expected in parts.items():
        for number, (got, should) in enumerate(zip(boot.values(key), expected)):
            expect_equal(f"in the message of page fault {number}, {names.get(key, f'the {key}')}",
                         got, should)
        expect_equal("the number of page faults", len(boot.values(key)), len(expected))


def _judge_lines(boot: ProgramBoot, fault: tuple[int, int, int]) -> None:
    """A line on the console for each task that nobody has helped."""
    address, _, instruction = fault
    pattern = (rf"^\[fault\] faulter: at {instruction:016x}, .*\b(0x)?{address:016x}\b.*; the task "
               r"ends$")
    lines = [line for line in boot.serial if line.startswith("[fault]")]
    right = [line for line in lines if re.search(pattern, line)]
    expect(len(right) == len(lines) == 4, "the lines about tasks that nobody has helped are wrong",
           expected=f"4 lines like {pattern}", got="; ".join(lines) or "none")


# --- hostile tasks ---

HOSTILE = ("hostile", "hostile_task")
TASKS = 3
ERROR_NUMBERS = 16          # kernel/abi/error.h: 0 to 15
# What so many calls cannot but meet: none, invalid argument, no memory, no thread, busy, bad
# address, bad slot, no right.
LEAST_ERRORS = (0, 1, 2, 4, 6, 8, 13, 14)
MOMENT_EVERY = 64           # calls, on average: for the grader to look at the machine


def moments(calls: int) -> int:
    """How often the machine can be looked at for certain, when each task makes so many calls."""
    return TASKS * calls // MOMENT_EVERY // 2


def judge_errors(boot: ProgramBoot) -> None:
    """Every call has an answer of the list, and the tasks came to their ends."""
    expect_set_up(boot)
    _statuses(boot, [0] * TASKS, "the hostile tasks")
    counts = [int(count) for count in boot.program("hostile_task").values("errors")]
    per_task = len(counts) // TASKS
    totals = [sum(counts[number::per_task]) for number in range(per_task)]
    for number, count in enumerate(totals):
        if number >= ERROR_NUMBERS and count:
            raise Failure("a call returned what is no error, or a page lost what was written",
                          expected=f"0 to {ERROR_NUMBERS - 1}, see abi/error.h",
                          got=f"{number} or more, {count} times")
    missing = [number for number in LEAST_ERRORS if not totals[number]]
    expect(not missing, "some errors were never returned, in so many calls at random",
           expected=f"each of {', '.join(map(str, LEAST_ERRORS))}",
           got=f"never {', '.join(map(str, missing))}")
