"""What the CPU is told about system calls (guest/03-syscalls/init.c)."""

from __future__ import annotations

from grader.expect import Failure, expect, listed
from grader.machine.registers import Registers
from grader.snapshot import Snapshot
from grader.threads import current_thread

CODE, DATA = 0x08, 0x10                     # the kernel's selectors
SYSRET_BASE = 0x23
STAR = SYSRET_BASE << 48 | CODE << 32
SCE, NXE = 1 << 0, 1 << 11                  # of EFER
EFER_NAMES = {0: "SCE", 8: "LME", 10: "LMA", 11: "NXE", 12: "SVME"}
MASKED = {"TF": 1 << 8, "IF": 1 << 9, "DF": 1 << 10, "IOPL": 3 << 12, "NT": 1 << 14, "AC": 1 << 18}
DEBUG_EXCEPTION = 1
OF_A_PROGRAM = ("TF", "DF", "NT", "AC")     # those that a program can set


def judge_msrs(snapshot: Snapshot, entry: int) -> None:
    """The four registers after syscall_init(); `entry` is the address of syscall_entry."""
    before, after = snapshot.kernel.guest_msrs_before, snapshot.kernel.guest_msrs_after
    _judge_efer(before.efer, after.efer)
    _judge_star(after.star)
    expect(after.lstar == entry, "LSTAR is wrong",
           expected=f"{entry:#x}, the address of syscall_entry", got=f"{after.lstar:#x}")
    missing = [name for name, bits in MASKED.items() if after.sfmask & bits != bits]
    expect(not missing, f"SFMASK leaves {listed(missing)} as the program has set it",
           expected=f"{' '.join(MASKED)} cleared by SYSCALL ({sum(MASKED.values()):#x})",
           got=f"{after.sfmask:#x}")


def _judge_efer(before: int, after: int) -> None:
    expect(bool(after & SCE), "EFER.SCE is not set", expected="SYSCALL is an instruction",
           got=f"EFER {after:#x}")
    changed = [EFER_NAMES.get(bit, f"bit {bit}") for bit in range(1, 64)
               if (before ^ after) >> bit & 1]
    expect(not changed, f"EFER: {listed(changed)} changed",
           expected=f"{before | SCE:#x}: SCE set, and every other bit as it was",
           got=f"{after:#x}")


def _judge_star(star: int) -> None:
    expect(star >> 32 & 0xFFFF == CODE, "STAR, bits 32 to 47, which SYSCALL loads CS and SS from, "
           "are wrong", expected=f"{CODE:#x} (KERNEL_CODE_SELECTOR)",
           got=f"{star >> 32 & 0xFFFF:#x}")
    expect(star >> 48 == SYSRET_BASE, "STAR, bits 48 to 63, which SYSRET loads CS and SS from, "
           "are wrong", expected=f"{SYSRET_BASE:#x} (SYSRET_SELECTOR_BASE with privilege 3)",
           got=f"{star >> 48:#x}")
    expect(star & 0xFFFFFFFF == 0, "STAR, bits 0 to 31, are wrong", expected="0",
           got=f"{star & 0xFFFFFFFF:#x}")


def lost_protection(registers: Registers) -> Failure | None:
    """Why a kernel may have died in syscall_init(): every page that is not to be executed has a
    reserved bit set when EFER.NXE is 0."""
    if registers.efer & NXE:
        return None
    return Failure("EFER: NXE changed, and the kernel cannot go on: bit 63 of its page-table "
                   "entries is reserved now",
                   expected="EFER.SCE set, and every other bit as it was",
                   got=f"EFER {registers.efer:#x}")


def stepped_in(stopped: Snapshot, entry: int) -> Failure | None:
    """Why a kernel may have died at syscall_entry: it was stepped through."""
    thread = current_thread(stopped)
    if thread is None or (thread.context.vector, thread.context.rip) != (DEBUG_EXCEPTION, entry):
        return None
    return Failure("the kernel runs with the program's TF",
                   expected=f"{' '.join(MASKED)} clear in the kernel, whatever the program has set",
                   got="a debug exception at syscall_entry, the kernel's first instruction")


def judge_entry_flags(snapshot: Snapshot, flags: int, rip: int) -> None:
    """The machine at syscall_entry's first instruction, after a SYSCALL in front of `rip` by a
    program with these flags."""
    registers = snapshot.registers
    kept = [name for name in ("IF", *OF_A_PROGRAM) if registers.rflags & MASKED[name]]
    expect(not kept, f"the kernel runs with the program's {listed(kept)}",
           expected=f"{' '.join(MASKED)} clear in the kernel, whatever the program has set",
           got=f"RFLAGS {registers.rflags:#x} at syscall_entry")
    segments = registers.segments
    for name, should in (("cs", CODE), ("ss", DATA)):
        got = segments[name].selector
        expect(got == should, f"{name} is wrong at syscall_entry", expected=f"{should:#x}",
               got=f"{got:#x}")
    expect(registers.rcx == rip and registers.r11 == flags,
           "SYSCALL did not come from the test's program",
           expected=f"RCX {rip:#x}, R11 {flags:#x}",
           got=f"RCX {registers.rcx:#x}, R11 {registers.r11:#x}")
