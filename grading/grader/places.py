"""Where a stopped machine stands, for a reader: functions, source lines, who called whom."""

from __future__ import annotations

import re
import subprocess
from itertools import islice
from typing import Iterator

from .errors import KernelMismatch
from .snapshot import Snapshot

DEEPEST = 12            # lines of a backtrace
DEEPEST_SHORT = 4       # functions of one in a single line

# NASM puts a file's folder before its path, so that the last of these folders is the real one.
_IN_TREE = re.compile(r"(?:.*/)?((?:kernel|grading/guest)/.*)")


def backtrace(snapshot: Snapshot) -> list[str]:
    """The functions that were being executed, the innermost first."""
    registers = snapshot.registers
    addresses = [registers.rip, *(address - 1 for address in _returns(snapshot, registers.rbp))]
    return [source_line(snapshot, address) for address in addresses[:DEEPEST]]


def callers(snapshot: Snapshot, instruction: int, frame: int) -> str:
    """`inner <- middle <- outer`: a waiting thread's innermost functions."""
    symbols = snapshot.image.symbols
    returns = islice(_returns(snapshot, frame), DEEPEST_SHORT - 1)
    names = [symbols.function_at(address)
             for address in (instruction, *(address - 1 for address in returns))]
    return " <- ".join(name.partition("+")[0] if name else "no code of the kernel"
                       for name in names)


def source_line(snapshot: Snapshot, address: int) -> str:
    """`uart_put_byte+0x1c (kernel/arch/x86_64/uart.c:57)`, as far as it is known."""
    function = snapshot.image.symbols.function_at(address)
    if function is None:
        return f"{address:#x}, which is no code of the kernel"
    try:
        found = subprocess.run(["addr2line", "-e", snapshot.image.path, hex(address)],
                               capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return function
    place = found.partition(" (")[0].strip()
    return function if not place or place.startswith("?") else f"{function} ({in_tree(place)})"


def in_tree(path: str) -> str:
    """A source file's path, from the tree's folder on."""
    match = _IN_TREE.fullmatch(path)
    return match.group(1) if match else path


def _returns(snapshot: Snapshot, frame: int) -> Iterator[int]:
    """Return addresses along the chain of frame pointers, as far as it can be believed."""
    for _ in range(DEEPEST):
        try:
            caller, address = (int.from_bytes(snapshot.memory.read(frame + offset, 8), "little")
                               for offset in (0, 8))
        except KernelMismatch:
            return
        if snapshot.image.symbols.function_at(address) is None:
            return
        yield address
        if caller <= frame:
            return
        frame = caller
