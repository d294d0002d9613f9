"""A built kernel: the file to boot, and what its debug information tells about it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Optional

from ..errors import KernelMismatch
from .dwarf import DebugInfo
from .symbols import SymbolTable, open_elf


class KernelImage:
    """One build folder's kernel. Machines in several threads may share it."""

    def __init__(self, build: Path) -> None:
        self.bootable = build / "microk.elf"    # the same, without debug information
        self.path = build / "microk.debug"
        self._elf = open_elf(self.path)
        self._lock = threading.Lock()
        self._debug_info: Optional[DebugInfo] = None
        self.symbols = SymbolTable(self._elf)

    @property
    def debug_info(self) -> DebugInfo:
        """Variables and types; read when somebody first needs them."""
        with self._lock:
            if self._debug_info is None:
                self._debug_info = DebugInfo(self._elf)
            return self._debug_info

    def patched(self, variable: str, value: int) -> bytes:
        """The bootable file with another initial value of a 64-bit variable."""
        address = self.symbols.address(variable)
        data = bytearray(self.bootable.read_bytes())
        for segment in self._elf.iter_segments("PT_LOAD"):
            offset = address - segment["p_vaddr"]
            if 0 <= offset <= segment["p_filesz"] - 8:
                place = _file_offset(self.bootable, segment["p_vaddr"]) + offset
                data[place:place + 8] = value.to_bytes(8, "little")
                return bytes(data)
        raise KernelMismatch(f"the variable {variable} is not in the kernel's file")


def _file_offset(path: Path, virtual: int) -> int:
    """Where a segment begins in a file."""
    for segment in open_elf(path).iter_segments("PT_LOAD"):
        if segment["p_vaddr"] == virtual:
            return int(segment["p_offset"])
    raise KernelMismatch(f"{path.name} and its debug information do not fit together")
