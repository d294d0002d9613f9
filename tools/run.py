#!/usr/bin/python3
"""Runs the kernel of this tree: in QEMU, in Bochs, under gdb, recorded and replayed.

The Makefile builds and calls this; it can be called by hand from any folder. The exit status is 0
when the kernel finished, and 1 with one line that says why when it panicked, met an exercise that
is not written yet, or the CPU gave up (triple fault).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
TREE = TOOLS.parent
sys.path.insert(0, str(TOOLS))

from emulator import (bochs, debugger, disks, outcome, programs, qemu,           # noqa: E402
                      recording, session, watch)
from emulator.terminal import PipeConsole, PtyConsole                     # noqa: E402


SHUTDOWN = "shutdown requested"     # Bochs, when the guest has ended it


class Refusal(Exception):
    """What was asked for cannot be done; the message is the one line that says why."""


@dataclass(frozen=True)
class Boot:
    """What to boot: the tree's own kernel, or the one of a graded test."""

    kernel: Path
    symbols: Path           # the same kernel with its debug information
    command_line: str
    memory: str
    modules: tuple[Path, ...] = ()      # the programs that are loaded with it
    disk: Path | None = None            # the image; a test brings its own
    graded: bool = False    # then guest time counts instructions, as it does for the grader


def say(line: str) -> None:
    """One line to the user, apart from what the guest prints."""
    sys.stdout.flush()
    print(f"microk: {line}", file=sys.stderr)


def chosen_boot(options: argparse.Namespace) -> Boot:
    """The boot that the options ask for. The grader is asked for that of a test."""
    megabytes(options.memory)
    if getattr(options, "test", None):
        return graded_boot(options.test, options.seed)
    boot = Boot(options.build / "microk.elf", options.build / "microk.debug", options.args,
                options.memory, programs.built(options.build), chosen_disk(options))
    if not boot.kernel.is_file():
        raise Refusal(f"{boot.kernel}: there is no kernel yet; `make` builds it")
    for module in boot.modules:
        if not module.is_file():
            raise Refusal(f"{module}: there is no such program yet; `make` builds it")
    return boot


def chosen_disk(options: argparse.Namespace) -> Path | None:
    """The disk that the options ask for; without a word the one that was built, if one was."""
    built = options.build / disks.NAME
    if options.disk is None:
        return built if built.is_file() else None
    if not options.disk.is_file():
        raise Refusal(f"{options.disk}: there is no such disk; `make disk DISK=...` makes one")
    return options.disk


def held(disk: Path | None) -> contextlib.AbstractContextManager[None]:
    """Keeps the disk from others who would write to it at the same time."""
    return disks.held(disk) if disk else contextlib.nullcontext()


def graded_boot(test: str, seed: str) -> Boot:
    """Has the grader build the kernel of a test and say how it boots it."""
    command = [sys.executable, str(TREE / "grading/grade.py"), "--print-boot", test]
    command += ["--seed", seed] if seed else []
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        sys.exit(result.returncode)     # the grader has said why
    boot = json.loads(result.stdout)
    return Boot(Path(boot["kernel"]), Path(boot["debug"]), boot["append"], boot["memory"],
                tuple(map(Path, boot.get("modules", ()))), graded=True)


def report(result: outcome.Outcome) -> int:
    """Tells what the console did not show; the exit status of the run."""
    for unwritten in result.unwritten:
        handout = outcome.handout_of(unwritten.exercise, TREE / "stage.json")
        say(f'exercise "{unwritten.exercise}" ({unwritten.function}) is not written yet'
            + (f": see {handout}" if handout else ""))
    if result.failed:
        say(result.sentence())
    return int(result.failed)


def still_running(emulator: str, limit: float) -> int:
    """The status of a run that we ended: by its limit, or because the person asked to leave."""
    if limit:
        say(f"{emulator} was still running after {limit:g} s")
    return int(bool(limit))


def text_of(path: Path) -> str:
    """A file that the emulator may not have come to write."""
    return path.read_text(errors="replace") if path.exists() else ""


def require_window(wanted: bool) -> None:
    """Ends when there is to be a window, and cannot be."""
    if not wanted:
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Refusal("a window needs a graphical session, and this is none")
    if not qemu.has_window():
        raise Refusal("this QEMU has no window: its package qemu-system-gui is not installed")


