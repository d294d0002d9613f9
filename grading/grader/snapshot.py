"""A stopped machine as the tests and the invariants see it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from .errors import KernelMismatch
from .image.image import Image
from .image.kernel_image import KernelImage, ProgramImage
from .image.views import KernelView, has_field
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
    programs: Mapping[str, ProgramImage] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict, compare=False)  # read once, by whom it says

    @functools.cached_property
    def memory(self) -> AddressSpace:
        """Memory by virtual address, as the CPU sees it."""
        return AddressSpace(self.ram, self.registers.cr3)

    def memory_of(self, thread: Any) -> AddressSpace:
        """Memory as a thread sees it: by its own page tables, where it has some."""
        root = thread.root if has_field(thread, "root") else 0
        return AddressSpace(self.ram, root) if root else self.memory

    @functools.cached_property
    def kernel(self) -> KernelView:
        """The kernel's variables: `snapshot.kernel.sched.current.state.name`."""
        return KernelView(self.image.debug_info, self.memory)

    def variables_of(self, thread: Any) -> KernelView:
        """The variables of the program that a thread runs, as `kernel` shows the kernel's."""
        name = thread.name.text()
        if name not in self.programs:
            raise KernelMismatch(f'there is a thread "{name}", but no program of this name')
        return KernelView(self.programs[name].debug_info, self.memory_of(thread))

    @functools.cached_property
    def mappings(self) -> list[paging.Region]:
        """Everything that the page tables map."""
        return paging.regions(self.ram, self.registers.cr3)

    def image_at(self, address: int, program: str = "") -> Optional[Image]:
        """Whose code an address is: the kernel's, else that of the program of this name, else of
        any program. (Several may have the same addresses.)"""
        preferred = [self.programs[program]] if program in self.programs else []
        images: list[Image] = [self.image, *preferred, *self.programs.values()]
        return next((image for image in images if image.symbols.function_at(address)), None)

    def function_at(self, address: int, program: str = "") -> Optional[str]:
        """`name` or `name+0x1f`: the function that an address lies in."""
        image = self.image_at(address, program)
        return image.symbols.function_at(address) if image else None

    def place(self, address: int, program: str = "") -> str:
        """An address for a reader: with the function it lies in, where there is one."""
        function = self.function_at(address, program)
        return f"{address:#x} ({function})" if function else f"{address:#x}"
