"""A server and its clients (guest/04-ipc/programs/exchange.c): what the clients have to have got,
and who was served when."""

from __future__ import annotations

from typing import Iterable

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot
from grader.snapshot import Snapshot
from grader.splitmix import MASK, SplitMix64
from grader.threads import current_thread

CLIENTS = ("exchange_a", "exchange_b", "exchange_c")
FACTOR = 0x9E3779B97F4A7C15


def digest_of(random: SplitMix64, badge: int, count: int, length: int) -> int:
    """What a client makes of all its answers."""
    answers = ((random.next() ^ badge) * FACTOR & MASK for _ in range(count * length))
    return digested(0, answers)


def digested(digest: int, words: Iterable[int]) -> int:
    """digest_add(), of many words."""
    for word in words:
        digest = ((digest ^ word) * FACTOR + 1) & MASK
    return digest


def judge_clients(boot: ProgramBoot, clients: int, count: int, length: int) -> None:
    """Every client got every answer, each to its own question."""
    expected = []
    for number, name in enumerate(CLIENTS[:clients]):
        program = boot.program(name)
        digest = digest_of(program.random(), number + 1, count, length)
        expect_equal(f"the errors that {name} met", program.values("refused"), [])
        expect_equal(f"what {name} computed from its {count} answers of {length} words",
                     program.value("digest"), digest)
        expected.append(digest)
    expect_equal("the exit statuses of the clients", boot.values("status"), expected)
    for key in ("created", "copied", "started", "joined", "last"):
        expect(not any(boot.values(key)), f"the server's calls failed ({key})",
               expected="no error", got=str(boot.values(key)))
    expect_equal("the errors that the server met", boot.values("refused"), [])


def order(snapshot: Snapshot) -> list[int]:
    """The badges of those who were served, by the server's memory."""
    server = snapshot.variables_of(current_thread(snapshot))
    return list(server.guest_order.raw()[:server.guest_order_length])


def judge_turns(served: list[int], clients: int, count: int) -> None:
    """A slow server always finds all of its clients waiting: they come in turn."""
    expected = [1 + number % clients for number in range(clients * count)]
    first = served[:clients]
    if sorted(first) == sorted(expected[:clients]):
        expected = [first[number % clients] for number in range(clients * count)]
    for number, (got, should) in enumerate(zip(served, expected)):
        if got != should:
            raise Failure("clients that wait for a server are not served in the order in which "
                          "they came", expected=f"client {should} at request {number + 1}",
                          got=f"client {got}",
                          around=["the badges so far: " + " ".join(map(str, served[:number + 1]))])
    expect_equal("the number of requests that the server got", len(served), clients * count)
