"""The system calls of a stage, and the files that are generated from their list.

A call keeps its number for good: a later stage may take the call away, but no other call ever gets
the number.
"""

import re
from dataclasses import dataclass
from typing import Any, Iterator

from .errors import KitError
from .manifest import Stage, origin

NAME = re.compile(r"[a-z][a-z0-9_]*")
NUMBERS = 256       # the table of calls has a row for each number up to the highest

NOTE_SECTION = "\nsection .note.GNU-stack noalloc noexec nowrite progbits\n"


@dataclass(frozen=True)
class Call:
    """A system call. The user's side of one for messages is written by hand: what such a call
    takes and gives does not fit a function of C."""

    number: int
    name: str
    for_messages: bool


def calls_of(stages: tuple[Stage, ...]) -> list[Call]:
    """The calls that there are after these stages, by number."""
    there: dict[str, Call] = {}
    ever: list[Call] = []
    for stage in stages:
        for name in stage.calls_leave:
            if there.pop(name, None) is None:
                raise KitError(f"{stage.manifest}: call {name} leaves, "
                               "but no earlier stage has it")
        for call in stage_calls(stage):
            refuse_taken(call, there, ever, stage)
            ever.append(call)
            there[call.name] = call
    return sorted(there.values(), key=lambda call: call.number)


def stage_calls(stage: Stage) -> Iterator[Call]:
    """The calls that first appear in a stage."""
    for key, table in (("calls", stage.calls), ("message_calls", stage.message_calls)):
        for name, number in table.items():
            refuse_malformed(name, number, f"{stage.manifest}: {key}")
            yield Call(number, name, key == "message_calls")


def refuse_malformed(name: str, number: Any, where: str) -> None:
    if not NAME.fullmatch(name):
        raise KitError(f"{where}: '{name}' is no name of a call; one is like task_exit")
    if type(number) is not int or not 0 <= number < NUMBERS:
        raise KitError(f"{where}: {name} = {number!r}; a call's number is 0 to {NUMBERS - 1}")


def refuse_taken(call: Call, there: dict[str, Call], ever: list[Call], stage: Stage) -> None:
    if call.name in there:
        raise KitError(f"{stage.manifest}: call {call.name} is there twice")
    for other in ever:
        if call.number == other.number:
            raise KitError(f"{stage.manifest}: call {call.name} has the number {call.number} of "
                           f"{other.name}; a number is never used again")


def call_files(stages: tuple[Stage, ...]) -> dict[str, str]:
    """The generated files by their paths; none before the first stage with a call."""
    calls = calls_of(stages)
    files = {}
    if calls:
        files["kernel/generated/calls.h"] = call_list(calls, origin(stages))
        files["kernel/generated/call_table.asm"] = call_table(calls, origin(stages))
    if plain := [call for call in calls if not call.for_messages]:
        files["user/generated/stubs.asm"] = stubs(plain, origin(stages))
    return files


def call_list(calls: list[Call], source: str) -> str:
    """kernel/generated/calls.h: what enumerations and tables in C are made of."""
    rows = [f"    CALL({call.number}, {call.name.upper()}, {call.name})" for call in calls]
    return (f"/* {source} */\n#pragma once\n\n"
            "/** Every system call: its number, its name in capitals, its name. */\n"
            "#define CALL_LIST(CALL) \\\n" + " \\\n".join(rows) + "\n")


def call_table(calls: list[Call], source: str) -> str:
    """kernel/generated/call_table.asm: the functions that serve the calls, by number."""
    functions = {call.number: f"syscall_{call.name}" for call in calls}
    rows = [functions.get(number, "syscall_unknown") for number in range(calls[-1].number + 1)]
    externs = "".join(f"extern {name}\n" for name in dict.fromkeys(rows))
    lines = "".join(f"    dq {name:<32} ; {number}\n" for number, name in enumerate(rows))
    return (f"; {source}\n\nglobal call_table:data, call_table_size:data\n{externs}\n"
            f"section .rodata\nalign 8\n\ncall_table:\n{lines}\n"
            f"call_table_size: dq {len(rows)}\n{NOTE_SECTION}")


def stubs(calls: list[Call], source: str) -> str:
    """user/generated/stubs.asm: the calls as C functions."""
    text = (f"; {source}\n;\n"
            "; Each system call as a function of C (System V ABI 3.2.3): up to four arguments in\n"
            "; RDI, RSI, RDX and R10, in whose place C has RCX, which SYSCALL overwrites.\n"
            "; What comes back in RAX and RDX is a struct call_result.\n\n"
            "section .text\nbits 64\n")
    for call in calls:
        text += (f"\nglobal {call.name}:function\n{call.name}:\n    mov eax, {call.number}\n"
                 "    mov r10, rcx\n    syscall\n    ret\n")
    return text + NOTE_SECTION
