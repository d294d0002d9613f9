"""Each waiting thread's saved registers: such that it can go on where it was; and where that is."""

from __future__ import annotations

from typing import Any, Iterator

from ..image.views import address_of, has_field
from ..machine.paging import PAGE, Region, translate
from ..places import callers
from ..snapshot import Snapshot
from ..threads import (WITHOUT_CONTEXT, flags_always, label, runs_program, saved_register,
                       threads_of)
from .descriptors import CONTEXT_SIZE

NEEDS = "sched"

SHOWN = 16              # threads in a list

KERNEL_CODE, KERNEL_DATA = 0x08, 0x10
FORBIDDEN_FLAGS = {8: "TF", 10: "DF", 14: "NT", 17: "VM", 18: "AC"}


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with the registers and stacks of the kernel's own threads. (Those
    that run programs have a check of their own.)"""
    found: list[str] = []
    for thread in threads_of(snapshot):
        if thread.state.name not in WITHOUT_CONTEXT and not runs_program(thread, snapshot):
            found += _registers(thread, snapshot)
            found += _stack(thread, snapshot) if has_field(thread, "stack_frames") else []
    return found + _save_area(snapshot)


def standing(snapshot: Snapshot) -> list[str]:
    """A line for every thread: name, state, and the functions that it goes on in."""
    current = int(snapshot.kernel.sched.current)
    lines = []
    for thread in threads_of(snapshot):
        state = thread.state.name.removeprefix("THREAD_").lower()
        place = "the CPU runs it" if address_of(thread) == current else \
            "" if thread.state.name in WITHOUT_CONTEXT else callers(snapshot, thread)
        lines.append(f"  {thread.name.text():<16} {state:<9} {place}".rstrip())
    more = [f"  and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return ["the threads:", *lines[:SHOWN], *more] if lines else []


def _registers(thread: Any, snapshot: Snapshot) -> Iterator[str]:
    context = thread.context
    if not snapshot.image.symbols.function_at(context.rip):
        yield saved_register(thread, "rip", "an address in the kernel's text", context.rip)
    if context.cs != KERNEL_CODE:
        yield saved_register(thread, "cs", f"{KERNEL_CODE:#x}", context.cs)
    if context.ss not in (KERNEL_DATA, 0):
        yield saved_register(thread, "ss", f"{KERNEL_DATA:#x}", context.ss)
    yield from flags_always(thread)
    for bit, name in FORBIDDEN_FLAGS.items():
        if context.rflags >> bit & 1:
            yield saved_register(thread, "rflags", f"{name} (bit {bit}) clear", context.rflags)


def _stack(thread: Any, snapshot: Snapshot) -> Iterator[str]:
    """The stack pointer is on the thread's own stack, and below that nothing is mapped."""
    region = _region_of(thread.context.rsp - 1, snapshot)
    if region is None or region.physical != thread.stack_frames:
        yield saved_register(thread, "rsp", "an address on its own stack (physical "
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
