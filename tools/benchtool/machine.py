"""One run of a measuring program in QEMU, where the time stamp counter counts instructions."""

from __future__ import annotations

import shutil
from pathlib import Path

from emulator import outcome, programs, qemu, session

from .errors import BenchError

ICOUNT_SHIFT = 0    # an instruction takes 1 ns, and the time stamp counter counts nanoseconds
LIMIT = 120.0       # seconds for a run; it takes less than one
PEER = "_peer"

# From stage 05 on the first task loads all others. It starts the name server and the program that
# shows the stage: the measuring program is loaded under that one's name.
FIRST_TASK = ("init", "names")
DEMONSTRATION = "demo"

# From stage 06 on programs have privileges, which stand in one file, each behind a line with the
# program's name.
PRIVILEGES = "privileges"
OF_PROGRAM = "program "


def measuring(build: Path, program: str) -> tuple[Path, ...]:
    """The files of a measuring program and of its peer, which it starts itself."""
    folder = build / programs.FOLDER
    files = (folder / program, folder / f"{program}{PEER}")
    return tuple(file for file in files if file.is_file())


def modules(build: Path, program: str) -> tuple[Path, ...]:
    """What is loaded with the kernel, which starts the first one."""
    first, *others = measuring(build, program)
    if build / programs.FOLDER / DEMONSTRATION not in programs.built(build):
        return (first, *others)
    folder = build / "boots" / program
    folder.mkdir(parents=True, exist_ok=True)
    renamed = folder / DEMONSTRATION
    shutil.copyfile(first, renamed)
    return (*(build / programs.FOLDER / name for name in FIRST_TASK), renamed, *others,
            *privileges(build, program, folder))


def privileges(build: Path, program: str, folder: Path) -> tuple[Path, ...]:
    """The file with a measuring program's privileges, under its other name; none if it needs
    none."""
    file, own = build / programs.FOLDER / PRIVILEGES, folder / PRIVILEGES
    parts = file.read_text(encoding="utf-8").split(OF_PROGRAM) if file.is_file() else []
    needs = [part.removeprefix(program) for part in parts if part.split("\n")[0] == program]
    if not needs:
        return ()
    own.write_text(OF_PROGRAM + DEMONSTRATION + needs[0], encoding="utf-8")
    return (own,)


def machine(build: Path, program: str, serial: str, debug_port: str) -> qemu.Machine:
    """The machine that measures."""
    return qemu.Machine(kernel=build / "microk.elf", modules=modules(build, program),
                        serial=serial, debug_port=debug_port,
                        icount=True, icount_shift=ICOUNT_SHIFT)


def run(build: Path, program: str) -> str:
    """Boots the program; what the kernel's console has shown."""
    session.require(qemu.PROGRAM)
    with session.private_folder() as folder:
        serial, debug_port = folder / "serial", folder / "debug"
        command = qemu.command(machine(build, program, qemu.to_file(serial),
                                       qemu.to_file(debug_port)))
        _, ended = session.foreground(command, LIMIT)
        result = outcome.read_outcome(debug_port.read_text(), None)
        if not ended or result.end is not outcome.End.DONE:
            raise BenchError(f"{program}: {result.sentence()}; the last line is "
                             f"'{last_line(serial.read_text(errors='replace'))}'")
        return serial.read_text()


def last_line(text: str) -> str:
    """The last line of a text that is not empty, or nothing."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
