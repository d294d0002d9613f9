"""The way of one turn of a measurement's loop through kernel and programs, step by step."""

from __future__ import annotations

import bisect
import itertools
import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from emulator import debugger, qemu, session

from .errors import BenchError
from .machine import machine, measuring
from .measurements import Measurement

FOLLOW = Path(__file__).with_name("follow.py")
START = "measure_listing"
KERNEL_HALF = 1 << 63
NO_FUNCTION = re.compile(r"^\.\.@|_address$")    # labels in NASM's macros, in linker scripts


@dataclass(frozen=True)
class Step:
    """An instruction that was executed, and how many times in a row: a string instruction counts
    once for each of its repetitions."""

    owner: str          # "kernel" or the program
    symbol: str         # function and offset
    text: str
    times: int

    @property
    def function(self) -> str:
        """Where it is, without the offset."""
        return f"{self.owner}: {self.symbol.split('+')[0]}"


class Symbols:
    """The names of one file's addresses."""

    def __init__(self, file: Path) -> None:
        printed = subprocess.run(["nm", "-n", file], stdout=subprocess.PIPE, text=True,
                                 check=True).stdout
        entries = [line.split() for line in printed.splitlines()]
        found = [(int(words[0], 16), words[2]) for words in entries if len(words) == 3
                 and words[1] in "tT" and not NO_FUNCTION.search(words[2])]
        self.addresses = [address for address, _ in found]
        self.names = [name for _, name in found]
        ends = {words[2]: int(words[0], 16) for words in entries if len(words) == 3}
        self.end = ends.get("program_end_address", 1 << 64)

    def holds(self, address: int) -> bool:
        """Whether the address is in this file's memory."""
        return self.addresses[0] <= address < self.end

    def name(self, address: int) -> str:
        """function or function+0x12."""
        index = bisect.bisect_right(self.addresses, address) - 1
        offset = address - self.addresses[index]
        return self.names[index] + (f"+{offset:#x}" if offset else "")

    def address(self, name: str) -> int:
        """Where a function begins."""
        return self.addresses[self.names.index(name)]


def take(build: Path, measurement: Measurement) -> list[Step]:
    """Boots the measurement under gdb and follows it."""
    session.require("nm")
    files = {module.name: Symbols(module.with_name(f"{module.name}.debug"))
             for module in measuring(build, measurement.program)}
    with session.private_folder() as folder:
        steps = followed(build, measurement, files[measurement.program], folder / "steps")
    return named(steps, Symbols(build / "microk.debug"), files)


def followed(build: Path, measurement: Measurement, symbols: Symbols, out: Path) -> list[dict]:
    """What follow.py finds inside gdb."""
    commands = [f'set $bench_name = "{measurement.name}"',
                f"set $bench_from = {symbols.address(START)}",
                f'set $bench_out = "{out}"', f"source {FOLLOW}"]
    settings = ["set confirm off", "set pagination off", "set architecture i386:x86-64",
                "set disassembly-flavor intel"]
    described = machine(build, measurement.program, qemu.NOWHERE, qemu.NOWHERE)
    with debugger.stopped_qemu(described, None) as socket:
        words = [debugger.PROGRAM, "-q", "-nx", "-batch"]
        for line in [*settings, f"target remote {socket}", *commands]:
            words += ["-ex", line]
        done = subprocess.run([*words, build / "microk.debug"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)
    if not out.is_file() or not out.stat().st_size:
        raise BenchError(f"gdb could not follow {measurement.name}: {done.stdout.strip()}")
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def named(steps: list[dict], kernel: Symbols, programs: dict[str, Symbols]) -> list[Step]:
    """The steps with names. The measuring program comes first in `programs`, and so does its
    address space in the steps: that decides where both have something at an address."""
    own_space = steps[0]["cr3"]
    found = []
    for (address, space), group in itertools.groupby(
            steps, lambda step: (step["pc"], step["cr3"])):
        repeated = list(group)
        names = list(programs) if space == own_space else list(reversed(programs))
        owner = "kernel" if address >= KERNEL_HALF else \
            next((name for name in names if programs[name].holds(address)), "another")
        symbols = {"kernel": kernel, **programs}.get(owner)
        found.append(Step(owner, symbols.name(address) if symbols else f"{address:#x}",
                          repeated[0]["text"], len(repeated)))
    return found


def lines(measurement: Measurement, steps: list[Step]) -> list[str]:
    """The listing as text: every step, then how many of them are in which function."""
    count = sum(step.times for step in steps)
    text = [f"{measurement.name}: one turn of the loop, {count} instructions", ""]
    number, owner = 1, ""
    for step in steps:
        times = f"  ; {step.times} times" if step.times > 1 else ""
        mark = step.owner if step.owner != owner else ""
        text.append(f"{number:5}  {mark:16} {step.symbol:32} {step.text}{times}")
        number, owner = number + step.times, step.owner
    return text + ["", *summary(steps)]


def summary(steps: list[Step]) -> list[str]:
    """Instructions by function, most first."""
    counts: Counter[str] = Counter()
    for step in steps:
        counts[step.function] += step.times
    return [f"{count:5}  {function}" for function, count in counts.most_common()]
