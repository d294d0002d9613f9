"""What the stage as a whole says on the console."""

from __future__ import annotations

import re

from grader.boot import Boot
from grader.expect import expect, shown
from grader.snapshot import Snapshot
from .memory_maps import firmware_map, usable
from .numbers import narrowed
from .reading import log_text

SHOWN = 200             # characters
INNERMOST = ("guest_raise_read", "guest_test_boot_panic", "demo_main")


def check_boot_lines(boot: Boot, snapshot: Snapshot) -> None:
    """The banner and the memory, in numbers that are known outside."""
    first = boot.serial[0]
    expect(bool(re.fullmatch(r"Booting MicroK v\d+\.\d+\.\.\.", first)), "the first line of the "
           "console is wrong", expected="Booting MicroK v...", got=first)
    boot.expect_line(rf"^\[mm\] {boot.memory_mb} MB detected$")
    ranges = usable(snapshot, firmware_map(boot.memory_mb))
    kilobytes = [(end - start) // 1024 for start, end in ranges]
    boot.expect_line(rf"^\[mm\] {sum(kilobytes)} KB free:$")
    for (start, end), size in zip(ranges, kilobytes):
        boot.expect_line(rf"^\[mm\]   {start:012x}-{end - 1:012x} +{size} KB$")
    boot.expect_no_line(r"(?i)panic|expected|unexpected|not used")


def check_log(boot: Boot, snapshot: Snapshot) -> None:
    """The log ring and the serial port have been told the same."""
    log, serial = log_text(snapshot), boot.serial_text.replace("\r\n", "\n")
    expect(log == serial, "the log ring does not hold what came out of the serial port",
           expected=shown(serial[-SHOWN:]), got=shown(log[-SHOWN:]))


def check_panic_lines(boot: Boot, snapshot: Snapshot) -> None:
    """A panic's message, registers and backtrace (guest/01-boot/boot.c)."""
    nonce, address = int(boot.value("nonce")), snapshot.kernel.guest_bad_address
    place = snapshot.image.symbols.address("guest_raise_read.place")
    boot.expect_line(rf"^\[test\] {nonce:016x} is {narrowed(nonce, 64, True)}$")
    boot.expect_line(rf"^PANIC: page fault: read at 0x{address:016x}, a page that is not mapped$")
    boot.expect_line(rf"^rip {place:016x} ")
    boot.expect_line(rf"\brdi {address:016x}$")
    boot.expect_line(rf"^cr2 {address:016x}$")
    boot.expect_line(rf"^  #0  0x{place:016x} {INNERMOST[0]}\+0x[0-9a-f]+$")
    for depth, name in enumerate(INNERMOST[1:], 1):
        boot.expect_line(rf"^  #{depth}  0x[0-9a-f]{{16}} {name}\+0x[0-9a-f]+$")
