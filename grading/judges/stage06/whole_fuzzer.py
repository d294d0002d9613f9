"""The fuzzer of capabilities (guest/06-capabilities/programs/caps_fuzzer.c): what it has to have
found."""

from __future__ import annotations

from typing import Sequence

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot

GROUND = 1024 * 4096        # bytes of memory that the fuzzer makes everything of
MOMENTS = 10                # how often it lets the grader look
ERRORS = 17                 # kernel/abi/error.h: 0 to 16
LEAST_MADE = 0.7            # of the calls; the others would have had no sure answer

# The fuzzer's calls in the order of its list, and errors that each meets dozens of times in a run.
OPERATIONS: Sequence[tuple[str, tuple[int, ...]]] = (
    ("untyped_retype", (0, 1, 2, 13)), ("slot_copy", (0, 1, 13, 14)), ("slot_move", (0, 6, 13)),
    ("slot_delete", (0, 13)), ("slot_revoke", (0, 13)), ("slot_read", (1,)),
    ("frame_map", (0, 1, 2, 6, 13)), ("frame_unmap", (0, 13)),
    ("thread_configure", (0, 1, 6, 13)), ("thread_start", (0, 1, 6, 13)),
    ("thread_stop", (0, 13)), ("thread_resume", (6, 13)),
    ("thread_set_priority", (0, 1, 13, 14)), ("thread_read", (0, 1, 6, 13)),
    ("thread_write", (0, 1, 6, 13)), ("thread_set_name", (0, 13)), ("irq_bind", (6, 13)),
    ("irq_acknowledge", (0, 1)), ("port_read and port_write", (13, 14)),
    ("ipc_send and ipc_call", (1, 11, 13, 14)), ("ipc_recv", (11, 13, 14)),
    ("ipc_call with a capability", (0, 13)), ("ipc_recv of a caller", (0,)),
    ("reply_save", (0, 13, 15)), ("ipc_reply", (0, 13, 15)),
    ("notification_signal", (0, 13, 14)), ("notification_wait", (11, 13)),
    ("notification_bind", (0, 13)))
ENOUGH_CALLS = 50_000       # for all of these


def expect_agreement(boot: ProgramBoot) -> None:
    """Every call so far had the answer that the fuzzer's model knows."""
    expect(not boot.values("set-up"), "a call that the test is built on was refused",
           expected="no error", got=str(boot.values("set-up")))
    if boot.values("failed-call"):
        raise Failure(f"after {_operation(boot)}, call {boot.value('failed-call')} of the fuzzer: "
                      f"{boot.value('failed-what')} is not as its model of all capabilities says",
                      expected=f"{boot.value('failed-expected'):#x}",
                      got=f"{boot.value('failed-got'):#x}")


def judge_fuzzer(boot: ProgramBoot, calls: int) -> None:
    """All calls were made, with all kinds of answers, and all memory came back."""
    expect_equal("bytes of the fuzzer's memory that are free when all is revoked",
                 boot.value("free"), GROUND)
    counts = [int(count) for count in boot.values("outcomes")]
    expect(LEAST_MADE * calls <= sum(counts), "the fuzzer has not made all its calls",
           expected=f"{LEAST_MADE * calls:.0f} or more", got=str(sum(counts)))
    for number, (name, errors) in enumerate(OPERATIONS if calls >= ENOUGH_CALLS else ()):
        missing = [error for error in errors if not counts[number * ERRORS + error]]
        expect(not missing, f"{name} never returned some error, in so many calls at random",
               expected=f"each of {errors}", got=f"never {missing}")


def _operation(boot: ProgramBoot) -> str:
    number = int(boot.value("failed-operation"))
    return OPERATIONS[number][0] if number < len(OPERATIONS) else f"operation {number}"
