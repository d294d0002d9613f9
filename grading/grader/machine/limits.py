"""Why machines stop, and how far they may run.

Limits are counted in the guest's own time, which is exact and does not depend on how busy the host
is: executed instructions, and seconds of guest time. Time that a guest sleeps away is skipped, not
waited for, unless the machine has a disk. The limit in real time only catches what stops guest time
itself.
"""

from __future__ import annotations

import enum
import time
from dataclasses import dataclass
from typing import Optional

from .registers import Registers


class StopReason(enum.Enum):
    """Why a machine stopped running."""

    BREAKPOINT = "breakpoint"
    RESET = "triple fault"
    POWER_OFF = "power off"
    HALTED = "halted with interrupts off"
    ASLEEP = "halted, and nothing will wake it"
    GUEST_LIMIT = "limit of guest time"
    OUTPUT_LIMIT = "limit of output"
    WALL_LIMIT = "limit of real time"


# What stays true when the machine is looked at more closely.
UNDENIABLE = (StopReason.ASLEEP, StopReason.WALL_LIMIT)


@dataclass(frozen=True)
class Limits:
    """How far one machine may run."""

    instructions: int = 400_000_000     # of all its resumes together
    seconds: int = 60                   # of guest time, of one resume
    wall: float = 120.0                 # seconds of real time, of all resumes together
    output: int = 256 << 10             # bytes on both ports together


@dataclass(frozen=True)
class Clock:
    """The guest's own time since it was switched on."""

    instructions: int
    seconds: int


def is_dead(registers: Registers) -> bool:
    """Halted with interrupts off: nothing in the machine will ever happen again."""
    return registers.halted and not registers.interrupts_on


class Standstill:
    """For how long the guest's clock has not moved."""

    def __init__(self) -> None:
        self._clock: Optional[Clock] = None
        self._since = 0.0

    def seconds(self, clock: Clock) -> float:
        """Takes the newest reading of the clock."""
        if clock != self._clock:
            self._clock, self._since = clock, time.monotonic()
        return time.monotonic() - self._since