def run(options: argparse.Namespace) -> int:
    """Boots in QEMU with the serial console on this terminal."""
    boot = chosen_boot(options)
    session.require(qemu.PROGRAM)
    require_window(options.gui)
    with session.private_folder() as folder, held(boot.disk):
        machine = qemu.Machine(
            kernel=boot.kernel, command_line=boot.command_line, modules=boot.modules,
            memory=boot.memory, serial=qemu.TERMINAL, debug_port=qemu.to_file(folder / "debug"),
            disk=boot.disk, window=options.gui)
        return run_qemu(machine, folder, options.limit)


def run_qemu(machine: qemu.Machine, folder: Path, limit: float, cwd: Path | None = None) -> int:
    """Runs QEMU (in cwd) on this terminal and judges the run."""
    through = with_console if machine.disk else with_terminal
    watched = replace(machine, qmp=folder / "qmp", pause_at_end=True)
    with watch.Watcher(folder / "qmp") as watcher:
        status, ended = through(watched, folder, limit, cwd)
    result = outcome.read_outcome(text_of(folder / "debug"), watcher.fault,
                                  status == qemu.STATUS_UNWRITTEN)
    if status == 1 and result.end is outcome.End.LEFT:
        return 1    # QEMU has said itself why it did not start
    return report(result) if ended else still_running("QEMU", limit)


def with_terminal(machine: qemu.Machine, _folder: Path, limit: float, cwd: Path | None,
                  ) -> tuple[int, bool]:
    """Runs QEMU with the terminal in its own hands. Its status, and whether it ended by itself."""
    if sys.stdin.isatty():
        say("Ctrl-C ends it" if machine.record else "Ctrl-A X leaves")
    return session.foreground(qemu.command(machine), limit, cwd)


def with_console(machine: qemu.Machine, folder: Path, limit: float, cwd: Path | None,
                 ) -> tuple[int, bool]:
    """The same for a guest that reads: its serial line is in our hands, so that what stdin gives
    is neither lost nor endless."""
    line = folder / "serial"
    command = qemu.command(replace(machine, serial=qemu.to_pipes(line)))
    if sys.stdin.isatty():
        say("Ctrl-A X leaves")
    with PipeConsole(line, careful=machine.record is not None) as console, \
            session.background(command, cwd=cwd) as process:
        ended = console.serve(process, limit)
        if not machine.record:
            process.kill()      # without a word of its own
        return session.end(process), ended or console.left


def run_bochs(options: argparse.Namespace) -> int:
    """Boots the ISO in Bochs with the serial console on this terminal."""
    iso = options.build / "microk.iso"
    if not iso.is_file():
        raise Refusal(f"{iso}: there is no image yet; `make iso` builds it")
    disk = chosen_disk(options)
    session.require(bochs.PROGRAM)
    if sys.stdin.isatty():
        say("Ctrl-A X leaves")
    with session.private_folder() as folder, held(disk), PtyConsole() as console, \
            (folder / "stdout").open("wb") as output:
        machine = bochs.Machine(iso=iso.resolve(), serial=Path(console.device),
                                log=folder / "log", megabytes=megabytes(options.memory),
                                disk=own_name(disk, folder))
        command = bochs.write_files(machine, folder)
        with session.background(command, cwd=folder, stdout=output,
                                stderr=subprocess.STDOUT) as process:
            ended = console.serve(process, options.limit)
        printed = text_of(folder / "stdout")
        fault = outcome.bochs_fault(text_of(folder / "log"), printed)
        result = outcome.read_outcome(printed, fault, SHUTDOWN in text_of(folder / "log"))
        if console.left:
            return report(result)
        return report(result) or bochs_left(result, ended, folder, options.limit)


def own_name(disk: Path | None, folder: Path) -> Path | None:
    """Another name of the disk, in a private folder: Bochs puts a file beside the image as its
    mark, and leaves it there when it is killed."""
    if disk is None:
        return None
    (folder / "disk").symlink_to(disk.resolve())
    return folder / "disk"


def bochs_left(result: outcome.Outcome, ended: bool, folder: Path, limit: float) -> int:
    """The status of a run in Bochs that has not failed: 1 if it has not finished either."""
    if result.end is outcome.End.DONE:
        return 0
    if not ended:
        return still_running("Bochs", limit)
    reason = [line for line in text_of(folder / "log").splitlines() if ">>PANIC<<" in line]
    say(f"Bochs ended by itself: {(reason or ['it gives no reason'])[0].strip()}")
    return 1


