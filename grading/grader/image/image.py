"""A built ELF file: what is loaded, and what its debug information tells about it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Mapping, Optional

from ..errors import KernelMismatch
from .dwarf import DebugInfo
from .symbols import SymbolTable, open_elf


class Image:
    """A kernel or a program. Machines in several threads may share it."""

    def __init__(self, loadable: Path, debug: Path) -> None:
        self.bootable = loadable    # the same, without debug information
        self.path = debug
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

    def patched(self, values: Mapping[str, bytes]) -> bytes:
        """The loadable file with other initial values of some variables."""
        data = bytearray(self.bootable.read_bytes())
        for variable, value in values.items():
            place = self._place(variable, len(value))
            data[place:place + len(value)] = value
        return bytes(data)

    def _place(self, variable: str, size: int) -> int:
        """Where a variable's initial value stands in the loadable file."""
        address = self.symbols.address(variable)
        for segment in self._elf.iter_segments("PT_LOAD"):
            offset = address - segment["p_vaddr"]
            if 0 <= offset <= segment["p_filesz"] - size:
                return _file_offset(self.bootable, segment["p_vaddr"]) + offset
        raise KernelMismatch(f"the variable {variable} is not in the file {self.bootable.name}")


def _file_offset(path: Path, virtual: int) -> int:
    """Where a segment begins in a file."""
    for segment in open_elf(path).iter_segments("PT_LOAD"):
        if segment["p_vaddr"] == virtual:
            return int(segment["p_offset"])
    raise KernelMismatch(f"{path.name} and its debug information do not fit together")
