"""The kernel's threads, for whoever looks into a stopped machine: the one place that knows where
they stand."""

from __future__ import annotations

from typing import Any, Iterator, Optional

from .image.views import address_of, has, has_field
from .machine.registers import INTERRUPT_FLAG
from .snapshot import Snapshot

UNUSED = "THREAD_UNUSED"
ARRAY = "threads"           # the variable of one whose threads all stand there
SCHEDULER = "sched"         # the variable of a kernel that has threads
PROGRAMS = "modules"        # of one whose threads, but for the idle one, run programs
# What stands in the context of these is of no use, or nothing yet.
WITHOUT_CONTEXT = ("THREAD_RUNNING", "THREAD_ENDED", "THREAD_NEW")
RESERVED_FLAG = 1 << 1      # always 1, Intel SDM Vol. 1 figure 3-8


def are_objects(snapshot: Snapshot) -> bool:
    """Whether threads stand wherever their makers like."""
    return has(snapshot.kernel, SCHEDULER) and not has(snapshot.kernel, ARRAY)


def threads_of(snapshot: Snapshot) -> list[Any]:
    """Every thread that is in use."""
    if are_objects(snapshot):
        from .capabilities import capabilities_of   # a file of the stage that has them
        return capabilities_of(snapshot).threads
    return [thread for thread in snapshot.kernel.threads if thread.state.name != UNUSED]


def identity(thread: Any) -> int:
    """A number that tells a thread from all that have been, where threads have none from all with
    memory of their own: of those that share an address space it tells which that is."""
    if has_field(thread, "id"):
        return thread.id.number
    return thread.space.space.serial if thread.space.allows else address_of(thread)


def current_thread(snapshot: Snapshot) -> Optional[Any]:
    """The thread that the CPU runs; None as long as there is none."""
    if not has(snapshot.kernel, SCHEDULER):
        return None
    current = snapshot.kernel.sched.current
    return current.target if current else None


def is_idle(thread: Any, snapshot: Snapshot) -> bool:
    """Whether it is the idle thread, which belongs to the kernel in every stage."""
    return address_of(thread) == int(snapshot.kernel.sched.idle)


def runs_program(thread: Any, snapshot: Snapshot) -> bool:
    """Whether a thread runs in user mode."""
    return has(snapshot.kernel, PROGRAMS) and not is_idle(thread, snapshot)


def label(thread: Any) -> str:
    """`thread "main"`."""
    return f'thread "{thread.name.text()}"'


def saved_register(thread: Any, register: str, expected: str, got: int) -> str:
    """A sentence about a saved register that is wrong."""
    return f"{label(thread)}: saved {register}: expected {expected}, got {got:#x}"


def flags_always(thread: Any) -> Iterator[str]:
    """What the flags of every thread have to be, in the kernel and in user mode."""
    flags = thread.context.rflags
    if not flags & INTERRUPT_FLAG:
        yield saved_register(thread, "rflags", "IF (bit 9) set: it runs with interrupts on", flags)
    if not flags & RESERVED_FLAG:
        yield saved_register(thread, "rflags", "bit 1 set, as it always is", flags)


def page_tables(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    """(whose, root) of every set of page tables: the CPU's, then those of threads that have their
    own, then those that no thread has, each once."""
    seen = {snapshot.registers.cr3 & -4096}
    yield "", snapshot.registers.cr3
    if not has(snapshot.kernel, SCHEDULER):
        return
    roots = [(label(thread), root_of(thread)) for thread in threads_of(snapshot)]
    for whose, root in roots + address_spaces(snapshot):
        if root and root & -4096 not in seen:
            seen.add(root & -4096)
            yield f"{whose}: ", root


def address_spaces(snapshot: Snapshot) -> list[tuple[str, int]]:
    """(name, root) of every address space, in a kernel where a thread need not have one."""
    if not are_objects(snapshot):
        return []
    from .capabilities import capabilities_of
    return capabilities_of(snapshot).address_spaces


def root_of(thread: Any) -> int:
    """The physical address of a thread's own page tables; 0 when it uses the CPU's."""
    return thread.root if has_field(thread, "root") else 0
