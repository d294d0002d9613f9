"""QEMU's argument list, built from a description of the machine.

Everything that starts QEMU (tools/run.py, the grader, the tests) describes what it wants as a
Machine and asks command() for the arguments, so that the machine a student runs and the machine
that is graded cannot drift apart. Nothing here starts a machine.

Where the guest's bytes go is said with a target:

    TERMINAL              this process's own stdin and stdout
    NOWHERE               thrown away
    to_file(path)         a file, written as the guest writes
    to_socket(path)       a unix socket that QEMU listens on
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "qemu-system-x86_64"

DEBUG_PORT = 0xE9   # the kit's own channel: see machine_stop() in the kernel
EXIT_PORT = 0xF4    # isa-debug-exit: a value v written here ends QEMU with status 2v + 1

STATUS_DONE = 0         # powered off through ACPI
STATUS_PANIC = 35       # 0x11 written to EXIT_PORT
STATUS_UNWRITTEN = 37   # 0x12 written to EXIT_PORT: an assembly exercise that is not written yet

ICOUNT_SHIFT = 4    # one instruction is 16 ns of guest time: every run is the same run

WINDOW = "gtk"          # what shows the screen

TERMINAL = "stdio"
NOWHERE = "null"


def quoted(value: str | os.PathLike[str]) -> str:
    """A value inside a QEMU option, where a comma ends the value unless it is doubled."""
    return os.fspath(value).replace(",", ",,")


def to_file(path: str | os.PathLike[str]) -> str:
    """The target that writes the guest's bytes into a file."""
    return f"file,path={quoted(path)}"


def disk(image: str | os.PathLike[str], lasting: bool = False) -> tuple[str, ...]:
    """The arguments that make a file the first disk of the first ATA channel. Lasting: what the
    guest has flushed is on the host's medium, and not only with its kernel. That can take longer
    than a guest has patience whose time counts instructions."""
    cache = "writeback" if lasting else "unsafe"
    return ("-drive", f"file={quoted(image)},format=raw,if=ide,index=0,media=disk,cache={cache}")


def to_pipes(path: str | os.PathLike[str]) -> str:
    """The target of two named pipes, which have to be there."""
    return f"pipe,path={quoted(path)}"


def to_socket(path: str | os.PathLike[str], wait: bool = False) -> str:
    """The target that serves a unix socket; wait keeps the machine stopped until one connects."""
    return f"socket,path={quoted(path)},server=on,wait={'on' if wait else 'off'}"


@dataclass(frozen=True)
class Record:
    """Recording a run into a file, or replaying it. The overlay holds the snapshots that let a
    debugger run backwards; without one the replay runs forwards only."""

    mode: str                       # "record" or "replay"
    file: Path
    overlay: Path | None = None     # qcow2 image for snapshots

    def icount(self) -> str:
        """The options that join -icount."""
        snapshot = ",rrsnapshot=init" if self.overlay else ""
        return f",rr={self.mode},rrfile={quoted(self.file)}{snapshot}"

    def arguments(self) -> list[str]:
        """The options that stand beside -icount."""
        if not self.overlay:
            return []
        return ["-drive", f"file={quoted(self.overlay)},if=none,format=qcow2,id=rr"]


@dataclass(frozen=True)
class Machine:
    """One machine to run. Only what differs from MicroK's usual machine has to be said."""

    kernel: Path | None = None      # a Multiboot kernel to load directly, or ...
    iso: Path | None = None         # ... a CD to boot through GRUB
    command_line: str = ""          # for the kernel; only with kernel
    modules: tuple[Path, ...] = ()  # files loaded with the kernel, in this order; only with kernel
    memory: str = "128M"
    cpu: str = "max"
    serial: str = NOWHERE           # target of COM1
    debug_port: str = NOWHERE       # target of port 0xE9
    qmp: Path | None = None         # unix socket for QEMU's control protocol
    gdb: Path | None = None         # unix socket for the debugger stub
    stopped: bool = False           # wait for the debugger (or QMP) before the first instruction
    icount: bool = False            # count instructions: runs repeat exactly, idle time is skipped;
                                    # with a disk, which answers in the host's time, neither
    icount_shift: int = ICOUNT_SHIFT    # an instruction takes 2 to the power of this, in ns
    record: Record | None = None    # record or replay (implies icount, without skipping idle time)
    disk: Path | None = None        # image of the disk; without one the machine has none
    ram_file: Path | None = None    # guest memory as a file that others can map
    window: bool = False            # show the screen
    pause_at_end: bool = False      # keep the machine when it stops or resets: ask QMP why
    extra: tuple[str, ...] = ()     # anything else, as QEMU takes it


