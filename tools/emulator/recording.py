"""A recorded run: a folder with all that is needed to run exactly the same again.

    microk.elf, microk.debug    the kernel as it was, whatever becomes of the tree
    programs/, programs.list    likewise the programs that were loaded with it, and their order
    boot.json                   its command line and the machine's memory
    events                      what reached the machine from outside, and when
    snapshots.qcow2             the states from which a debugger running backwards starts afresh
    disk.img                    the machine's disk as it was in the beginning, if it has one
    disk.qcow2                  what the run has changed on it, and its part of those states

A recorded run works on a copy of the disk, and so does a replay: what happens in them is seen again
and again, and the disk itself stays as it is.

QEMU has to run in this folder: the kernel's command line begins with the kernel's path, and what a
program is called is its path, so the paths are part of what has to be the same. The folder as a
whole may be moved.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Sequence

from . import disks, programs, qemu, session

IMAGE_TOOL = "qemu-img"
SNAPSHOT_DISK = "16M"   # the machine never sees this disk: only snapshots go into its file

DISK = "disk.img"
DISK_CHANGES = "disk.qcow2"


def exists(folder: Path) -> bool:
    """Whether a finished recording is there."""
    return (folder / "boot.json").is_file()


def record(folder: Path, kernel: Path, symbols: Path, modules: Sequence[Path],
           command_line: str, memory: str, disk: Path | None, private: Path) -> qemu.Machine:
    """Empties the folder and returns the machine whose run, in this folder, will fill it."""
    session.require(qemu.PROGRAM, IMAGE_TOOL)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(kernel, folder / "microk.elf")
    shutil.copyfile(symbols, folder / "microk.debug")
    programs.copy(modules, folder)
    image_tool("create", "-f", "qcow2", folder / "snapshots.qcow2", SNAPSHOT_DISK)
    if disk:
        disks.copy(disk, folder / DISK)
        image_tool("create", "-f", "qcow2", "-F", "raw", "-b", DISK, folder / DISK_CHANGES)
    (folder / "boot.json").write_text(json.dumps({"append": command_line, "memory": memory}))
    return machine(folder, "record", private, Path("snapshots.qcow2"),
                   Path(DISK_CHANGES) if disk else None)


def replay(folder: Path, private: Path, backwards: bool = False) -> qemu.Machine:
    """The machine that runs the recording again. Snapshots that gdb makes on the way go into
    copies: the recording stays as it is."""
    session.require(qemu.PROGRAM)
    overlay = None
    if backwards:
        overlay = private / "snapshots.qcow2"
        shutil.copyfile(folder / "snapshots.qcow2", overlay)
    return machine(folder, "replay", private, overlay, replayed_disk(folder, private, backwards))


def replayed_disk(folder: Path, private: Path, backwards: bool) -> Path | None:
    """The disk of a replay: as it was in the beginning, or with the states to go back to."""
    if not (folder / DISK).exists():
        return None
    session.require(IMAGE_TOOL)
    start, changes = (folder / DISK).resolve(), private / DISK_CHANGES
    if backwards:
        shutil.copyfile(folder / DISK_CHANGES, changes)
        image_tool("rebase", "-u", "-f", "qcow2", "-F", "raw", "-b", start, changes)
    else:
        image_tool("create", "-f", "qcow2", "-F", "raw", "-b", start, changes)
    return changes


def image_tool(command: str, *words: str | Path) -> None:
    """Runs qemu-img; what it has to say it says itself."""
    quiet = ["-q"] if command == "create" else []
    subprocess.run([IMAGE_TOOL, command, *quiet, *map(str, words)], check=True)


def machine(folder: Path, mode: str, private: Path, overlay: Path | None,
            disk: Path | None) -> qemu.Machine:
    """The machine of a recording, to record or to replay it."""
    boot = json.loads((folder / "boot.json").read_text())
    return qemu.Machine(
        kernel=Path("microk.elf"), command_line=boot["append"], memory=boot["memory"],
        modules=tuple(path.relative_to(folder) for path in programs.built(folder)),
        serial=qemu.TERMINAL, debug_port=qemu.to_file(private / "debug"), disk=disk,
        record=qemu.Record(mode, Path("events"), overlay))
