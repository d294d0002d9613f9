"""Guest memory by virtual address, through the page tables that the CPU uses."""

from __future__ import annotations

from ..errors import BadAddress
from . import paging
from .ram import GuestRam

KERNEL_HALF = 0xFFFF_8000_0000_0000  # from here on up addresses are the kernel's
KERNEL_BASE = 0xFFFF_FFFF_8000_0000  # the kernel's image: physical address plus this
IMAGE_LIMIT = 0x40_0000              # kernel.ld: no image is longer; behind it, other mappings


class AddressSpace:
    """One CPU's view of memory while the machine is stopped.

    The kernel's image is read by its fixed place, not through the page tables: so it can be looked
    into when the page tables are what is broken, or not made yet.
    """

    def __init__(self, ram: GuestRam, cr3: int) -> None:
        self.ram = ram
        self.cr3 = cr3
        self._pages: dict[int, int] = {}

    def read(self, address: int, length: int) -> bytes:
        """`length` bytes from a virtual address on."""
        parts = []
        while length > 0:
            size = min(length, paging.PAGE - address % paging.PAGE)
            parts.append(self.ram.read(self.physical(address), size))
            address, length = address + size, length - size
        return b"".join(parts)

    def text(self, address: int, limit: int = 256) -> str:
        """The NUL-terminated string at an address, cut off after `limit` bytes."""
        found = b""
        while len(found) < limit:
            size = min(limit - len(found), paging.PAGE - (address + len(found)) % paging.PAGE)
            part, end, _ = self.read(address + len(found), size).partition(b"\0")
            found += part
            if end:
                break
        return found.decode("utf-8", "replace")

    def physical(self, address: int) -> int:
        """The physical address behind a virtual one."""
        if KERNEL_BASE <= address < KERNEL_BASE + IMAGE_LIMIT:
            return address - KERNEL_BASE
        page = address & ~(paging.PAGE - 1)
        if page not in self._pages:
            physical = paging.translate(self.ram, self.cr3, page)
            if physical is None:
                raise BadAddress(f"nothing is mapped at address {address:#x}")
            self._pages[page] = physical
        return self._pages[page] + address % paging.PAGE
