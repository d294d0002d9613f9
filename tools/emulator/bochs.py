"""Bochs' configuration, built from a description of the machine, as qemu.py does for QEMU.

Bochs has no arguments to speak of: it reads a file. Debian's build contains Bochs' own debugger,
which waits for a command before the first instruction; a second file gives it that command.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "bochs"
SHARED = Path("/usr/share/bochs")

CPU = "corei7_icelake_u"
SPEED = 4_000_000       # instructions of the guest in a second of its time

SECTOR, HEADS, SECTORS_PER_TRACK = 512, 16, 63

DEBUGGER_COMMANDS = "c\n"


@dataclass(frozen=True)
class Machine:
    """One machine to run."""

    iso: Path
    serial: Path        # a terminal device or pty that COM1 is connected to
    log: Path           # Bochs' own messages
    megabytes: int = 128
    disk: Path | None = None    # image of the disk; without one the machine has none


def configuration(machine: Machine) -> str:
    """The text of the bochsrc file."""
    lines = [
        f"romimage: file={SHARED}/BIOS-bochs-latest",
        f"vgaromimage: file={SHARED}/VGABIOS-lgpl-latest",
        "plugin_ctrl: iodebug=1",                       # the port that ends Bochs
        'display_library: rfb, options="timeout=0"',    # a screen that needs nobody to look at it
        f"cpu: model={CPU}, ips={SPEED}",
        f"memory: guest={machine.megabytes}, host={machine.megabytes}",
        "boot: cdrom",
        *drives(machine),
        f"com1: enabled=1, mode=term, dev={machine.serial}",
        "port_e9_hack: enabled=1",                      # bytes to port 0xE9 appear on stdout
        "clock: sync=none, time0=local",
        f"log: {machine.log}",
        "panic: action=fatal",
        "error: action=report",
        "info: action=ignore",
        "debug: action=ignore",
    ]
    return "\n".join(lines) + "\n"


def drives(machine: Machine) -> list[str]:
    """The lines for disk and CD. Without a disk the CD has its place; a disk is alone on the first
    channel. How it is cut into cylinders matters to the BIOS alone."""
    if machine.disk is None:
        return [f"ata0-master: type=cdrom, path={machine.iso}, status=inserted"]
    cylinders = machine.disk.stat().st_size // (SECTOR * HEADS * SECTORS_PER_TRACK)
    return [
        "ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14",
        "ata1: enabled=1, ioaddr1=0x170, ioaddr2=0x370, irq=15",
        f"ata0-master: type=disk, path={machine.disk}, mode=flat, cylinders={cylinders}, "
        f"heads={HEADS}, spt={SECTORS_PER_TRACK}",
        f"ata1-master: type=cdrom, path={machine.iso}, status=inserted",
    ]


def write_files(machine: Machine, folder: Path) -> list[str]:
    """Writes both files into a private folder; the command to start, ready for subprocess."""
    config = folder / "bochsrc"
    config.write_text(configuration(machine))
    commands = folder / "commands"
    commands.write_text(DEBUGGER_COMMANDS)
    return [PROGRAM, "-q", "-f", os.fspath(config), "-rc", os.fspath(commands)]
