"""What the grader's unit tests share: import paths, and a small kernel that never runs."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

GRADING = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(GRADING), str(GRADING.parent / "tools")]

from grader.image.kernel_image import KernelImage                           # noqa: E402
from grader.machine.address_space import KERNEL_BASE                        # noqa: E402
from grader.machine.paging import (LARGE, NO_EXECUTE, PAGE, PRESENT, SIGN,        # noqa: E402
                                    USER, WRITABLE)
from grader.machine.ram import GuestRam                                     # noqa: E402
from grader.machine.registers import Registers, Segment, Table              # noqa: E402
from grader.snapshot import Snapshot                                        # noqa: E402

WINDOW_BASE = 0xFFFF_8000_0000_0000
MEMORY = 8 << 20
TABLES = 6 << 20            # where page tables are put
OWN_TABLES = 0x680000       # those of one thread
PROGRAM_BASE = 0x10000000
PROGRAM_MEMORY = 0x420000   # physical: two pages for each program
STACKS = 4 << 20            # the threads' stacks, by physical address
STACK_AREA = KERNEL_BASE + 0x400000
SLOT = 8 * PAGE
DATA = PRESENT | WRITABLE | NO_EXECUTE

COMPILE = ("gcc", "-std=c11", "-O1", "-g", "-gdwarf-4", "-ffreestanding", "-fno-pic", "-fno-pie",
           "-mcmodel=kernel", "-fno-common", "-fno-asynchronous-unwind-tables",
           "-fcf-protection=none", "-c")
LINK = ("ld", "-nostdlib", "--build-id=none", "-z", "noexecstack", "-z", "max-page-size=0x1000",
        "--no-warn-rwx-segments", "-T")


@functools.cache
def small_image(source: str, *defined: str, headers: bool = False) -> KernelImage:
    """One file, compiled (with the kernel's own headers if it needs them) and linked as the kernel
    is; its file is open, and gone."""
    here = Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory(prefix="microk-unit-") as folder:
        include = ["-I", GRADING.parent / "kernel"] if headers else []
        subprocess.run([*COMPILE, *include, *(f"-D{name}" for name in defined), here / source, "-o",
                        f"{folder}/kernel.o"], check=True)
        subprocess.run([*LINK, here / "small_kernel.ld", f"{folder}/kernel.o", "-o",
                        f"{folder}/microk.debug"], check=True)
        return KernelImage(Path(folder))


class PageTables:
    """Makes page tables in guest memory."""

    def __init__(self, ram: GuestRam, start: int) -> None:
        self.ram, self.root = ram, start
        self._next = start + PAGE

    @property
    def used(self) -> int:
        """How many tables there are."""
        return (self._next - self.root) // PAGE

    def map(self, virtual: int, physical: int, flags: int, large: bool = False) -> None:
        """Maps one page of 4 KB (or 2 MB); flags 0 takes the mapping away."""
        table = self.root
        for shift in (39, 30) if large else (39, 30, 21):
            place = table + 8 * (virtual >> shift & 511)
            entry = self.ram.words(place, 1)[0]
            if not entry & PRESENT:
                entry = self._next | PRESENT | WRITABLE | (0 if virtual & SIGN else USER)
                self._next += PAGE
                self._write(place, entry)
            table = entry & 0x000F_FFFF_FFFF_F000
        place = table + 8 * (virtual >> (21 if large else 12) & 511)
        self._write(place, (physical | flags | (LARGE if large else 0)) if flags else 0)

    def _write(self, place: int, entry: int) -> None:
        self.ram.write(place, entry.to_bytes(8, "little"))


class SmallMachine:
    """The small kernel in memory, in a state in which every invariant holds."""

    def __init__(self, programs: bool = False, image: KernelImage | None = None) -> None:
        self.image = image or small_image("small_kernel.c", *["PROGRAMS"] if programs else [])
        self.ram = GuestRam(bytearray(MEMORY))
        self.tables = PageTables(self.ram, TABLES)
        self.own_tables = PageTables(self.ram, OWN_TABLES)  # of thread "two", with programs
        self._load()
        self._map()
        self._map_stacks()
        symbols = self.image.symbols
        plain = {name: 0 for name in ("rax", "rbp", "cr2")}
        plain |= {"rip": symbols.address("small_function"), "rflags": 0x202, "rsp": 0,
                  "cr0": 0x80010033, "cr3": TABLES, "cr4": 0x20, "efer": 0xD00}
        if programs:
            self._map_programs()
            plain |= {"cr4": 0x300820, "efer": 0xD01}
        self.plain = plain
        self.idt = Table(symbols.find("idt") or 0, 256 * 16 - 1)
        self.gdt = Table(symbols.find("gdt") or 0, 5 * 8 - 1)

    def snapshot(self) -> Snapshot:
        """The machine as it is now."""
        task = Segment(0x18, self.image.symbols.find("tss") or 0, 103)
        return Snapshot(Registers(dict(self.plain), {"tr": task}, self.gdt, self.idt), self.ram,
                        self.image)

    def poke(self, view: Any, field: str, value: int) -> None:
        """Writes a field of a structure that the snapshot shows."""
        member = view._type.members[field]
        self.poke_address(view._address + member.offset, value, member.type.size)

    def poke_address(self, address: int, value: int, size: int = 8) -> None:
        """Writes a number at an address of the image."""
        data = (value & (1 << 8 * size) - 1).to_bytes(size, "little")
        self.ram.write(address - KERNEL_BASE, data)

    def _load(self) -> None:
        """Puts the image into memory, as a boot loader would."""
        for segment in self.image._elf.iter_segments("PT_LOAD"):
            self.ram.write(segment["p_vaddr"] - KERNEL_BASE, segment.data())

    def _map(self) -> None:
        for part in self.image.symbols.sections:
            flags = PRESENT if part.executable else DATA if part.writable else PRESENT | NO_EXECUTE
            for address in range(part.start, part.end, PAGE):
                self.tables.map(address, address - KERNEL_BASE, flags)
        constant = [part for part in self.image.symbols.sections if not part.writable]
        for physical in range(0, 2 << 20, PAGE):
            read_only = any(part.start - KERNEL_BASE <= physical < part.end - KERNEL_BASE
                            for part in constant)
            self.tables.map(WINDOW_BASE + physical, physical,
                            PRESENT | NO_EXECUTE if read_only else DATA)
        for physical in range(2 << 20, MEMORY, 2 << 20):
            self.tables.map(WINDOW_BASE + physical, physical, DATA, large=True)
        self.tables.map(self.image.symbols.address("guard"), 0, 0)

    def _map_programs(self) -> None:
        """A page of text and one of data in each of the two sets of tables, at the same place."""
        for tables, physical in ((self.tables, PROGRAM_MEMORY),
                                 (self.own_tables, PROGRAM_MEMORY + 2 * PAGE)):
            tables.map(PROGRAM_BASE, physical, PRESENT | USER)
            tables.map(PROGRAM_BASE + PAGE, physical + PAGE, DATA | USER)
            self.ram.write(physical + PAGE, physical.to_bytes(8, "little"))

    def _map_stacks(self) -> None:
        for slot in range(4):
            for page in range(4):
                self.tables.map(STACK_AREA + slot * SLOT + (4 + page) * PAGE,
                                STACKS + (4 * slot + page) * PAGE, DATA)
