"""The CPU's registers, as QEMU's monitor prints them ("info registers")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

INTERRUPT_FLAG = 1 << 9  # RFLAGS.IF, Intel SDM Vol. 1 3.4.3.3

GENERAL = ("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp",
           "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15")

_PLAIN = re.compile(r"\b(R[A-DSI0-9][XIP0-9]?|RBP|RSP|RFL|CR[0234]|EFER) *=([0-9a-f]+)")
_SEGMENT = re.compile(r"^([CDEFGS]S|LDT|TR) *=([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)",
                      re.MULTILINE)
_TABLE = re.compile(r"^([GI]DT) *= +([0-9a-f]+) ([0-9a-f]+)", re.MULTILINE)
_STATE = re.compile(r"\bCPL=(\d).*\bHLT=(\d)")


@dataclass(frozen=True)
class Segment:
    """A segment register with the descriptor that the CPU loaded for it."""

    selector: int
    base: int
    limit: int


@dataclass(frozen=True)
class Table:
    """GDTR or IDTR."""

    base: int
    limit: int


@dataclass(frozen=True)
class Registers:
    """One CPU at one moment. `plain` holds rax..r15, rip, rflags, cr0, cr2, cr3, cr4 and efer."""

    plain: dict[str, int]
    segments: dict[str, Segment] = field(default_factory=dict)
    gdt: Table = Table(0, 0)
    idt: Table = Table(0, 0)
    privilege: int = 0
    halted: bool = False

    def __getattr__(self, name: str) -> int:
        try:
            return self.__dict__["plain"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def interrupts_on(self) -> bool:
        """Whether RFLAGS.IF lets interrupts in."""
        return bool(self.plain["rflags"] & INTERRUPT_FLAG)

    def text(self) -> str:
        """The registers that matter to a reader, four a line."""
        def line(*names: str) -> str:
            return "  ".join(f"{name:<7}{self.plain[name]:016x}" for name in names)

        return "\n".join([
            line("rip", "rsp", "rbp", "rflags"), line("rax", "rbx", "rcx", "rdx"),
            line("rsi", "rdi", "r8", "r9"), line("r10", "r11", "r12", "r13"),
            line("r14", "r15", "cr2", "cr3"), line("cr0", "cr4", "efer"),
        ])


def parse_registers(text: str) -> Registers:
    """Reads the output of the monitor's `info registers`, of a 32-bit or a 64-bit CPU mode."""
    text = re.sub(r"\bE([A-DSI][XIP]|BP|SP|IP|FL) *=", r"R\1=", text)
    plain = {name: 0 for name in (*GENERAL, "rip", "rflags", "cr0", "cr2", "cr3", "cr4", "efer")}
    for name, value in _PLAIN.findall(text):
        plain["rflags" if name == "RFL" else name.lower()] = int(value, 16)
    segments = {name.lower(): Segment(int(selector, 16), int(base, 16), int(limit, 16))
                for name, selector, base, limit, _ in _SEGMENT.findall(text)}
    tables = {name.lower(): Table(int(base, 16), int(limit, 16))
              for name, base, limit in _TABLE.findall(text)}
    state = _STATE.search(text)
    return Registers(plain, segments,
                     tables.get("gdt", Table(0, 0)), tables.get("idt", Table(0, 0)),
                     int(state.group(1)) if state else 0, bool(state and state.group(2) == "1"))
