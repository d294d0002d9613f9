"""Each waiting thread's saved registers: such that it can go on where it was; and where that is."""

from __future__ import annotations

from typing import Any, Iterator

from ..image.views import address_of
from ..machine.paging import PAGE, Region, translate
from ..machine.registers import INTERRUPT_FLAG
from ..places import callers
from ..snapshot import Snapshot
from .descriptors import CONTEXT_SIZE
from .queues import label

NEEDS = "sched"

SHOWN = 16              # threads in a list

KERNEL_CODE, KERNEL_DATA = 0x08, 0x10
WITHOUT_CONTEXT = ("THREAD_UNUSED", "THREAD_RUNNING", "THREAD_ENDED")
RESERVED_FLAG = 1 << 1      # always 1, Intel SDM Vol. 1 figure 3-8
FORBIDDEN_FLAGS = {8: "TF", 10: "DF", 14: "NT", 17: "VM", 18: "AC"}


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with the threads' registers and stacks."""
    found: list[str] = []
    for thread in snapshot.kernel.threads:
        if thread.state.name not in WITHOUT_CONTEXT:
            found += _registers(thread, snapshot)
            found += _stack(thread, snapshot)
    return found + _save_area(snapshot)


def standing(snapshot: Snapshot) -> list[str]:
    """A line for every thread: name, state, and the functions that it goes on in."""
    current = int(snapshot.kernel.sched.current)
    lines = []
    for thread in snapshot.kernel.threads:
        if thread.state.name != "THREAD_UNUSED":
            state = thread.state.name.removeprefix("THREAD_").lower()
            place = "the CPU runs it" if address_of(thread) == current else \
                callers(snapshot, thread.context.rip, thread.context.rbp)
            lines.append(f"  {thread.name.text():<16} {state:<9} {place}")
    more = [f"  and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return ["the threads:", *lines[:SHOWN], *more] if lines else []


def _registers(thread: Any, snapshot: Snapshot) -> Iterator[str]:
    context = thread.context
    if not snapshot.image.symbols.function_at(context.rip):
        yield _says(thread, "rip", "an address in the kernel's text", context.rip)
    if context.cs != KERNEL_CODE:
        yield _says(thread, "cs", f"{KERNEL_CODE:#x}", context.cs)
    if context.ss not in (KERNEL_DATA, 0):
        yield _says(thread, "ss", f"{KERNEL_DATA:#x}", context.ss)
    if not context.rflags & INTERRUPT_FLAG:
        yield _says(thread, "rflags", "IF (bit 9) set: a thread runs with interrupts on",
                    context.rflags)
    if not context.rflags & RESERVED_FLAG:
        yield _says(thread, "rflags", "bit 1 set, as it always is", context.rflags)
    for bit, name in FORBIDDEN_FLAGS.items():
        if context.rflags >> bit & 1:
            yield _says(thread, "rflags", f"{name} (bit {bit}) clear", context.rflags)


def _stack(thread: Any, snapshot: Snapshot) -> Iterator[str]:
    """The stack pointer is on the thread's own stack, and below that nothing is mapped."""
    region = _region_of(thread.context.rsp - 1, snapshot)
    if region is None or region.physical != thread.stack_frames:
        yield _says(thread, "rsp", f"an address on its own stack (physical "
                    f"{thread.stack_frames:#x} on)", thread.context.rsp)
    elif translate(snapshot.ram, snapshot.registers.cr3, region.virtual - PAGE) is not None:
        yield (f"{label(thread)}: expected a guard page below its stack, got a mapping at "
               f"{region.virtual - PAGE:#x}")


def _region_of(address: int, snapshot: Snapshot) -> Region | None:
    return next((region for region in snapshot.mappings
                 if region.virtual <= address < region.end), None)


def _save_area(snapshot: Snapshot) -> list[str]:
    """IST1, where the CPU saves most interruptions, is the end of the current thread's context."""
    current = snapshot.kernel.sched.current
    task = snapshot.registers.segments.get("tr")
    if not current or task is None:
        return []
    ist1 = int.from_bytes(snapshot.memory.read(task.base + 36, 8), "little")
    expected = address_of(current.context) + CONTEXT_SIZE
    if ist1 != expected:
        return [f"expected the CPU to save into the current thread's context (IST1 = "
                f"{expected:#x}, {label(current.target)}), got {ist1:#x}"]
    return []


def _says(thread: Any, register: str, expected: str, got: int) -> str:
    return f"{label(thread)}: saved {register}: expected {expected}, got {got:#x}"
