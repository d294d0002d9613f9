"""Where the fast path of calls came out, with what, and what it changed
(guest/04-ipc/fastpath.c)."""

from __future__ import annotations

from grader.expect import Failure
from grader.image.views import Struct
from grader.snapshot import Snapshot
from .world import KEPT, RUNNING, WORDS, Copied, Names, World, compare, read_world, seen

CLIENT = 0
ENDPOINT = "endpoint 0's receivers"
NOTHING = "GUEST_NO_OBSTACLE"
WENT_OVER, DECLINED, NOT_BACK = "GUEST_WENT_OVER", "GUEST_DECLINED", "GUEST_CAME_NOT_BACK"
WAYS = {WENT_OVER: "it went over to another thread", DECLINED: "it declined (fastpath_decline)",
        NOT_BACK: "it came to neither of its ends"}
WHY = {
    "GUEST_NO_SUCH_SLOT": "there is no such slot",
    "GUEST_EMPTY_SLOT": "the slot is empty",
    "GUEST_NO_RIGHT": "the slot does not allow SLOT_ENDPOINT_SEND",
    "GUEST_OTHER_OBJECT": "the slot's object is a notification",
    "GUEST_NO_RECEIVER": "nobody waits in the endpoint's receivers",
    "GUEST_SECOND_RECEIVER": "a second thread waits in the endpoint's receivers",
    "GUEST_SERVER_DEADLINE": "the server's wait has a timeout",
    "GUEST_FLAG": "the info word has a flag of MESSAGE_SPECIAL",
    "GUEST_TIMEOUT": "the timeout is not infinite",
}
USER_CODE, USER_DATA = 0x33, 0x2B


def judge_fastpath(snapshot: Snapshot) -> str:
    """Every passage of the test; see history.Judge."""
    names = Names.of(snapshot)
    passages = snapshot.kernel.guest_fastpath_rounds
    for number, run in enumerate(Copied(snapshot, "guest_ipc_rounds").view):
        if not run.begun:
            return ""
        passage = passages[number]
        what = _call(passage)
        if not run.finished:
            return what
        world = read_world(run.before, names)
        before = world.text()
        try:
            _judge(what, world, run, passage, names)
        except Failure as failure:
            failure.around = [f"before: {before}"]
            raise
    return ""


def _call(passage: Struct) -> str:
    given, obstacle = passage.given, passage.obstacle.name
    because = f", when {WHY[obstacle]}," if obstacle != NOTHING else ""
    return (f"fastpath_call(slot {given.rdi:#x}, info {given.rsi:#x}, timeout {given.rdx:#x})"
            f"{because}")


def _judge(what: str, world: World, run: Struct, passage: Struct, names: Names) -> None:
    applies = passage.obstacle.name == NOTHING
    way = WENT_OVER if applies else DECLINED
    if passage.way.name != way:
        raise Failure(f"{what} takes the wrong way", expected=WAYS[way],
                      got=WAYS.get(passage.way.name, passage.way.name))
    if applies:
        expected = _arrives(world, passage, run.before.threads[passage.server])
        _go_over(world, passage.server, passage)
    else:
        expected = _declined(world, passage)
        world.forget_registers(CLIENT, "rsi", *WORDS)   # the decline puts them away
    _judge_registers(what, passage.registers, expected)
    _judge_cpu(what, passage, names, passage.server if applies else CLIENT)
    compare(what.rstrip(","), world, seen(run.after, names), world.text())


def _words(passage: Struct) -> dict[str, int]:
    return {name: getattr(passage.given, name) for name in ("rsi", *WORDS)}


def _arrives(world: World, passage: Struct, server: Struct) -> dict[str, int]:
    """The registers that the server's program goes on with."""
    badge = _slot_badge(passage, world)
    kept = {name: getattr(server.context, name) for name in ("rbp", "rsp", "rip", "rflags")}
    return {"rax": 0, "rdi": badge, **_words(passage), **kept, "cs": USER_CODE, "ss": USER_DATA}


def _slot_badge(passage: Struct, world: World) -> int:
    """Of the client's slot, which the model knows by its text."""
    text = world.threads[CLIENT].slots[passage.given.rdi]
    return int(text.rpartition("badge ")[2], 16)


def _go_over(world: World, server: int, passage: Struct) -> None:
    """What changes in the world."""
    world.queues[ENDPOINT].clear()
    world.expect_reply(CLIENT, server)
    world.threads[server].state = RUNNING
    world.threads[server].registers.clear()     # it runs: they are in the CPU
    client = world.threads[CLIENT].registers
    for name in [name for name in client if name not in KEPT]:
        del client[name]


def _declined(world: World, passage: Struct) -> dict[str, int]:
    """The registers that the general entry wants: all as the program gave them."""
    given = passage.given
    kept = world.threads[CLIENT].registers
    return {"rax": given.rax, "rdi": given.rdi, "rdx": given.rdx, **_words(passage),
            "rbp": kept["rbp"], "rcx": kept["rip"], "r11": kept["rflags"], "rsp": kept["rsp"]}


def _judge_registers(what: str, got: Struct, expected: dict[str, int]) -> None:
    for name, value in expected.items():
        if getattr(got, name) != value:
            raise _wrong(what, f"{name.upper()} is wrong", f"{value:#x}",
                         f"{getattr(got, name):#x}")


def _judge_cpu(what: str, passage: Struct, names: Names, current: int) -> None:
    """Whose registers the CPU saves next, and whose FPU it is."""
    got = names.thread(int(passage.current))
    if got != f"thread {current}":
        raise _wrong(what, "sched.current is wrong", f"thread {current}", got)
    if passage.ist1 != passage.expected_ist1:
        raise _wrong(what, "IST1 is wrong, where the CPU saves the next interruption",
                     f"{passage.expected_ist1:#x}, the end of thread {current}'s context",
                     f"{passage.ist1:#x}")
    if passage.cr0 != passage.expected_cr0:
        raise _wrong(what, "CR0 is wrong",
                     f"{passage.expected_cr0:#x}, as thread {current} has it",
                     f"{passage.cr0:#x}")


def _wrong(what: str, how: str, expected: str, got: str) -> Failure:
    return Failure(f"after {what.rstrip(',')}, {how}", expected=expected, got=got)
