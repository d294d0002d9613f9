"""Waits and answers of all kinds, one after the other (guest/04-ipc/programs/waits.c and
answers.c)."""

from __future__ import annotations

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot
from grader.splitmix import MASK, SplitMix64
from .exchange import digested

PEERS = ("peer_a", "peer_b", "peer_c")
NONE, INVALID, TIMEOUT, PEER_ENDED, BAD_SLOT, NO_RIGHT, NO_CALLER = 0, 1, 11, 12, 13, 14, 15
FOREVER = (1 << 64) - 1
MILLISECOND = 1_000_000         # nanoseconds: QEMU's time-stamp counter counts them
OVER = 2.5                      # milliseconds: the ticks before and after, and the way back
ENDLESS = 50                    # milliseconds until the signal that ends an endless wait

# enum kind of waits.c
KINDS = ("ipc_recv", "ipc_send with no receiver", "ipc_call with no receiver", "notification_wait",
         "ipc_reply_recv", "ipc_call whose request was received, but not answered")
ALONE, SIGNAL, REPLY_RECEIVE, ANSWER = 4, 3, 4, 5

SIGNAL_FLAG, TRANSFER_FLAG = 0x2000, 0x8000
LONGEST, IN_REGISTERS, LONG_MESSAGES = 512, 8, 12
REFUSALS = (
    ("ipc_call through a slot without RIGHT_SEND", NO_RIGHT),
    ("ipc_call through a notification", BAD_SLOT),
    ("ipc_call through an empty slot", BAD_SLOT),
    ("ipc_call through slot 64", BAD_SLOT),
    ("ipc_call through slot 0x100000002", BAD_SLOT),
    ("ipc_call with MESSAGE_SIGNAL", INVALID),
    ("ipc_call with MESSAGE_FAULT", INVALID),
    ("ipc_call with 513 words", INVALID),
    ("ipc_call with a slot, without RIGHT_GRANT", NO_RIGHT),
    ("ipc_recv through a slot without RIGHT_RECEIVE", NO_RIGHT),
    ("notification_wait through a slot without RIGHT_RECEIVE", NO_RIGHT),
    ("slot_copy with no right left", NO_RIGHT),
    ("slot_copy with another badge", INVALID),
    ("slot_copy to a full slot", BAD_SLOT),
    ("slot_copy to slot 0", BAD_SLOT),
    ("reply_save without a caller", NO_CALLER),
    ("ipc_reply through an empty slot", BAD_SLOT),
    ("slot_delete of an empty slot", BAD_SLOT),
)


def judge_set_up(boot: ProgramBoot) -> None:
    """All that only leads to what is tested."""
    expect(not any(boot.values("set-up")), "a call that had to succeed was refused",
           expected="no error", got=str(boot.values("set-up")))


# --- waits.c ---

def judge_waits(boot: ProgramBoot) -> None:
    """Each wait's error and its time."""
    judge_set_up(boot)
    waits = list(zip(*(boot.values(key) for key in ("kind", "asked", "error", "took"))))
    planned = _planned(boot.random())
    expect_equal("the waits that the test made (kind, timeout)", [wait[:2] for wait in waits],
                 planned)
    for kind, asked, error, took in waits:
        _judge_wait(KINDS[kind], asked, error, took / MILLISECOND)


def _planned(random: SplitMix64) -> list[tuple[int, int]]:
    plan = []
    for kind in range(ALONE):
        plan += [(kind, 0), (kind, 1 + random.below(4)), (kind, 5 + random.below(20))]
    plan += [(kind, 3 + random.below(10)) for kind in (REPLY_RECEIVE, ANSWER)]
    return plan + [(SIGNAL, FOREVER)]


def _judge_wait(what: str, asked: int, error: int, took: float) -> None:
    endless = asked == FOREVER
    name = f"{what}, timeout {'TIMEOUT_INFINITE' if endless else asked},"
    expect_equal(f"the error of {name}", error, NONE if endless else TIMEOUT)
    least = ENDLESS if endless else asked
    most = least + (2 * OVER if endless else OVER)
    if not least * 0.999 - (OVER if endless else 0) <= took <= most:
        raise Failure(f"{name} took the wrong time", got=f"{took:.2f} ms",
                      expected=f"{least} ms, at most {most - least:.1f} more")


