"""Tests of stage 04: messages, answers, timeouts, signals, the fast path.

The tests of exercises run in the place of sched_start(), before there are tasks, each with one
function of the kernel and threads that the test has made by hand: so it judges its exercise alone,
also while the others are still blank. The tests of the whole are programs.
"""

from __future__ import annotations

import os

from grader.api import Limits, ProgramBoot, Run, check_invariants, expect_equal, test
from judges.stage02.history import judge_history
from judges.stage02.whole import check_cleared
from judges.stage04 import exercises, exchange, fastpath, hostile, scenes, ways

SMALL = 32              # MB
LIMITS = Limits(instructions=300_000_000, seconds=20)

EXCHANGES = 1000
TURNS = 10              # of three clients with a slow server
WAYS_CALLS = 400
# Of each task; whoever looks for more has them make more.
HOSTILE_CALLS = int(os.environ.get("MICROK_HOSTILE_CALLS", 800))
HOSTILE_LIMITS = Limits(instructions=300_000_000 + 1_000_000 * HOSTILE_CALLS,
                        seconds=20 + HOSTILE_CALLS // 50)
MOMENTS = 12            # at which the machine is looked at
CHANGING = ("ipc", "queues", "threads", "frames")   # the checks of what tasks change


def _judge(run: Run, judge: exercises.Judge, rounds: int = exercises.ROUNDS,
           guest: str | None = None) -> None:
    """Runs the test's own program or another one, without tasks, and judges every call that it
    made."""
    judge_history(run.boot(guest, memory_mb=SMALL, limits=LIMITS), judge, exercises.rounds_made,
                  rounds)


# --- endpoints ---

@test(id="send-received", exercise="send", points=8, section="exercise-send",
      title="A message for somebody who waits",
      shows="The first receiver gets the message and its badge, and goes on; a caller then waits "
            "for its answer, with its timeout, and any other sender goes on.")
def send_received(run: Run) -> None:
    """One to three receivers wait."""
    _judge(run, exercises.judge_send)


@test(id="send-waits", exercise="send", points=7, section="exercise-send",
      title="A message that nobody waits for",
      shows="The sender lines up with state, badge and timeout, unless it must not wait or nobody "
            "may receive any more.")
def send_waits(run: Run) -> None:
    """Nobody receives; others may be sending."""
    _judge(run, exercises.judge_send)


@test(id="receive-message", exercise="receive", points=8, section="exercise-receive",
      title="A message that is there already",
      shows="The first sender's message is received with its badge; a caller is left to wait for "
            "its answer, with its timeout, and any other sender goes on.")
def receive_message(run: Run) -> None:
    """One to three senders wait, callers among them."""
    _judge(run, exercises.judge_receive)


@test(id="receive-waits", exercise="receive", points=7, section="exercise-receive",
      title="Signals first, and waiting",
      shows="Signals of the bound notification come before messages; when there is nothing, the "
            "receiver lines up with its timeout, unless it must not wait.")
def receive_waits(run: Run) -> None:
    """Signals, or nothing."""
    _judge(run, exercises.judge_receive)


# --- the ends of waits ---

@test(id="reply-give", exercise="reply", points=10, section="exercise-reply",
      title="An answer, and the end of the authority to give it",
      shows="The caller gets the message without a badge and goes on; the slot is empty, others "
            "that may be answered stay.")
def reply_give(run: Run) -> None:
    """A server with up to four callers."""
    _judge(run, exercises.judge_reply)


@test(id="wait-finish", exercise="wait-finish", points=10, section="exercise-wait-finish",
      title="A wait ends in every place at once",
      shows="Whatever a thread waited for, it leaves the queue and the list of timeouts, nobody "
            "may answer it any more, and it is ready; all others stay as they are.")
def wait_finish(run: Run) -> None:
    """All five states, with and without a timeout, among others and alone."""
    _judge(run, exercises.judge_finish)


@test(id="timeout-start", exercise="timeout", points=10, section="exercise-timeout",
      title="Deadlines in order",
      shows="A thread stands behind all with the same deadline or an earlier one, at the tick that "
            "was asked for or at the last that there is; an infinite timeout is none.")
def timeout_start(run: Run) -> None:
    """Times from none to nearly infinite."""
    _judge(run, exercises.judge_timeout, exercises.TIMEOUT_ROUNDS)


# --- notifications ---

@test(id="signal-waiters", exercise="notification", points=8, section="exercise-notification",
      title="Signals for those who wait for them",
      shows="Bits are added up; the first waiter takes all of them and goes on, the others wait "
            "on.")
def signal_waiters(run: Run) -> None:
    """Up to three waiters, or bits that nobody has taken."""
    _judge(run, exercises.judge_signal)


@test(id="signal-bound", exercise="notification", points=7, section="exercise-notification",
      title="Signals that come as messages",
      shows="A bound thread gets the bits as a message if it is receiving, after all waiters; else "
            "they stay.")
def signal_bound(run: Run) -> None:
    """A bound thread that receives, waits for something else, or runs."""
    _judge(run, exercises.judge_signal)


# --- the fast path ---

@test(id="fastpath-goes-over", exercise="fastpath", points=8, section="exercise-fastpath",
      title="From client to server without a detour",
      shows="The server's program goes on with the message in its registers and with all of its "
            "own; the kernel's state is as the general way leaves it.")
def fastpath_goes_over(run: Run) -> None:
    """A client calls a server that waits, in user mode at once."""
    _judge(run, fastpath.judge_fastpath)


@test(id="fastpath-declines", exercise="fastpath", points=7, section="exercise-fastpath",
      title="What the fast path leaves alone",
      shows="With each of its conditions broken, the call goes the general way with every register "
            "as it came, and nothing has changed.")
def fastpath_declines(run: Run) -> None:
    """One obstacle at a time; and to decline always is no answer."""
    _judge(run, fastpath.judge_fastpath)
    _judge(run, fastpath.judge_fastpath, guest="fastpath_goes_over")


# --- the whole ---

@test(id="ipc-exchange", points=2, title="A thousand exchanges",
      shows="Messages of 8 and of 64 bytes go to a server and back a thousand times, with two and "
            "with four tasks; whoever waits is served in turn; everything is given back.")
def ipc_exchange(run: Run) -> None:
    """One client and three, short messages and long ones, and a slow server."""
    for clients, length in ((1, 1), (1, 8), (3, 1), (3, 8)):
        _exchange(run, clients, length)
    boot, served = _exchange_boot(run, 3, 1, TURNS, slow=True)
    exchange.judge_turns(served, 3, TURNS)
    exchange.judge_clients(boot, 3, TURNS, 1)


def _exchange(run: Run, clients: int, length: int) -> None:
    count = EXCHANGES if clients == 1 else EXCHANGES // 2
    boot, served = _exchange_boot(run, clients, length, count)
    exchange.judge_clients(boot, clients, count, length)
    expect_equal("how often each client was served",
                 [served.count(1 + number) for number in range(clients)], [count] * clients)


def _exchange_boot(run: Run, clients: int, length: int, count: int,
                   slow: bool = False) -> tuple[ProgramBoot, list[int]]:
    names = exchange.CLIENTS[:clients]
    boot = run.boot_programs("exchange", *names, limits=LIMITS, memory_mb=SMALL,
                             arguments={"exchange": [clients, length, count, slow]})
    free = boot.until("before").kernel.frames.free_count
    if clients > 1 and not slow:
        check_invariants(boot.until("moment"))
    after = boot.until("after")
    check_invariants(after)
    check_cleared(after, free)
    served = exchange.order(after)
    boot.finish()
    return boot, served


@test(id="ipc-ways", points=2, title="One call, two ways",
      shows="Calls that the fast path takes and calls that it may not bring the same back, in "
            "every register; when nothing is in its way, no function of the general way is called.")
def ipc_ways(run: Run) -> None:
    """Random calls, then two rows of fast ones."""
    boot = run.boot_programs(*ways.PROGRAMS, arguments={"ways": [WAYS_CALLS]}, limits=LIMITS,
                             memory_mb=SMALL)
    for row, function in (("calls", "endpoint_send"), ("answers", "endpoint_receive")):
        boot.until(row)
        stopped = boot.until_symbol(function)
        ways.expect_row(stopped, function)
        check_invariants(stopped, *CHANGING)
    boot.until("after")
    boot.finish()
    ways.judge_digests(boot, WAYS_CALLS)


@test(id="ipc-waits", points=2, title="Waits that end",
      shows="Every wait ends at its tick with ERROR_TIMEOUT, an endless one with what it waits "
            "for, and each with ERROR_PEER_ENDED when a server ends with its clients queued, "
            "received or saved.")
def ipc_waits(run: Run) -> None:
    """All kinds of waits, by the CPU's own clock."""
    boot = _scene(run, "waits")
    scenes.judge_waits(boot)
    scenes.judge_ended(boot)


@test(id="ipc-answers", points=2, title="Answers, signals, slots",
      shows="Callers are answered once, in any order; signals add up and come as messages; long "
            "messages arrive whole; slots travel; what is wrong is refused.")
def ipc_answers(run: Run) -> None:
    """A server with three clients."""
    scenes.judge_answers(_scene(run, "answers"))


def _scene(run: Run, name: str) -> ProgramBoot:
    boot = run.boot_programs(name, *scenes.PEERS, limits=LIMITS, memory_mb=SMALL)
    free = boot.until("before").kernel.frames.free_count
    after = boot.until("after")
    check_invariants(after)
    check_cleared(after, free)
    boot.finish()
    return boot


@test(id="ipc-hostile", points=2, title="Hostile tasks",
      shows="Three tasks that make every call at random, with arguments from right to absurd, get "
            "errors and nothing else; at any moment everybody waits in the right place; everything "
            "is given back.")
def ipc_hostile(run: Run) -> None:
    """Some thousand calls."""
    boot = run.boot_programs(*hostile.PROGRAMS, arguments={"hostile": [HOSTILE_CALLS]},
                             limits=HOSTILE_LIMITS, memory_mb=SMALL)
    free = boot.until("before").kernel.frames.free_count
    for _ in range(MOMENTS):
        check_invariants(boot.until("moment"), *CHANGING)
    check_invariants(boot.until("quiet"))
    after = boot.until("after")
    check_invariants(after)
    check_cleared(after, free)
    boot.finish()
    hostile.judge_errors(boot)
