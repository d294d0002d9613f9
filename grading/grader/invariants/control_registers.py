"""Control registers: paging on with all its protections, long mode, no surprises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from ..snapshot import Snapshot

NEEDS = "kernel_stacks"


@dataclass(frozen=True)
class Bit:
    """A bit that must have a value, and why."""

    register: str
    number: int
    name: str
    value: int
    why: str


# Intel SDM Vol. 3A 2.5 (CR0, CR4) and 2.2.1 (EFER).
BITS = (
    Bit("cr0", 0, "PE", 1, "the CPU is not in protected mode"),
    Bit("cr0", 2, "EM", 0, "it asks for a floating point unit in software"),
    Bit("cr0", 5, "NE", 1, "floating point errors would come as an interrupt of the PC's chipset"),
    Bit("cr0", 16, "WP", 1, "without it the kernel can write to read-only pages"),
    Bit("cr0", 29, "NW", 0, "caches would not be written through"),
    Bit("cr0", 30, "CD", 0, "the caches are off"),
    Bit("cr0", 31, "PG", 1, "paging is off"),
    Bit("cr4", 5, "PAE", 1, "long mode needs it"),
    Bit("efer", 8, "LME", 1, "long mode is not enabled"),
    Bit("efer", 10, "LMA", 1, "long mode is not active"),
    Bit("efer", 11, "NXE", 1, "without it no page can be kept from being executed"),
)


def violations(snapshot: Snapshot) -> list[str]:
    """Every bit that is not as it has to be."""
    return wrong_bits(BITS, snapshot)


def wrong_bits(bits: Sequence[Bit], snapshot: Snapshot) -> list[str]:
    """A sentence for each bit that has the other value."""
    found = []
    for bit in bits:
        value = getattr(snapshot.registers, bit.register)
        if value >> bit.number & 1 != bit.value:
            found.append(f"{bit.register.upper()}.{bit.name} (bit {bit.number}): expected "
                         f"{bit.value}, got {1 - bit.value} ({bit.register.upper()} = {value:#x}): "
                         f"{bit.why}")
    return found