def judge_ended(boot: ProgramBoot) -> None:
    """A server ends, wherever its clients are; a client is gone when its answer comes."""
    expect_equal("the errors of a client in the queue of a server that ends, and of those that "
                 "come later", boot.values("ended"), [PEER_ENDED] * 3)
    expect_equal("the errors of peer_a: answered, then received and saved by a server that ends",
                 boot.program("peer_a").values("error"), [NONE, PEER_ENDED])
    expect_equal("the errors of peer_b, the last caller of a server that ends",
                 boot.program("peer_b").values("error"), [PEER_ENDED])
    expect_equal("what the ending server met", boot.program("peer_c").values("received"),
                 [NONE] * 3)
    expect_equal("the statuses of the peers (the second: ipc_reply to a caller whose time is over)",
                 boot.values("status"), [NONE, NO_CALLER, NONE, PEER_ENDED, PEER_ENDED, NONE])


# --- answers.c ---

def judge_answers(boot: ProgramBoot) -> None:
    """Everything, in the order of the program."""
    judge_set_up(boot)
    expect_equal("the statuses of the peers", boot.values("status"), [NONE] * 7)
    _judge_saved(boot)
    _judge_signals(boot)
    _judge_long(boot)
    _judge_slots(boot)
    for (what, expected), got in zip(REFUSALS, boot.values("refused")):
        expect_equal(f"the error of {what}", got, expected)
    expect_equal("the number of refused calls", len(boot.values("refused")), len(REFUSALS))


def _judge_saved(boot: ProgramBoot) -> None:
    """Three clients are received in order, with their badges, and answered once each."""
    expect_equal("the badges of three clients that waited", boot.values("badge"),
                 [0x100, 0x101, 0x102])
    expect_equal("the words of three clients that waited", boot.values("word"),
                 [boot.program(name).random().next() for name in PEERS])
    expect_equal("the error of ipc_reply(SLOT_REPLY) when the caller has been saved elsewhere",
                 boot.values("no-caller"), [NO_CALLER] * 3)
    expect_equal("the errors of answers through saved slots", boot.values("replied"), [NONE] * 3)
    expect_equal("the errors of second answers", boot.values("twice"), [BAD_SLOT] * 3)
    random = boot.random()
    for name in reversed(PEERS):
        expect_equal(f"the answer that {name} got", boot.program(name).values("answer"),
                     [random.next()])
        expect_equal(f"the badge of the answer to {name}", boot.program(name).values("badge"), [0])


def _judge_signals(boot: ProgramBoot) -> None:
    """Signals, taken and as messages."""
    expect_equal("the error of notification_wait after four signals", boot.value("taken"), NONE)
    expect_equal("the bits of four signals", boot.value("bits"), 1 << 4 | 1 << 24 | 1 << 44)
    expect_equal("the error of notification_wait when all bits are taken", boot.value("poll"),
                 TIMEOUT)
    expect_equal("the errors of ipc_recv with a signal, a message, a signal to come",
                 boot.values("bound"), [NONE] * 3)
    expect_equal("the info words of a signal, a message, a signal", boot.values("info"),
                 [SIGNAL_FLAG, 2 << 32 | 1, SIGNAL_FLAG])
    expect_equal("the badges of a signal, a message, a signal", boot.values("from"),
                 [1 << 24, 0x100, 1 << 44])
    expect_equal("the error of ipc_recv when all signals are taken", boot.value("empty"), TIMEOUT)


def _judge_long(boot: ProgramBoot) -> None:
    """Every word of long messages went there and back."""
    peer = boot.program("peer_c")
    random = peer.random()
    expect_equal("the digests of the answers to long messages", peer.values("digest"),
                 [_long_digest(random) for _ in range(LONG_MESSAGES)])
    expect_equal("the errors of calls with long messages", peer.values("error"),
                 [NONE] * (LONG_MESSAGES + 1))


def _long_digest(random: SplitMix64) -> int:
    number = random.next()
    length = LONGEST if number % 4 == 0 else number % (LONGEST + 1)
    words = [random.next() for _ in range(LONGEST)]
    words[:IN_REGISTERS] = [random.next() for _ in range(IN_REGISTERS)]
    return digested(0, (~word & MASK for word in words[:length]))


def _judge_slots(boot: ProgramBoot) -> None:
    """Slots that travel, arrive or not."""
    expect_equal("the info words of a slot that arrives, meets a full slot, meets no slot",
                 boot.values("travels"), [TRANSFER_FLAG | 40 << 16, 1 << 32, 2 << 32])
    expect_equal("the error of slot_delete of the slot that arrived", boot.value("arrived"), NONE)
    expect_equal("the errors of a call, and of calls with a slot: three that can travel, an empty "
                 "one, SLOT_LAST_CALLER, one that there is not",
                 boot.program("peer_a").values("error"), [NONE] * 4 + [BAD_SLOT] * 3)
