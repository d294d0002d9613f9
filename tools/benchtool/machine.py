"""One run of a measuring program in QEMU, where the time stamp counter counts instructions."""

from __future__ import annotations

import shutil
from pathlib import Path

from emulator import disks, outcome, programs, qemu, session

from .errors import BenchError

ICOUNT_SHIFT = 0    # an instruction takes 1 ns, and the time stamp counter counts nanoseconds
LIMIT = 600.0       # seconds for a run; it takes less than one, or a few minutes with a disk
PEER = "_peer"

# From stage 05 on the first task loads all others. It starts the name server and the program that
# shows the stage: the measuring program is loaded under that one's name.
FIRST_TASK = ("init", "names")
DEMONSTRATION = "demo"

# From stage 07 on there are files, and a program that measures them: it needs a disk besides, and
# who answers for it.
FILES = "files"
OF_FILES = ("storage", "vfs")


def measuring(build: Path, program: str) -> tuple[Path, ...]:
    """The files of a measuring program and of its peer, which it starts itself."""
    folder = build / programs.FOLDER
    files = (folder / program, folder / f"{program}{PEER}")
    return tuple(file for file in files if file.is_file())


def services(program: str) -> tuple[str, ...]:
    """The programs that a measuring program needs besides."""
    return OF_FILES if program == FILES else ()


def modules(build: Path, program: str) -> tuple[Path, ...]:
    """What is loaded with the kernel, which starts the first one."""
    first, *others = measuring(build, program)
    if build / programs.FOLDER / DEMONSTRATION not in programs.built(build):
        return (first, *others)
    folder = build / "boots" / program
    folder.mkdir(parents=True, exist_ok=True)
    renamed = folder / DEMONSTRATION
    shutil.copyfile(first, renamed)
    loaded = (*FIRST_TASK, *services(program))
    return (*(build / programs.FOLDER / name for name in loaded), renamed, *others,
            *privileges(build, program, folder))


def privileges(build: Path, program: str, folder: Path) -> tuple[Path, ...]:
    """The file with the privileges of a measuring program, under its other name, of its peer and of
    what it needs; none if none needs any."""
    file, own = (place / programs.PRIVILEGES for place in (build / programs.FOLDER, folder))
    parts = programs.privileges_by_program(file.read_text() if file.is_file() else "")
    others = (f"{program}{PEER}", *services(program))
    names = {program: DEMONSTRATION} | {name: name for name in others}
    needs = {names[name]: part for name, part in parts.items() if name in names}
    if not needs:
        return ()
    own.write_text(programs.privileges_file(needs), encoding="utf-8")
    return (own,)


def machine(build: Path, program: str, serial: str, debug_port: str,
            counts: bool = True) -> qemu.Machine:
    """The machine that measures: it counts instructions, or else its time is the host's."""
    return qemu.Machine(kernel=build / "microk.elf", modules=modules(build, program),
                        serial=serial, debug_port=debug_port,
                        disk=own_disk(build, program) if program == FILES else None,
                        icount=counts, icount_shift=ICOUNT_SHIFT)


def own_disk(build: Path, program: str) -> Path:
    """A disk of the measurement's own, as the build has made it."""
    made, copy = build / disks.NAME, build / "boots" / program / disks.NAME
    if not made.is_file():
        raise BenchError(f"{made}: there is no such disk; `make bench` without DISK makes it")
    disks.copy(made, copy)
    return copy


def run(build: Path, program: str, counts: bool = True) -> str:
    """Boots the program; what the kernel's console has shown."""
    session.require(qemu.PROGRAM)
    with session.private_folder() as folder:
        serial, debug_port = folder / "serial", folder / "debug"
        command = qemu.command(machine(build, program, qemu.to_file(serial),
                                       qemu.to_file(debug_port), counts))
        _, ended = session.foreground(command, LIMIT)
        result = outcome.read_outcome(debug_port.read_text(), None)
        if not ended or result.end is not outcome.End.DONE:
            raise BenchError(f"{program}: {result.sentence()}; the last line is "
                             f"'{last_line(serial.read_text(errors='replace'))}'")
        return serial.read_text()


def last_line(text: str) -> str:
    """The last line of a text that is not empty, or nothing."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