def has_window(program: str = PROGRAM) -> bool:
    """Whether this QEMU can show the screen: Debian has that in a package of its own."""
    done = subprocess.run([program, "-display", "help"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          check=False)
    return WINDOW in done.stdout.split()


def command(machine: Machine, program: str = PROGRAM) -> list[str]:
    """The whole command, ready for subprocess: program and arguments."""
    return [
        program,
        *_hardware(machine),
        *_boot(machine),
        *_guest_ports(machine),
        *_disk(machine),
        *_observers(machine),
        *_time(machine),
        *machine.extra,
    ]


def _hardware(machine: Machine) -> list[str]:
    """The board, memory, CPU and screen; -nodefaults keeps out what QEMU adds by itself."""
    board = "pc"
    memory = []
    if machine.ram_file:
        board = "pc,memory-backend=ram"
        memory = [
            "-object",
            f"memory-backend-file,id=ram,size={machine.memory},"
            f"mem-path={quoted(machine.ram_file)},share=on",
        ]
    screen = WINDOW if machine.window else "none"
    return [
        "-nodefaults", "-no-user-config",
        *memory,
        "-machine", board,
        "-m", machine.memory,
        "-cpu", machine.cpu,
        "-vga", "std",
        "-global", "apic.vapic=off",    # a help for old guests; it blocks QEMU 7.2 going backwards
        "-display", screen,
    ]


def _boot(machine: Machine) -> list[str]:
    """What the machine starts with, and what a reset does: it ends or pauses, never reboots."""
    if bool(machine.kernel) == bool(machine.iso):
        raise ValueError("a machine boots either a kernel or an ISO")
    ending = ["-no-reboot"] + (["-no-shutdown"] if machine.pause_at_end else [])
    if machine.iso:
        if machine.command_line or machine.modules:
            raise ValueError("an ISO carries its own command line and modules")
        return ["-cdrom", os.fspath(machine.iso), "-boot", "d", *ending]
    line = ["-append", machine.command_line] if machine.command_line else []
    return ["-kernel", os.fspath(machine.kernel or ""), *line, *_modules(machine), *ending]


def _modules(machine: Machine) -> list[str]:
    """The modules of the kernel: each gets its path as its string. For QEMU a path ends at a space,
    and what follows would be arguments."""
    if any(" " in os.fspath(module) for module in machine.modules):
        raise ValueError("the path of a module has a space")
    return ["-initrd", ",".join(map(quoted, machine.modules))] if machine.modules else []


def _guest_ports(machine: Machine) -> list[str]:
    """COM1, the debug port and the port that ends QEMU. A serial line on the terminal shares it
    with QEMU's own keys: Ctrl-A X leaves."""
    leave = ["-device", f"isa-debug-exit,iobase={EXIT_PORT:#x},iosize=0x04"]
    if machine.record:
        return ["-serial", _old_form(machine.serial),
                "-debugcon", _old_form(machine.debug_port), *leave]
    mux = ",mux=on,signal=off" if machine.serial == TERMINAL else ""
    return [
        "-chardev", f"{machine.serial},id=serial{mux}", "-serial", "chardev:serial",
        "-chardev", f"{machine.debug_port},id=debug",
        "-device", f"isa-debugcon,iobase={DEBUG_PORT:#x},chardev=debug",
        *leave,
    ]


def _old_form(target: str) -> str:
    """A target as QEMU's older options take it. Only what they make is recorded (input) and has its
    place in the order of events (output): without that, QEMU 7.2 notes the end of a run earlier
    than it was, and a replay misses what machine_stop() does."""
    if "," not in target:
        return target
    kind, _, path = target.partition(",path=")
    return f"{kind}:{path.replace(',,', ',')}"


def _disk(machine: Machine) -> list[str]:
    """The disk. A recording notes when what was asked of it was done; its image is a copy."""
    if machine.disk is None:
        return []
    if not machine.record:
        return [*disk(machine.disk, lasting=not machine.icount)]
    return ["-drive", f"file={quoted(machine.disk)},format=qcow2,if=none,id=image",
            "-drive", "driver=blkreplay,if=none,image=image,id=disk",
            "-device", "ide-hd,drive=disk,bus=ide.0,unit=0"]


def _observers(machine: Machine) -> list[str]:
    """The doors through which programs outside look in; with none QEMU has no monitor at all."""
    arguments = ["-monitor", "none"]
    if machine.qmp:
        arguments += ["-chardev", f"{to_socket(machine.qmp)},id=qmp", "-mon", "qmp,mode=control"]
    if machine.gdb:
        arguments += ["-chardev", f"{to_socket(machine.gdb)},id=gdb", "-gdb", "chardev:gdb"]
    if machine.stopped:
        arguments += ["-S"]
    return arguments


def _time(machine: Machine) -> list[str]:
    """How guest time runs: with the host's clock, or with the count of instructions."""
    if machine.record:
        icount = f"shift={machine.icount_shift}{machine.record.icount()}"
        return ["-icount", icount, *machine.record.arguments()]
    if machine.icount:  # with idle time skipped, a guest's patience with its disk ends in no time
        skipping = "" if machine.disk else ",sleep=off"
        return ["-icount", f"shift={machine.icount_shift}{skipping}"]
    return []
