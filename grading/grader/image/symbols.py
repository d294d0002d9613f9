"""The symbols and sections of a built kernel (build/microk.debug)."""

from __future__ import annotations

import bisect
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from ..errors import InfrastructureError, KernelMismatch

WRITABLE = 0x1    # SHF_WRITE
ALLOCATED = 0x2   # SHF_ALLOC
EXECUTABLE = 0x4  # SHF_EXECINSTR


@dataclass(frozen=True)
class Section:
    """A part of the image as it stands in memory."""

    name: str
    start: int
    end: int
    executable: bool
    writable: bool


class SymbolTable:
    """Addresses by name, functions by address."""

    def __init__(self, elf: ELFFile) -> None:
        self._addresses: dict[str, set[int]] = {}
        self._functions: list[tuple[int, bool, str]] = []   # address, is declared as one, name
        self.sections = [section for section in _sections(elf) if section.end > section.start]
        for name, address, is_code, declared in _symbols(elf, self.sections):
            self._addresses.setdefault(name, set()).add(address)
            if is_code:
                self._functions.append((address, declared, name))
        self._functions.sort()

    def find(self, name: str) -> Optional[int]:
        """The address of the one symbol of this name, or None."""
        addresses = self._addresses.get(name, set())
        if len(addresses) > 1:
            raise KernelMismatch(f"the kernel defines the symbol {name} {len(addresses)} times")
        return next(iter(addresses), None)

    def address(self, name: str) -> int:
        """The address of a symbol that has to be there."""
        address = self.find(name)
        if address is None:
            raise KernelMismatch(f"the kernel has no symbol {name}, which the grader looks for")
        return address

    def function_at(self, address: int) -> Optional[str]:
        """`name` or `name+0x1f`: the function that an address lies in, if it lies in code."""
        if not any(part.executable and part.start <= address < part.end for part in self.sections):
            return None
        index = bisect.bisect_right(self._functions, (address, True, "\U0010FFFF")) - 1
        if index < 0:
            return None
        start, _, name = self._functions[index]
        return name if start == address else f"{name}+{address - start:#x}"

    @property
    def start(self) -> int:
        """The image's first address."""
        return min(section.start for section in self.sections)

    @property
    def end(self) -> int:
        """One past the image's last address."""
        return max(section.end for section in self.sections)


def open_elf(path: Path) -> ELFFile:
    """Reads an ELF file; what is not one is infrastructure trouble."""
    try:
        return ELFFile(io.BytesIO(path.read_bytes()))
    except (OSError, ELFError) as error:
        raise InfrastructureError(f"{path} cannot be read as an ELF file: {error}") from error


def _sections(elf: ELFFile) -> Iterator[Section]:
    for section in elf.iter_sections():
        if section["sh_flags"] & ALLOCATED:
            start = section["sh_addr"]
            yield Section(section.name, start, start + section["sh_size"],
                          bool(section["sh_flags"] & EXECUTABLE),
                          bool(section["sh_flags"] & WRITABLE))


def _symbols(elf: ELFFile, sections: list[Section]) -> Iterator[tuple[str, int, bool, bool]]:
    """(name, address, is code, is declared as a function); a NASM label inside a routine
    (`routine.loop`) is no function, and a linker script's name stands behind one."""
    table = elf.get_section_by_name(".symtab")
    if not isinstance(table, SymbolTableSection):
        raise InfrastructureError("the kernel has no symbol table")
    code = [(section.start, section.end) for section in sections if section.executable]
    for symbol in table.iter_symbols():
        kind = symbol["st_info"]["type"]
        if not symbol.name or kind in ("STT_FILE", "STT_SECTION") \
                or symbol["st_shndx"] == "SHN_UNDEF":
            continue
        address = symbol["st_value"]
        is_code = kind == "STT_FUNC" or kind == "STT_NOTYPE" and "." not in symbol.name \
            and any(start <= address < end for start, end in code)
        yield symbol.name, address, is_code, kind == "STT_FUNC"
