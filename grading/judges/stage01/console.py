"""uart_put_byte() at a simulated port (guest/01-boot/console.c), and what the real one delivers."""

from __future__ import annotations

from typing import Any, Sequence

from grader.expect import Failure, expect, expect_equal
from grader.snapshot import Snapshot
from .reading import rows

POLL_LIMIT = 100_000    # UART_POLL_LIMIT in kernel/arch/x86_64/uart.c
SHOWN = 16              # bytes of a difference
SENT, DEAD = 48, 2      # SENT_COUNT and DEAD_COUNT in guest/01-boot/console.c
INPUTS = ("byte", "busy")


def inputs(ready: Snapshot, count: int) -> list[dict[str, int]]:
    """What each call is to meet, read before the first is made."""
    return [{name: put[name] for name in INPUTS} for put in rows(ready, "guest_puts", count)]


def puts(done: Snapshot, met: Sequence[dict[str, int]]) -> list[dict[str, Any]]:
    """What each call met and did. After one that goes wrong the test makes no other."""
    return [did | put for did, put in zip(rows(done, "guest_puts", len(met)), met)]


def check_put(put: dict[str, Any]) -> None:
    """One byte at a port that gets ready sooner or later."""
    call = f"uart_put_byte({put['byte']:#04x}) at a port that is ready at status read " \
           f"{put['busy'] + 1}"
    _check_registers(call, put)
    expect(put["writes"] > 0, f"{call}: it does not write the byte", expected="a write",
           got=f"none, with {_reads(put['status_reads'])}")
    expect(put["reads_before_write"] > put["busy"], f"{call}: it writes while the port is not "
           "ready, and the byte that waits there is lost",
           expected="a write after a line status with bit 5 (holding register empty) set",
           got=f"a write after {_reads(put['reads_before_write'])}")
    expect_equal(f"{call}: the number of bytes written", put["writes"], 1)
    expect_equal(f"{call}: the byte that arrived", put["written"], put["byte"])
    expect_equal(f"{call}: what it returned", bool(put["returned"]), True)


def check_dead(put: dict[str, Any]) -> None:
    """One byte at a port that never gets ready."""
    call = f"uart_put_byte({put['byte']:#04x}) at a port that never gets ready"
    _check_registers(call, put)
    expect_equal(f"{call}: the number of bytes written", put["writes"], 0)
    expect_equal(f"{call}: the number of status reads (UART_POLL_LIMIT)", put["status_reads"],
                 POLL_LIMIT)
    expect_equal(f"{call}: what it returned", bool(put["returned"]), False)


def check_serial(what: str, got: str, expected: str) -> None:
    """Compares what came out of QEMU's serial port, byte by byte."""
    if got == expected:
        return
    at = next((index for index, pair in enumerate(zip(got, expected)) if pair[0] != pair[1]),
              min(len(got), len(expected)))
    raise Failure(f"{what}: the serial console has other bytes from byte {at} on",
                  expected=f"{expected[at:at + SHOWN]!r} ({len(expected)} bytes in all)",
                  got=f"{got[at:at + SHOWN]!r} ({len(got)} bytes in all)")


def _check_registers(call: str, put: dict[str, Any]) -> None:
    expect(put["strange_accesses"] == 0, f"{call}: it uses the port in another way",
           expected="only reads of the line status (0x3fd) and writes of data (0x3f8)",
           got=f"another access, to port {put['strange_port']:#x}")


def _reads(count: int) -> str:
    return f"{count} status read{'' if count == 1 else 's'}"
