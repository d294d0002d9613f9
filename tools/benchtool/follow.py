"""Runs inside gdb, attached to a stopped machine: follows one turn of a measurement's loop.

gdb's convenience variables say what to do: $bench_name (the measurement), $bench_from (the address
of measure_listing() in the measuring program), $bench_out (the file for what was found). That file
gets a line of JSON for each instruction: its address, CR3 and its text.
"""

import json
from typing import Any, Iterator, TextIO

import gdb

TURNS = 3           # that are left out: the first ones may go other ways
LIMIT = 200_000     # instructions, in case the loop is none


def word(expression: str) -> int:
    """The value of an expression as an address."""
    return int(gdb.parse_and_eval(f"(unsigned long)({expression})"))


def go_to_listing(name: str, address: int) -> None:
    """Runs until the measurement is about to show its loop. Other programs may have something else
    at this address."""
    gdb.execute(f"hbreak *{address:#x}", to_string=True)
    while True:
        gdb.execute("continue", to_string=True)
        try:
            if gdb.parse_and_eval("*(char **)$rdi").string() == name:
                gdb.execute("delete", to_string=True)
                return
        except (gdb.MemoryError, UnicodeDecodeError):
            pass    # not the program that we mean


def instruction(pc: int) -> str | None:
    """The text of the instruction there; None where no page is: to fetch it is a page fault."""
    try:
        return gdb.selected_frame().architecture().disassemble(pc)[0]["asm"]
    except gdb.MemoryError:
        return None


def instructions() -> Iterator[dict[str, Any]]:
    """Each instruction that is executed from here on."""
    for _ in range(LIMIT):
        pc = word("$pc")
        text = instruction(pc)
        if text is not None:
            yield {"pc": pc, "cr3": word("$cr3"), "text": text}
        gdb.execute("stepi", to_string=True)
    raise gdb.GdbError(f"the loop has no second turn within {LIMIT} instructions")


def follow(out: TextIO) -> None:
    """Writes one turn: from one of the program's system calls to the same one again."""
    turns, first = 0, None
    for step in instructions():
        place = step["pc"], step["cr3"]
        if first is None and step["text"].startswith("syscall"):
            first = place
        turns += place == first
        if turns > TURNS + 1:
            return
        if turns > TURNS:
            out.write(json.dumps(step) + "\n")


go_to_listing(gdb.parse_and_eval("$bench_name").string(), word("$bench_from"))
with open(gdb.parse_and_eval("$bench_out").string(), "w", encoding="utf-8") as file:
    follow(file)
