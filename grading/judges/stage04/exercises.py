"""What the functions of ipc/ do to a world (guest/04-ipc/endpoint.c, waits.c, notification.c)."""

from __future__ import annotations

from typing import Callable

from grader.expect import Failure
from grader.image.views import Struct
from grader.snapshot import Snapshot
from .world import (CALLING, FOREVER, RECEIVING, SENDING, Copied, Names, World, compare,
                    read_world, seen)

ROUNDS, TIMEOUT_ROUNDS = 48, 64     # in the test programs
CURRENT = 0                         # the thread that runs
SENDERS, RECEIVERS = "endpoint 0's senders", "endpoint 0's receivers"
WAITERS = "notification 0's waiters"
DONE, PEER_ENDED, TIMEOUT = "ERROR_NONE", "ERROR_PEER_ENDED", "ERROR_TIMEOUT"

# Changes a world as the function should, and returns what the function should return.
Model = Callable[[World, Struct], str]
Call = Callable[[World, Struct], str]
Judge = Callable[[Snapshot], str]


def judge_rounds(snapshot: Snapshot, call: Call, model: Model) -> str:
    """Every call that the test has made; see history.Judge."""
    names = Names.of(snapshot)
    for run in Copied(snapshot, "guest_ipc_rounds").view:
        if not run.begun:
            return ""
        world = read_world(run.before, names)
        what, before = call(world, run), world.text()
        if not run.finished:
            return f"{what} ({before})"
        _judge(what, before, world, run, model, names)
    return ""


def _judge(what: str, before: str, world: World, run: Struct, model: Model, names: Names) -> None:
    result = model(world, run)
    if run.result.name != result:
        raise Failure(f"{what} returns the wrong error", expected=result, got=run.result.name,
                      around=[f"before: {before}"])
    compare(what, world, seen(run.after, names), before)


def rounds_made(snapshot: Snapshot) -> int:
    """The calls that came to an end."""
    return sum(bool(run.begun and run.finished) for run in snapshot.kernel.guest_ipc_rounds)


def _time(milliseconds: int) -> str:
    if milliseconds > FOREVER - 1_000_000:
        below = FOREVER - milliseconds
        return f"TIMEOUT_INFINITE - {below}" if below else "TIMEOUT_INFINITE"
    return str(milliseconds) if milliseconds else "TIMEOUT_NONE"


# --- endpoints ---

def judge_send(snapshot: Snapshot) -> str:
    """endpoint_send."""
    return judge_rounds(snapshot, _send_call, _send)


def _send_call(world: World, run: Struct) -> str:
    kind = "is_call" if run.words[1] else "no call"
    closed = "" if run.before.endpoints[0].receive_slots else ", to a closed endpoint"
    return (f"endpoint_send(thread 0, badge {run.words[0]:#x}, {kind}, timeout "
            f"{_time(run.words[2])}){closed}")


def _send(world: World, run: Struct) -> str:
    badge, is_call, timeout = run.words[0], run.words[1], run.words[2]
    world.forget_registers(CURRENT, "rax", "rdx", "rdi")
    if not run.before.endpoints[0].receive_slots:
        return PEER_ENDED
    if world.queues[RECEIVERS]:
        receiver = world.queues[RECEIVERS][0]
        world.deliver(CURRENT, receiver, badge)
        world.finish(receiver)
        if is_call:
            world.expect_reply(CURRENT, receiver)
            world.start_timeout(CURRENT, timeout)
        return DONE
    if timeout == 0:
        return TIMEOUT
    world.line_up(CURRENT, SENDERS, CALLING if is_call else SENDING)
    world.threads[CURRENT].badge = badge
    world.start_timeout(CURRENT, timeout)
    return DONE


def judge_receive(snapshot: Snapshot) -> str:
    """endpoint_receive."""
    return judge_rounds(snapshot, _receive_call, _receive)


def _receive_call(world: World, run: Struct) -> str:
    first = world.queues[SENDERS][:1]
    there = "".join(f", where thread {number} is {world.threads[number].state}" for number in first)
    bits = f", with the signals {world.bits[0]:#x}" if world.bits[0] else ""
    return f"endpoint_receive(thread 0, timeout {_time(run.words[0])}){there}{bits}"


def _receive(world: World, run: Struct) -> str:
    if world.bits[0] and world.bound[0] == CURRENT:
        world.deliver_signal(CURRENT, world.bits[0])
        world.bits[0] = 0
        return DONE
    if world.queues[SENDERS]:
        sender = world.queues[SENDERS][0]
        world.deliver(sender, CURRENT, world.threads[sender].badge)
        if world.threads[sender].state == CALLING:
            world.take_out(sender)
            world.expect_reply(sender, CURRENT)
        else:
            world.finish(sender)
        world.forget_registers(sender, "rdx")
        return DONE
    world.threads[CURRENT].registers.clear()
    if run.words[0] == 0:
        return TIMEOUT
    world.line_up(CURRENT, RECEIVERS, RECEIVING)
    world.start_timeout(CURRENT, run.words[0])
    return DONE


# --- the ends of waits ---

def judge_reply(snapshot: Snapshot) -> str:
    """reply_give."""
    return judge_rounds(
        snapshot, lambda world, run: f"reply_give(thread 0, thread {run.thread}), "
        f"whom slot {run.words[0]} may answer", _reply)


def _reply(world: World, run: Struct) -> str:
    world.deliver(CURRENT, run.thread, 0)
    world.finish(run.thread)
    world.forget_registers(CURRENT, "rax", "rdx", "rdi")
    return DONE


def judge_finish(snapshot: Snapshot) -> str:
    """wait_finish."""
    return judge_rounds(
        snapshot, lambda world, run: f"wait_finish(thread {run.thread}), which is "
        f"{world.threads[run.thread].state}", _finish)


def _finish(world: World, run: Struct) -> str:
    world.finish(run.thread)
    return DONE


def judge_timeout(snapshot: Snapshot) -> str:
    """timeout_start."""
    return judge_rounds(
        snapshot, lambda world, run: f"timeout_start(thread 0, {_time(run.words[0])}) at tick "
        f"{world.ticks}", _timeout)


def _timeout(world: World, run: Struct) -> str:
    world.start_timeout(CURRENT, run.words[0])
    return DONE


# --- notifications ---

def judge_signal(snapshot: Snapshot) -> str:
    """notification_send."""
    return judge_rounds(snapshot, _signal_call, _signal)


def _signal_call(world: World, run: Struct) -> str:
    bound = world.bound[0]
    who = "" if bound is None else f", bound to thread {bound} ({world.threads[bound].state})"
    return f"notification_send(notification 0{who}, {run.words[0]:#x})"


def _signal(world: World, run: Struct) -> str:
    bits = world.bits[0] | run.words[0]
    bound = world.bound[0]
    world.bits[0] = bits
    if bits == 0:
        return DONE
    if world.queues[WAITERS]:
        waiter = world.queues[WAITERS][0]
        world.threads[waiter].registers.update(rax=0, rdx=bits)
    elif bound is not None and world.threads[bound].state == RECEIVING:
        waiter = bound
        world.deliver_signal(bound, bits)
    else:
        return DONE
    world.bits[0] = 0
    world.finish(waiter)
    return DONE
