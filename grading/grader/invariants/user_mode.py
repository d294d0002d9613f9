"""User mode: what keeps programs out of the kernel, and the registers that they go on with.

STAR, LSTAR and SFMASK, which tell the CPU about SYSCALL, cannot be read from outside: a test inside
the kernel reads them (guest/common/msr.h).
"""

from __future__ import annotations

from typing import Any, Iterator

from ..snapshot import Snapshot
from ..threads import (PROGRAMS, WITHOUT_CONTEXT, flags_always, runs_program, saved_register,
                       threads_of)
from .control_registers import Bit, wrong_bits
from .descriptors import EXCEPTIONS, gates

NEEDS = PROGRAMS

# Intel SDM Vol. 3A 2.5 and 2.2.1; QEMU's CPU has all of them.
BITS = (
    Bit("efer", 0, "SCE", 1, "SYSCALL is no instruction"),
    Bit("cr4", 11, "UMIP", 1, "programs can read where the descriptor tables are"),
    Bit("cr4", 20, "SMEP", 1, "the kernel could be made to execute a program's page"),
    Bit("cr4", 21, "SMAP", 1, "the kernel could touch a program's memory by mistake"),
)

USER_CODE, USER_DATA = 0x33, 0x2B
USER_START, USER_END = 0x1000, 0x7FFF_FFFF_F000     # never mapped: the first page and the last
STOPPED = "THREAD_STOPPED"
SYSCALL = 256               # the vector of a context that a system call has saved
PRIVILEGE_FLAG = 3 << 12    # IOPL, Intel SDM Vol. 1 3.4.3.3
VIRTUAL_FLAG = 1 << 17      # VM


def violations(snapshot: Snapshot) -> list[str]:
    """Everything that opens a way into the kernel, and every wrong register of a waiting task."""
    found = wrong_bits(BITS, snapshot) + list(_gates(snapshot))
    for thread in threads_of(snapshot):
        if runs_program(thread, snapshot) and thread.state.name not in WITHOUT_CONTEXT:
            found += _registers(thread)
    return found


def _gates(snapshot: Snapshot) -> Iterator[str]:
    for gate in gates(snapshot):
        if gate.present and gate.privilege:
            yield (f"the gate of vector {gate.vector}: expected it closed to a program's int "
                   f"instruction (DPL 0), got DPL {gate.privilege}")


def _registers(thread: Any) -> Iterator[str]:
    """A program chooses most of its flags and its stack pointer itself, and may have jumped
    anywhere when an exception stopped it. What a system call saves has no segments."""
    context = thread.context
    is_unused = thread.state.name == STOPPED and not context.rip   # it has never been started
    if not 0 < context.vector < EXCEPTIONS and not USER_START <= context.rip < USER_END \
            and not is_unused:
        yield saved_register(thread, "rip", "an address in the user's half", context.rip)
    if context.vector != SYSCALL and context.cs != USER_CODE:
        yield saved_register(thread, "cs", f"{USER_CODE:#x}", context.cs)
    if context.vector != SYSCALL and context.ss != USER_DATA:
        yield saved_register(thread, "ss", f"{USER_DATA:#x}", context.ss)
    flags = context.rflags
    yield from flags_always(thread)
    if flags & PRIVILEGE_FLAG:
        yield saved_register(thread, "rflags", "IOPL (bits 12 and 13) 0", flags)
    if flags & VIRTUAL_FLAG:
        yield saved_register(thread, "rflags", "VM (bit 17) clear", flags)
