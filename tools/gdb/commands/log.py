"""The kernel's log ring."""

from __future__ import annotations

import gdb

from commands import Subcommand, Trouble, variable


class Log(Subcommand):
    """The kernel's messages: microk log [LINES]

The newest LINES lines (all, without a number) of what the kernel has printed, out of its memory:
also what has not reached the serial line."""

    name = "log"

    def run(self, argument: str) -> None:
        if argument and not argument.isdigit():
            raise Trouble(f"'{argument}' is no number of lines")
        ring = variable("log_ring")
        written, size = int(ring["written"]), ring["text"].type.sizeof
        if written == 0:
            print("nothing has been logged yet")
            return
        data = bytes(gdb.selected_inferior().read_memory(int(ring["text"].address), size))
        for line in lines_of(data, written)[-int(argument or 0):]:
            print(line)


def lines_of(data: bytes, written: int) -> list[str]:
    """The ring's text in the order in which it was written."""
    start = written % len(data)
    text = data[:written] if written <= len(data) else data[start:] + data[:start]
    return text.decode("ascii", "replace").splitlines()


Log()
