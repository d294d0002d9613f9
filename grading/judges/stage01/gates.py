"""Gates of the interrupt descriptor table, field by field (Intel SDM Vol. 3A 6.14.1)."""

from __future__ import annotations

from grader.expect import expect
from grader.snapshot import Snapshot
from .reading import words

EXCEPTIONS = 32
GATE_SIZE = 16
KERNEL_CODE = 0x08
PRESENT_INTERRUPT_GATE = 0x8E

# enum ist_index in gdt.h: exceptions go to the current context, these three to ones of their own.
IST_CONTEXT, IST_DOUBLE_FAULT, IST_NMI = 1, 2, 3
IST_OF_VECTOR = {2: IST_NMI, 8: IST_DOUBLE_FAULT, 18: IST_NMI}

FIELDS = (("offset_low", 0, 16), ("selector", 16, 16), ("ist", 32, 8), ("type", 40, 8),
          ("offset_mid", 48, 16), ("offset_high", 64, 32), ("reserved", 96, 32))


def check_gate(what: str, gate: int, entry: int, ist: int, privilege: int) -> None:
    """Judges the 128 bits of a gate."""
    kind = PRESENT_INTERRUPT_GATE | privilege << 5
    wanted = {"offset_low": entry & 0xFFFF, "offset_mid": entry >> 16 & 0xFFFF,
              "offset_high": entry >> 32, "selector": KERNEL_CODE, "ist": ist, "type": kind,
              "reserved": 0}
    for name, shift, bits in FIELDS:
        got = gate >> shift & (1 << bits) - 1
        words_of = _type_in_words if name == "type" else hex
        expect(got == wanted[name], f"{what}: field {name} is wrong",
               expected=words_of(wanted[name]), got=words_of(got))


def _type_in_words(value: int) -> str:
    kind = {0xE: "interrupt gate", 0xF: "trap gate"}.get(value & 0xF, f"type {value & 0xF:#x}")
    present = "present" if value & 0x80 else "not present"
    rest = ", bit 4 set" if value & 0x10 else ""
    return f"{value:#x}: {kind}, DPL {value >> 5 & 3}, {present}{rest}"


def check_live_table(snapshot: Snapshot) -> None:
    """The table at IDTR: each exception's gate leads to the entry point that entry.asm has."""
    table = snapshot.registers.idt
    expect(table.limit >= EXCEPTIONS * GATE_SIZE - 1, "the CPU's interrupt descriptor table is too "
           "short", expected=f"room for {EXCEPTIONS} gates", got=f"a limit of {table.limit:#x}")
    entries = words(snapshot, snapshot.image.symbols.address("vector_entries"), EXCEPTIONS)
    for vector, entry in enumerate(entries):
        gate = snapshot.memory.read(table.base + GATE_SIZE * vector, GATE_SIZE)
        check_gate(f"the gate of exception {vector} in the CPU's table",
                   int.from_bytes(gate, "little"), entry, IST_OF_VECTOR.get(vector, IST_CONTEXT), 0)
