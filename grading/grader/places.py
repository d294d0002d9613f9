"""Where a stopped machine stands, for a reader: functions, source lines, who called whom."""

from __future__ import annotations

import re
import subprocess
from itertools import islice
from typing import Any, Iterator

from .errors import KernelMismatch
from .machine.address_space import AddressSpace
from .snapshot import Snapshot

DEEPEST = 12            # lines of a backtrace
DEEPEST_SHORT = 4       # functions of one in a single line

# NASM puts a file's folder before its path, so that the last of these folders is the real one.
_IN_TREE = re.compile(r"(?:.*/)?((?:kernel|user|servers|drivers|grading/guest)/.*)")


def backtrace(snapshot: Snapshot) -> list[str]:
    """The functions that were being executed, the innermost first."""
    registers = snapshot.registers
    program = _current_program(snapshot)
    returns = _returns(snapshot, snapshot.memory, registers.rbp, program)
    addresses = [registers.rip, *(address - 1 for address in returns)]
    return [source_line(snapshot, address, program) for address in addresses[:DEEPEST]]


def callers(snapshot: Snapshot, thread: Any) -> str:
    """`inner <- middle <- outer`: a waiting thread's innermost functions."""
    context, program = thread.context, thread.name.text()
    returns = islice(_returns(snapshot, snapshot.memory_of(thread), context.rbp, program),
                     DEEPEST_SHORT - 1)
    names = [snapshot.function_at(address, program)
             for address in (context.rip, *(address - 1 for address in returns))]
    return " <- ".join(name.partition("+")[0] if name else _no_code(snapshot) for name in names)


def source_line(snapshot: Snapshot, address: int, program: str = "") -> str:
    """`uart_put_byte+0x1c (kernel/arch/x86_64/uart.c:57)`, as far as it is known."""
    image = snapshot.image_at(address, program)
    function = image.symbols.function_at(address) if image else None
    if image is None or function is None:
        return f"{address:#x}, which is {_no_code(snapshot)}"
    try:
        found = subprocess.run(["addr2line", "-e", image.path, hex(address)],
                               capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return function
    place = found.partition(" (")[0].strip()
    return function if not place or place.startswith("?") else f"{function} ({in_tree(place)})"


def _current_program(snapshot: Snapshot) -> str:
    """The name of the program whose turn it is; "" when that cannot be told, or there is none."""
    if not snapshot.programs:
        return ""
    try:
        return snapshot.kernel.sched.current.name.text()
    except KernelMismatch:
        return ""


def _no_code(snapshot: Snapshot) -> str:
    return "no code of the kernel" + (" or a program" if snapshot.programs else "")


def in_tree(path: str) -> str:
    """A source file's path, from the tree's folder on."""
    match = _IN_TREE.fullmatch(path)
    return match.group(1) if match else path


def _returns(snapshot: Snapshot, memory: AddressSpace, frame: int,
             program: str) -> Iterator[int]:
    """Return addresses along the chain of frame pointers, as far as it can be believed."""
    for _ in range(DEEPEST):
        try:
            caller, address = (int.from_bytes(memory.read(frame + offset, 8), "little")
                               for offset in (0, 8))
        except KernelMismatch:
            return
        if snapshot.function_at(address, program) is None:
            return
        yield address
        if caller <= frame:
            return
        frame = caller
