"""Saved registers and the calls behind them."""

from __future__ import annotations

import gdb

from commands import (Subcommand, context_finders, find_context, place, read_words, register,
                      variable)

PER_LINE = 3
BACKTRACE_LIMIT = 64
STACK_LIMIT = 1 << 20   # no two frames of one stack are further apart


def boot_context(wanted: str) -> tuple[str, gdb.Value] | None:
    """The context into which the CPU saves while no other is in use."""
    if wanted not in ("", "boot"):
        return None
    return "boot_context", variable("boot_context")


context_finders.append(boot_context)


class Registers(Subcommand):
    """Saved registers: microk registers [boot or another context's name]

These are the registers of interrupted code, as the CPU and trap_entry saved them. Those of the CPU
as it stands now are shown by `info registers`."""

    name = "registers"

    def run(self, argument: str) -> None:
        title, context = find_context(argument)
        names = [field.name for field in context.type.fields()]
        if not int(context["rip"]):
            print(f"{title}: nothing has been saved there")
            return
        print(f"{title}, saved at {int(context.address):#x}:")
        for start in range(0, len(names), PER_LINE):
            print("  " + "  ".join(f"{name:>6} {int(context[name]):016x}"
                                   for name in names[start:start + PER_LINE]))
        print(f"  at {place(int(context['rip']))}")


class Backtrace(Subcommand):
    """Who called whom: microk backtrace [boot or another context's name]

Without a name the calls that led to where the CPU stands now; with one, those of the saved
registers. Follows frame pointers as the kernel's own backtrace does, so a damaged stack shows here
as it does there; gdb's `bt` uses debug information instead."""

    name = "backtrace"

    def run(self, argument: str) -> None:
        if argument:
            title, context = find_context(argument)
            print(f"{title}:")
            instruction, frame = int(context["rip"]), int(context["rbp"])
        else:
            instruction, frame = register("rip"), register("rbp")
        for depth, address in enumerate(return_addresses(instruction, frame)):
            print(f"  #{depth:<2} {place(address, after_call=depth > 0)}")


def return_addresses(instruction: int, frame: int) -> list[int]:
    """The chain of calls, innermost first; it ends at the first frame that cannot be right."""
    addresses = [instruction]
    lowest = frame
    while frame and frame % 8 == 0 and lowest <= frame < lowest + STACK_LIMIT \
            and len(addresses) < BACKTRACE_LIMIT:
        lowest = frame + 1
        try:
            frame, back = read_words(frame, 2)
        except gdb.MemoryError:
            break
        if not back:
            break
        addresses.append(back)
    return addresses


Registers()
Backtrace()
