"""A stopped machine as the tests and the invariants see it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from .image.kernel_image import KernelImage
from .image.views import KernelView
from .machine import paging
from .machine.address_space import AddressSpace
from .machine.ram import GuestRam
from .machine.registers import Registers


@dataclass(frozen=True)
class Snapshot:
    """Registers, memory and kernel of a machine, as long as it stays stopped."""

    registers: Registers
    ram: GuestRam
    image: KernelImage

    @functools.cached_property
    def memory(self) -> AddressSpace:
        """Memory by virtual address."""
        return AddressSpace(self.ram, self.registers.cr3)

    @functools.cached_property
    def kernel(self) -> KernelView:
        """The kernel's variables: `snapshot.kernel.threads[3].state.name`."""
        return KernelView(self.image.debug_info, self.memory)

    @functools.cached_property
    def mappings(self) -> list[paging.Region]:
        """Everything that the page tables map."""
        return paging.regions(self.ram, self.registers.cr3)

    def place(self, address: int) -> str:
        """An address for a reader: with the function it lies in, where there is one."""
        function = self.image.symbols.function_at(address)
        return f"{address:#x} ({function})" if function else f"{address:#x}"