def megabytes(memory: str) -> int:
    """128 for 128M, 4096 for 4G; a number alone counts megabytes."""
    number, unit = memory[:-1], memory[-1].upper()
    if memory.isdigit():
        return int(memory)
    if not number.isdigit() or unit not in "MG":
        raise Refusal(f"'{memory}' is no size of memory: 64M and 4G are")
    return int(number) * (1024 if unit == "G" else 1)


def debug(options: argparse.Namespace) -> int:
    """QEMU stopped at the machine's first instruction, gdb attached."""
    boot = chosen_boot(options)
    session.require(qemu.PROGRAM, debugger.PROGRAM)
    require_window(options.gui)
    machine = qemu.Machine(kernel=boot.kernel, command_line=boot.command_line,
                           modules=boot.modules, memory=boot.memory, serial=qemu.TERMINAL,
                           icount=boot.graded, disk=boot.disk, window=options.gui)
    with held(boot.disk):
        if not options.batch:
            say("stopped at the machine's first instruction; `break kernel_main`, `continue`; "
                "`help microk` lists the kit's commands")
        return debugger.debug(machine, boot.symbols, options.batch, typed=options.input)


def record(options: argparse.Namespace) -> int:
    """Runs as `run` does, and keeps all that is needed to run exactly this again."""
    boot = chosen_boot(options)
    with session.private_folder() as folder:
        with held(boot.disk):
            machine = recording.record(options.build / "record", boot.kernel, boot.symbols,
                                       boot.modules, boot.command_line, boot.memory, boot.disk,
                                       folder)
        status = run_qemu(machine, folder, options.limit, options.build / "record")
    say(f"recorded in {options.build / 'record'}; `make replay` runs it again, "
        "`make replay GDB=1` backwards too")
    return status


def replay(options: argparse.Namespace) -> int:
    """Runs the recording again; under gdb at its end, from where it can go backwards."""
    folder = options.build / "record"
    if not recording.exists(folder):
        raise Refusal(f"{folder}: nothing is recorded yet; `make record` does it")
    if options.gdb or options.batch:
        return debugger.debug_backwards(folder, options.batch)
    with session.private_folder() as private:
        return run_qemu(recording.replay(folder, private), private, options.limit, folder)


def add_boot_options(parser: argparse.ArgumentParser) -> None:
    """What all commands that boot understand."""
    parser.add_argument("--memory", default="128M", help="size of memory, such as 64M or 4G")
    parser.add_argument("--args", default="", help="the kernel's command line")
    parser.add_argument("--disk", type=Path, metavar="IMAGE",
                        help="the machine has this disk, not the one that was built")


def add_test_options(parser: argparse.ArgumentParser) -> None:
    """The run of a graded test instead of the tree's own kernel."""
    parser.add_argument("--test", help="run the kernel of this graded test")
    parser.add_argument("--seed", default="", help="with this seed, such as 0x1234")


def add_batch_option(parser: argparse.ArgumentParser) -> None:
    """gdb without a person in front of it."""
    parser.add_argument("--batch", nargs="+", metavar="COMMAND",
                        help="run these gdb commands and end")


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line, with the function that serves it in `serve`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, serve in (("run", run), ("bochs", run_bochs), ("debug", debug),
                        ("record", record), ("replay", replay)):
        command = commands.add_parser(name, help=serve.__doc__, description=serve.__doc__)
        command.set_defaults(serve=serve)
        command.add_argument("--build", type=Path, default=TREE / "build", metavar="DIR",
                             help="where the kernel was built")
        command.add_argument("--limit", type=float, default=0, metavar="SECONDS",
                             help="end the machine after this time")
        if name != "replay":
            add_boot_options(command)
        if name in ("debug", "record"):
            add_test_options(command)
        if name in ("debug", "replay"):
            add_batch_option(command)
        if name in ("run", "debug"):
            command.add_argument("--gui", action="store_true", help="show the screen")
    commands.choices["debug"].add_argument("--input", type=Path, metavar="FILE",
                                           help="what the guest reads from its console")
    commands.choices["replay"].add_argument("--gdb", action="store_true",
                                            help="stop where the run ended, gdb attached")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Serve one command; errors are one line."""
    options = parse(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda signum, _frame: sys.exit(128 + signum))
    try:
        return options.serve(options)
    except (Refusal, disks.Refusal, session.ToolMissing) as error:
        say(str(error))
    except OSError as error:
        say(f"{error.filename or 'error'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
