"""What a task must not do (guest/06-capabilities/programs/caps_denied.c), and what it is told."""

from __future__ import annotations

from typing import Sequence

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot
from judges.stage06.whole import FAULT_INFO, READ, WRITE, expect_set_up

(INVALID, NO_MEMORY, BUSY, UNKNOWN, BAD_ADDRESS, BAD_SLOT, NO_RIGHT,
 NO_CALLER) = 1, 2, 6, 7, 8, 13, 14, 15
EXECUTE = 4
SOMEWHERE, KERNEL = 0x0000_5000_0000_0000, 0xFFFF_FFFF_8010_0000

# In the order of the program's list.
ATTEMPTS: Sequence[tuple[int, Sequence[str]]] = (
    (BAD_SLOT, (
        "reading slot 0", "reading the slot behind the last one",
        "reading a slot that only the root task has", "reading slot 2^64-1",
        "reading the slot behind a CNode's last one", "reading slot 0 of a CNode",
        "reading a slot through a capability that is no CNode's",
        "copying a slot that only the root task has", "copying to a slot that there is not",
        "moving to a slot that is not empty", "deleting an empty slot", "revoking an empty slot",
        "making an object in a slot that is not empty", "mapping a frame that has been revoked",
        "acknowledging an interrupt without a capability", "reading a port without a capability")),
    (NO_RIGHT, (
        "receiving without the right", "sending without the right", "calling without the right",
        "letting a capability travel without the right", "waiting for signals without the right",
        "binding a notification without the right", "signalling without the right",
        "mapping to write what may be read", "copying the right to write from what may be read",
        "copying the right to receive from what may send",
        "copying the rights to signal from what may wait",
        "giving a thread a higher level than one's own", "reading the port before one's own",
        "reading two bytes of the last one of one's ports", "reading port 2^16 + one's own",
        "writing to the port behind one's own", "writing to port 2^64-1")),
    (BAD_SLOT, (
        "making an object of a frame", "mapping untyped memory", "mapping into a CNode",
        "stopping an address space", "configuring a thread with parts of the wrong kind",
        "sending to a notification", "signalling an endpoint", "reading a port of a frame",
        "acknowledging an interrupt with ports", "binding a thread as an interrupt",
        "copying untyped memory", "answering through an endpoint")),
    (NO_CALLER, ("answering when nobody has called", "saving a caller when nobody has called")),
    (INVALID, (
        "copying with another badge", "copying more of a frame than there is",
        "copying a part behind a frame", "copying ports behind one's own",
        "copying ports before one's own", "copying an address space with a badge")),
    (NO_MEMORY, ("making a frame larger than the memory", "making untyped memory of 16 TB")),
    (INVALID, (
        "making a CNode of 2^50 slots", "making an interrupt line", "making ports",
        "making an answer")),
    (BAD_ADDRESS, (
        "mapping at address 0", "mapping at the end of user memory",
        "mapping at the first address above user memory", "mapping at the kernel's address",
        "mapping at address 2^56")),
    (INVALID, (
        "mapping at an address that is no page's", "mapping to write and execute",
        "mapping to write without reading")),
    (BUSY, ("mapping over the program's own text",)),
    (BAD_ADDRESS, (
        "writing the kernel's memory to the console", "writing memory that is not there",
        "naming a thread by the kernel's memory", "naming a thread by memory above the program's")),
    (BUSY, ("reading a register of a running thread", "writing a register of a running thread")),
    (BAD_ADDRESS, (
        "setting RIP to a kernel address", "setting RIP to the first address above user memory",
        "setting RIP to the end of user memory")),
    (INVALID, (
        "writing a thread's state", "writing a register that there is not",
        "reading register 2^64-1", "starting a thread at a kernel address",
        "starting a thread with a stack in the kernel")),
    (BAD_SLOT, ("starting a thread without parts", "resuming a thread without parts")),
    (BUSY, ("giving a running thread another capability space",
            "giving a running thread another address space")),
    (NO_RIGHT, ("a buffer that can only be read",)),
    (BUSY, ("starting a running thread",)),
    (INVALID, (
        "setting level 32", "sending a message with a fault's mark",
        "sending a message with a signal's mark", "sending a message of 513 words")),
    (UNKNOWN, (
        "making call 3, which is gone", "making call 32, which is gone",
        "making call 38, which is gone", "making call 63", "making call 2^32",
        "making call 2^64-1")),
)

PROTECTION, NO_INSTRUCTION = 0x10D, 0x106   # exceptions, as a fault's message tells them
TEXT, DATA = "text", "data"                 # addresses that the program reports

FAULTS: Sequence[tuple[str, int | str, int]] = (
    *((what, 0, PROTECTION) for what in (
        "reading a port by an instruction", "writing to a port by an instruction",
        "turning interrupts off", "halting the CPU", "reading CR3", "reading a model-specific "
        "register")),
    ("an undefined instruction", 0, NO_INSTRUCTION),
    ("reading the kernel's memory", KERNEL, READ),
    ("writing the kernel's memory", KERNEL, WRITE),
    ("executing the kernel's memory", KERNEL, EXECUTE), ("reading address 0", 0, READ),
    ("reading memory that is not there", SOMEWHERE, READ),
    ("writing to the program's text", TEXT, WRITE),
    ("executing the program's data", DATA, EXECUTE))


def judge_denied(boot: ProgramBoot) -> None:
    """Each attempt had its error and changed nothing; each instruction its fault."""
    expect_set_up(boot)
    expect_equal("whether the task has come to its end", boot.value("done"), 1)
    expected = [(what, error) for error, group in ATTEMPTS for what in group]
    errors = boot.values("error")
    expect_equal("the number of attempts", len(errors), len(expected))
    for (what, right), got in zip(expected, errors):
        expect_equal(f"the error of {what}", got, right)
    expect_equal("whether all that the task has is as it was before", boot.value("unchanged"), 1)
    faults = list(zip(boot.values("info"), boot.values("first"), boot.values("second")))
    expect(len(faults) == len(FAULTS), "some instructions were not tried",
           expected=str(len(FAULTS)), got=str(len(faults)))
    for (what, first, second), told in zip(FAULTS, faults):
        right = boot.value(first) if isinstance(first, str) else first
        if told != (FAULT_INFO, right, second):
            raise Failure(f"{what}: its fault handler is not told of that",
                          expected=_words((FAULT_INFO, right, second)), got=_words(told))


def _words(words: Sequence[object]) -> str:
    return "info {:#x}, word 0 {:#x}, word 1 {:#x}".format(*words)
