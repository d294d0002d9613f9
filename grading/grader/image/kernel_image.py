"""A built kernel: the file to boot, and what its debug information tells about it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Optional

from .dwarf import DebugInfo
from .symbols import SymbolTable, open_elf


class KernelImage:
    """One build folder's kernel. Machines in several threads may share it."""

    def __init__(self, build: Path) -> None:
        self.bootable = build / "microk.elf"
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
