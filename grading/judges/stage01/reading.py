"""Reading a test program's rows of inputs and results out of the stopped machine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional

from grader.boot import Boot
from grader.expect import Failure
from grader.image.views import Array, fields
from grader.invariants.descriptors import CONTEXT_SIZE, TSS_IST_OFFSET
from grader.snapshot import Snapshot
from grader.story import End

WORD = 8
PAGE_FAULT = 14


def rows(snapshot: Snapshot, array: str, count: Optional[int] = None) -> list[dict[str, Any]]:
    """The structures in one of the test program's arrays, or the first few of them."""
    found = getattr(snapshot.kernel, array)
    return [fields(found[index]) for index in range(len(found) if count is None else count)]


def integers(array: Array) -> list[int]:
    """An array of numbers or pointers as plain numbers."""
    return [int(element) for element in array]


def words(snapshot: Snapshot, address: int, count: int) -> list[int]:
    """`count` 64-bit words from a virtual address on."""
    data = snapshot.memory.read(address, WORD * count)
    return [int.from_bytes(data[at:at + WORD], "little") for at in range(0, len(data), WORD)]


def log_text(snapshot: Snapshot) -> str:
    """What printk has written, whether or not it came out of the serial port."""
    ring = snapshot.kernel.log_ring
    return ring.text.raw()[:ring.written].decode("latin-1")


def save_area(snapshot: Snapshot, ist: int) -> int:
    """The context that the CPU fills when a gate names this entry of the TSS, 1 to 7."""
    task = snapshot.registers.segments["tr"].base
    return words(snapshot, task + TSS_IST_OFFSET + WORD * (ist - 1), 1)[0] - CONTEXT_SIZE


def expect_same(what: str, got: str, expected: str) -> None:
    """Fails unless two texts for a reader are the same. `what` is a whole sentence's start."""
    if got != expected:
        raise Failure(f"{what} is wrong", expected=expected, got=got)


@contextmanager
def naming(boot: Boot, describe: Callable[[Snapshot], str]) -> Iterator[None]:
    """A boot that ends inside does so in the middle of something: the failure says in what."""
    try:
        yield
    except Failure as failure:
        if boot.end is not End.UNWRITTEN:
            where = f"it happened in {describe(boot.snapshot())}"
            failure.hint = f"{failure.hint}\n{where}" if failure.hint else where
        raise
