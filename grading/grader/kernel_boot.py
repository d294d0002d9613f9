"""A boot whose test is a function inside the kernel (guest/common/guest.h)."""

from __future__ import annotations

import secrets

from .boot import CHECKPOINT, FINISHED, GO_ON, Boot
from .channel import Value
from .errors import InfrastructureError
from .machine.registers import Registers
from .plan import Plan
from .story import End

KEY = "guest_key"


def command_line(test: str, seed: int, append: str = "") -> str:
    """The kernel's command line: what chooses the test inside the guest."""
    return f"test={test} seed={seed:#x}" + (f" {append}" if append else "")


class KernelBoot(Boot):
    """Its reports come through the debug port, with this boot's key."""

    def __init__(self, plan: Plan, test: str) -> None:
        key = secrets.randbits(64)
        super().__init__(plan, plan.image.patched({KEY: key.to_bytes(8, "little")}), key)
        self.test = test
        self._stops = {plan.image.symbols.address(name): name for name in (CHECKPOINT, FINISHED)}
        for address in self._stops:
            self._running().add_breakpoint(address)

    def values(self, key: str) -> list[Value]:
        return self.channel.all(key)

    def _met(self, registers: Registers) -> str:
        name = self._stops.get(registers.rip) or self._kernel_place(registers)
        if name != FINISHED:
            return name
        if self.test in self.values("end"):
            self.end = End.DONE
            self._expect_program()
        return GO_ON

    def _expect_program(self) -> None:
        if self.values("unknown-test"):
            raise InfrastructureError(f"grading/guest has no guest_test_{self.test}()")
