"""Guest memory seen from outside: QEMU and the grader map the same memory."""

from __future__ import annotations

import mmap
import os
import struct
from pathlib import Path

from ..errors import BadAddress

GIB = 1 << 30

# QEMU's "pc" board leaves a hole for devices below 4 GB: a machine with at least 3.5 GB has its
# first 3 GB there and the rest above 4 GB (hw/i386/pc_piix.c, pc_init1).
SPLIT_FROM = 0xE000_0000
SPLIT_BELOW = 3 * GIB
SPLIT_ABOVE = 4 * GIB


class SharedMemory:
    """Memory without a name in any file system, which QEMU opens by way of this process: so nothing
    is left behind, however either of them ends."""

    def __init__(self, size: int) -> None:
        self._descriptor = os.memfd_create("microk-ram")
        os.ftruncate(self._descriptor, size)
        self.path = Path(f"/proc/{os.getpid()}/fd/{self._descriptor}")

    def map(self) -> "GuestRam":
        """The memory, for the grader to look at."""
        return GuestRam(mmap.mmap(self._descriptor, 0))

    def close(self) -> None:
        """Gives up this process's hold; what is mapped stays."""
        os.close(self._descriptor)


class GuestRam:
    """Physical memory by physical address. Reads see what the guest wrote last."""

    def __init__(self, buffer: bytearray | mmap.mmap) -> None:
        self._buffer = buffer
        self.size = len(buffer)
        self._below = SPLIT_BELOW if self.size >= SPLIT_FROM else self.size

    def close(self) -> None:
        """Unmaps the memory."""
        if isinstance(self._buffer, mmap.mmap):
            self._buffer.close()

    def read(self, address: int, length: int) -> bytes:
        """`length` bytes from a physical address on."""
        start = self._offset(address, length)
        return bytes(self._buffer[start:start + length])

    def write(self, address: int, data: bytes) -> None:
        """Writes bytes at a physical address."""
        start = self._offset(address, len(data))
        self._buffer[start:start + len(data)] = data

    def words(self, address: int, count: int) -> tuple[int, ...]:
        """`count` 64-bit words from a physical address on."""
        start = self._offset(address, 8 * count)
        return struct.unpack_from(f"<{count}Q", self._buffer, start)

    def _offset(self, address: int, length: int) -> int:
        end = address + length
        if 0 <= address and end <= self._below:
            return address
        offset = address - SPLIT_ABOVE + self._below
        if address >= SPLIT_ABOVE and offset + length <= self.size:
            return offset
        raise BadAddress(f"there is no memory at physical address {address:#x}")
