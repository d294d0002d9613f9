"""How a run ended, told from what the guest wrote to the debug port and what the machine logged.

The serial console belongs to the kernel; what it says there proves nothing. machine_stop() writes
`stop: done` or `stop: panic` to port 0xE9, and an exercise that is not written yet writes
`unwritten: id (function)` there. Of a triple fault the machine itself tells: Bochs in its log,
QEMU through its control protocol (watch.py).
"""

from __future__ import annotations

import enum
import json
import re
from dataclasses import dataclass
from pathlib import Path

STOP = re.compile(r"stop: (done|panic)")
UNWRITTEN = re.compile(r"unwritten: ([\w-]+) \((\w+)\)")
BOCHS_TRIPLE_FAULT = re.compile(r"3rd \(\d+\) exception")
BOCHS_PLACE = re.compile(r"\] [0-9a-f]{4}:([0-9a-f]{16}) ")
REGISTER = re.compile(r"\b(RIP|RSP|CR2)=([0-9a-fA-F]+)")


class End(enum.Enum):
    """The ways in which a run can end, each with the sentence that tells it."""

    DONE = "the kernel finished"
    PANIC = "the kernel panicked; the lines after PANIC: tell why"
    UNWRITTEN = "the kernel stopped at an exercise that is not written yet"
    TRIPLE_FAULT = "triple fault: the CPU could deliver neither an exception nor a double fault"
    LEFT = "the machine was ended from outside"


@dataclass(frozen=True)
class Unwritten:
    """An exercise that the kernel called although it is not written yet."""

    exercise: str
    function: str


@dataclass(frozen=True)
class Outcome:
    """What one run came to."""

    end: End
    unwritten: tuple[Unwritten, ...]
    registers: str = ""     # where the CPU stood at a triple fault

    @property
    def failed(self) -> bool:
        """Whether the run ended as no finished kernel does."""
        return self.end not in (End.DONE, End.LEFT)

    def sentence(self) -> str:
        """The end in one line."""
        return self.end.value + (f" ({self.registers})" if self.registers else "")


def read_outcome(debug_text: str, fault: str | None, stopped_early: bool = False) -> Outcome:
    """Judges a run by what it wrote to the debug port, the machine's report of a triple fault if
    there was one, and whether the exit port was used by an exercise that is not written yet."""
    unwritten = tuple(Unwritten(*match) for match in UNWRITTEN.findall(debug_text))
    stop = STOP.search(debug_text)
    if stop:
        return Outcome(End.DONE if stop.group(1) == "done" else End.PANIC, unwritten)
    if fault is not None:
        return Outcome(End.TRIPLE_FAULT, unwritten, first_registers(fault))
    return Outcome(End.UNWRITTEN if stopped_early else End.LEFT, unwritten)


def bochs_fault(log: str, output: str) -> str | None:
    """What Bochs tells about a triple fault: the fault in its log, the place in its output, where
    its debugger shows the last instruction."""
    if not BOCHS_TRIPLE_FAULT.search(log):
        return None
    place = BOCHS_PLACE.search(output)
    return f"RIP={place.group(1)}" if place else ""


def first_registers(dump: str) -> str:
    """The registers that say most about a triple fault, out of all of them."""
    first: dict[str, str] = {}
    for name, value in REGISTER.findall(dump):
        first.setdefault(name, f"{name}={value.lower()}")
    return ", ".join(first.values())


def handout_of(exercise: str, stage_file: Path) -> str:
    """Where the tree at stage_file (its stage.json) explains an exercise; empty if nowhere."""
    try:
        exercises = json.loads(stage_file.read_text())["exercises"]
    except (OSError, ValueError, KeyError):
        return ""
    for entry in exercises:
        if entry.get("id") == exercise:
            return f"labs/{entry['stage']}/handout.md#{entry['section']}"
    return ""
