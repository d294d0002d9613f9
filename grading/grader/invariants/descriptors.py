"""IDT, GDT and TSS, as the CPU has them loaded (Intel SDM Vol. 3A chapters 3, 6 and 7)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Iterator

from ..expect import listed
from ..image.views import address_of, has
from ..machine.registers import Table
from ..snapshot import Snapshot
from ..threads import are_objects, threads_of

NEEDS = "kernel_stacks"

EXCEPTIONS = 32
VECTORS = 256
GATE_SIZE = 16
INTERRUPT_GATE = 0xE        # Intel SDM Vol. 3A table 3-2
LONG_MODE = 1 << 53         # L, of a code segment descriptor
PRESENT = 1 << 47
PRIVILEGE = 3 << 45
EXECUTABLE = 1 << 43
TSS_IST_OFFSET = 36         # Intel SDM Vol. 3A figure 7-11
TSS_SIZE = 104
CONTEXT_SIZE = 176          # struct context: what an entry saves below an IST pointer


@dataclass(frozen=True)
class Gate:
    """A decoded gate of the IDT."""

    vector: int
    entry: int
    selector: int
    ist: int
    type: int
    privilege: int
    present: bool
    reserved: int


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that is wrong with the CPU's descriptor tables."""
    registers = snapshot.registers
    found = [*_place("IDT", registers.idt, snapshot), *_place("GDT", registers.gdt, snapshot)]
    if found:
        return found
    stacks = list(_ist(snapshot))
    table = list(gates(snapshot))
    missing = [str(gate.vector) for gate in table[:EXCEPTIONS] if not gate.present]
    if missing:
        found.append(f"expected a gate for each of the {EXCEPTIONS} exceptions, got none that is "
                     f"present for {listed(missing)}")
    for gate in table:
        found += _gate(gate, snapshot) if gate.present else []
    used = {gate.ist for gate in table if gate.present}
    return found + [sentence for ist in sorted(used - {0})
                    for sentence in _save_area(ist, stacks, snapshot)]


def gates(snapshot: Snapshot) -> Iterator[Gate]:
    """The gates of the IDT that the CPU uses."""
    table = snapshot.registers.idt
    data = snapshot.memory.read(table.base, min(VECTORS * GATE_SIZE, table.limit + 1))
    for vector in range(len(data) // GATE_SIZE):
        low, selector, ist, kind, middle, high, reserved = struct.unpack_from(
            "<HHBBHII", data, vector * GATE_SIZE)
        yield Gate(vector, low | middle << 16 | high << 32, selector, ist & 7, kind & 0xF,
                   kind >> 5 & 3, bool(kind >> 7), reserved | ist >> 3)


def _place(name: str, table: Table, snapshot: Snapshot) -> list[str]:
    """A descriptor table lies inside the kernel's image, and the IDT has its exceptions."""
    symbols = snapshot.image.symbols
    end = table.base + table.limit + 1
    if not symbols.start <= table.base <= end <= symbols.end:
        return [f"expected the {name} inside the kernel's image ({symbols.start:#x} to "
                f"{symbols.end:#x}), got {table.base:#x} to {end:#x}"]
    if name == "IDT" and table.limit + 1 < EXCEPTIONS * GATE_SIZE:
        return [f"expected an IDT with at least {EXCEPTIONS} gates, got a limit of "
                f"{table.limit:#x}"]
    return []


def _gate(gate: Gate, snapshot: Snapshot) -> list[str]:
    where = f"the gate of vector {gate.vector}"
    found = []
    if gate.type != INTERRUPT_GATE:
        kind = "a trap gate, which leaves interrupts on" if gate.type == 0xF else f"{gate.type:#x}"
        found.append(f"{where}: expected type 0xe (64-bit interrupt gate), got {kind}")
    if not _is_text(gate.entry, snapshot):
        found.append(f"{where}: expected an entry point in the kernel's text, got "
                     f"{gate.entry:#x}")
    if not _is_kernel_code(gate.selector, snapshot):
        found.append(f"{where}: expected the selector of a 64-bit code segment of ring 0, got "
                     f"{gate.selector:#x}")
    if gate.reserved:
        found.append(f"{where}: expected reserved bits to be 0, got {gate.reserved:#x}")
    return found


def _is_text(address: int, snapshot: Snapshot) -> bool:
    return any(part.executable and part.start <= address < part.end
               for part in snapshot.image.symbols.sections)


def _is_kernel_code(selector: int, snapshot: Snapshot) -> bool:
    gdt = snapshot.registers.gdt
    if selector & 7 or selector == 0 or selector + 7 > gdt.limit:
        return False
    descriptor = int.from_bytes(snapshot.memory.read(gdt.base + selector, 8), "little")
    return bool(descriptor & PRESENT and descriptor & EXECUTABLE and descriptor & LONG_MODE
                and not descriptor & PRIVILEGE)


def _ist(snapshot: Snapshot) -> Iterator[int]:
    """The TSS's seven interrupt stack pointers; none where no TSS is loaded."""
    task = snapshot.registers.segments.get("tr")
    if task and task.base and task.limit >= TSS_SIZE - 1:
        yield from struct.unpack("<7Q", snapshot.memory.read(task.base + TSS_IST_OFFSET, 56))


def _save_area(ist: int, stacks: list[int], snapshot: Snapshot) -> list[str]:
    """Where the CPU saves an interruption: room for a context, in the image's data."""
    if ist > len(stacks):
        return [f"expected a TSS, since a gate uses IST{ist}; got none that is loaded"]
    end = stacks[ist - 1]
    start = end - CONTEXT_SIZE
    inside = any(part.writable and part.start <= start and end <= part.end
                 for part in snapshot.image.symbols.sections)
    if end % 16 or not (inside or _is_thread(start, snapshot)):
        return [f"expected IST{ist} to be the end of a context in the kernel's data, a multiple "
                f"of 16; got {end:#x}"]
    return []


def _is_thread(start: int, snapshot: Snapshot) -> bool:
    """Whether a context is a thread's that stands elsewhere: memory that was given for it."""
    return are_objects(snapshot) and any(address_of(thread.context) == start
                                                for thread in threads_of(snapshot))
