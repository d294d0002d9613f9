#!/usr/bin/python3
"""The kernel's symbol table: `nm` output in, C source out.

The kernel prints function names in its backtraces, so it carries a table of them. The table is
made from the kernel itself: link once with an empty table, read the functions' addresses, link
again with the real one. The table stands behind the code (in .rodata), so the second link leaves
every function where it was; `--check` proves that and fails the build if it is ever untrue.

    nm -S first | symbols.py > table.c          write the table
    symbols.py --empty > table.c                the table of the first link
    nm -S second | symbols.py --check table.c   the second link must yield the same table
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Iterable, NamedTuple

# The parts that compilers split off a function keep its name and add one of these.
COMPILER_SUFFIX = re.compile(r"\.(cold|part|isra|constprop|llvm|lto_priv)\b")

# What kernel.ld defines to mark where a part of the image begins and ends.
TEXT_END = "text_end"
LINKER_MARK = re.compile(r"(image|text|rodata|data|bss)_(start|end)")


class Symbol(NamedTuple):
    """One line of `nm -S`."""

    address: int
    size: int
    kind: str
    name: str


def parse(lines: Iterable[str]) -> list[Symbol]:
    """The symbols in nm's lines. A label without a size (assembly) has one column less."""
    symbols = []
    for line in lines:
        fields = line.split()
        if len(fields) == 4:
            symbols.append(Symbol(int(fields[0], 16), int(fields[1], 16), *fields[2:]))
        elif len(fields) == 3:
            symbols.append(Symbol(int(fields[0], 16), 0, *fields[1:]))
    return symbols


def is_function(symbol: Symbol) -> bool:
    """Whether a symbol belongs into a backtrace: code, but neither a label inside an assembly
    routine (NASM names it routine.label) nor a mark of the linker script."""
    if symbol.kind not in "tTwW" or LINKER_MARK.fullmatch(symbol.name):
        return False
    return "." not in symbol.name or COMPILER_SUFFIX.search(symbol.name) is not None


def functions(symbols: Iterable[Symbol]) -> list[Symbol]:
    """One symbol an address, in the order of addresses. Where several share one, the best name is
    that of a function with a size, then a global one, then the first by the alphabet."""
    best: dict[int, Symbol] = {}

    def rank(symbol: Symbol) -> tuple[bool, bool, str]:
        return (symbol.size == 0, symbol.kind.islower(), symbol.name)

    for symbol in filter(is_function, symbols):
        other = best.get(symbol.address)
        if other is None or rank(symbol) < rank(other):
            best[symbol.address] = symbol
    return [best[address] for address in sorted(best)]


def code_end(symbols: Iterable[Symbol]) -> int:
    """Where the last function ends, by the linker script; 0 when it does not say."""
    return next((symbol.address for symbol in symbols if symbol.name == TEXT_END), 0)


def table(symbols: list[Symbol]) -> str:
    """The C source of the table. Without symbols one row remains, for C has no empty arrays."""
    rows = [f'    {{{symbol.address:#x}, "{symbol.name}"}},' for symbol in functions(symbols)]
    return "\n".join([
        "/* Written by tools/symbols.py: the kernel's functions by address. */",
        '#include "debug/backtrace.h"',
        "",
        "const struct symbol symbol_table[] = {",
        *(rows or ["    {0, 0},"]),
        "};",
        f"const size_t symbol_count = {len(rows)};",
        f"const uintptr_t symbol_end = {code_end(symbols):#x};",
        "",
    ])


def moved(before: str, after: str) -> str:
    """The first difference between two tables, for a person to read."""
    for old, new in zip(before.splitlines(), after.splitlines()):
        if old != new:
            return f"'{old.strip()}' became '{new.strip()}'"
    return "the number of functions differs"


def main() -> int:
    """Read nm's output from stdin and write or check the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--empty", action="store_true", help="write the table of the first link")
    parser.add_argument("--check", metavar="TABLE", type=Path,
                        help="compare with this table instead of writing one")
    options = parser.parse_args()

    text = table([] if options.empty else parse(sys.stdin))
    if not options.check:
        sys.stdout.write(text)
        return 0
    before = options.check.read_text()
    if text == before:
        return 0
    print(f"symbols.py: the second link moved a function: {moved(before, text)}; "
          "the table in .rodata must stand behind .text in kernel.ld", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
