"""Interruptions as trap_entry hands them over (guest/01-boot/traps.c)."""

from __future__ import annotations

import re
from typing import Any

from grader.expect import expect, expect_equal
from grader.image.views import address_of
from grader.snapshot import Snapshot
from .gates import EXCEPTIONS, IST_CONTEXT, IST_DOUBLE_FAULT
from .reading import save_area, words

DOUBLE_FAULT = 8
DIRECTION_FLAG = 1 << 10
RESUME_FLAG = 1 << 16   # some CPUs save it set, others clear (Intel SDM Vol. 3B 17.3.1.1)
NEAR_THE_END = 64       # bytes
ROUNDS = 6              # in guest/01-boot/traps.c

FIELDS = ("r15", "r14", "r13", "r12", "r11", "r10", "r9", "r8", "rdi", "rsi", "rbp", "rbx", "rdx",
          "rcx", "rax", "vector", "error", "rip", "cs", "rflags", "rsp", "ss")

PAGE_FAULT = r"page fault: {} at .*, a page that {}$"
UNMAPPED, FORBIDDEN = "is not mapped", "forbids it"

# What the test program does -> (the same in words, the kernel's words for it)
CAUSES = {
    "DIVISION_BY_ZERO": ("a division by zero", r"divide error\b"),
    "BREAKPOINT": ("an int3 instruction", r"breakpoint\b"),
    "INVALID_OPCODE": ("an ud2 instruction", r"invalid opcode\b"),
    "GATE_NOT_PRESENT": ("an int to a gate that is not present", r"segment not present\b"),
    "ABSENT_SEGMENT": ("a selector behind the end of the GDT", r"general protection\b"),
    "READ_UNMAPPED": ("a read where nothing is", PAGE_FAULT.format("read", UNMAPPED)),
    "WRITE_UNMAPPED": ("a write where nothing is", PAGE_FAULT.format("write", UNMAPPED)),
    "RUN_UNMAPPED": ("a jump to where nothing is", PAGE_FAULT.format("execution", UNMAPPED)),
    "WRITE_TEXT": ("a write to the kernel's text", PAGE_FAULT.format("write", FORBIDDEN)),
    "RUN_DATA": ("a jump into the kernel's data", PAGE_FAULT.format("execution", FORBIDDEN)),
}


def interruption(snapshot: Snapshot) -> str:
    """What is being done to the code with the random registers."""
    return f"an interruption by vector {snapshot.kernel.guest_interrupted.vector}"


def check_context(snapshot: Snapshot) -> None:
    """At the first instruction of trap_dispatch: all 22 words of the context it is given."""
    what = interruption(snapshot)
    given, area = snapshot.registers.rdi, save_area(snapshot, IST_CONTEXT)
    expect(given == area, f"{what}: trap_dispatch's argument (RDI) is not where the context begins",
           expected=f"{area:#x}, 15 words below the vector", got=snapshot.place(given))
    expected = words(snapshot, address_of(snapshot.kernel.guest_interrupted), len(FIELDS))
    for name, got, wanted in zip(FIELDS, words(snapshot, given, len(FIELDS)), expected):
        got &= ~RESUME_FLAG if name == "rflags" else -1
        others = [other for other, word in zip(FIELDS, expected) if word == got]
        expect(got == wanted, f"{what}: the saved {name} is wrong", expected=f"{wanted:#x}",
               got=f"{got:#x}" + (f", which was in {others[0]}" if others else ""))


def check_handover(snapshot: Snapshot) -> None:
    """Stack, direction flag and frame pointer, as C and the backtrace need them."""
    what, registers = interruption(snapshot), snapshot.registers
    is_exception = snapshot.kernel.guest_interrupted.vector < EXCEPTIONS
    stack = "fault stack" if is_exception else "kernel's stack"
    name = "fault_stack_end" if is_exception else "kernel_stack_end"
    end = snapshot.image.symbols.address(name)
    expect(end - NEAR_THE_END <= registers.rsp < end, f"{what}: trap_dispatch does not run at the "
           f"end of the {stack}", expected=f"RSP just below {name} ({end:#x})",
           got=f"RSP {registers.rsp:#x}{_stack_at(snapshot, registers.rsp)}")
    expect(registers.rsp % 16 == 8, f"{what}: RSP at the first instruction of trap_dispatch",
           expected="a multiple of 16 before the call, which pushes 8 bytes",
           got=f"{registers.rsp:#x}")
    expect(not registers.rflags & DIRECTION_FLAG, f"{what}: the direction flag (DF) in "
           "trap_dispatch", expected="clear, as C relies on", got="set, as in the interrupted code")
    expect(registers.rbp == 0, f"{what}: RBP in trap_dispatch, where the backtrace has to end",
           expected="0", got=f"{registers.rbp:#x}")


def _stack_at(snapshot: Snapshot, address: int) -> str:
    """`, on the kernel stack`; nothing when it is on none."""
    kernel = snapshot.kernel
    for index in range(kernel.kernel_stack_count):
        stack = kernel.kernel_stacks[index]
        if stack.start <= address <= stack.end:
            return f", on the {stack.name.text()} stack"
    return ""


def check_exception(exception: dict[str, Any], snapshot: Snapshot) -> None:
    """What the kernel was handed of one exception, and what it says about it."""
    what, description = CAUSES[exception["cause"].name]
    expect_equal(f"{what}: the number of times that the kernel was handed it", exception["taken"],
                 1)
    area, saved = save_area(snapshot, IST_CONTEXT), exception["saved"]
    got = {"place": exception["saved_at"], "vector": saved.vector, "error code": saved.error,
           "rip": saved.rip, "address (CR2)": exception["found_address"]}
    wanted = {"place": area, "vector": exception["vector"], "error code": exception["error"],
              "rip": exception["rip"]}
    if exception["address"]:
        wanted["address (CR2)"] = exception["address"]
    for name, value in wanted.items():
        expect(got[name] == value, f"{what}: the {name} of what was saved is wrong",
               expected=f"{value:#x}", got=f"{got[name]:#x}")
    expect(bool(re.match(description, exception["text"].text())), f"{what}: the kernel's words for "
           "it are wrong", expected=f"words like {description}", got=exception["text"].text())


def check_double_fault(snapshot: Snapshot) -> None:
    """At the first instruction of fault_enter."""
    area = save_area(snapshot, IST_DOUBLE_FAULT)
    expect(snapshot.registers.rdi == area, "a double fault is not saved into its own context",
           expected=f"{area:#x}, where IST{IST_DOUBLE_FAULT} leads",
           got=snapshot.place(snapshot.registers.rdi))
    vector = words(snapshot, area, len(FIELDS))[FIELDS.index("vector")]
    expect_equal("a page fault that cannot be delivered: the vector", vector, DOUBLE_FAULT)
