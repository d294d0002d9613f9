"""Tests of stage 07, files: a handler, descriptors, pipes, ext2, the cache, a driver, a device.

The tests of exercises are programs, each linked with the one source that has the exercise; what
that calls in other files is the program's own. So each exercise is judged alone, also while the
others are still blank. The tests of the whole run the system, with a disk.
"""

from __future__ import annotations

import os

from grader.api import Limits, ProgramBoot, Run, check_invariants, test
from judges.stage07 import blocks, caches, device, directories, disk, pio, pipes, seek, tables
from judges.stage07.cases import Cases, judge_cases
from judges.stage07.whole import (BLOCK, damaged, judge_clients, judge_damage, judge_hostile,
                                  judge_power, judge_shell, judge_siege, script, some_files)
from judges.stage07.work import judge_work

SMALL = 32                  # MB
LIMITS = Limits(instructions=200_000_000, seconds=20)

# With a disk, seconds in which a guest does nothing are the host's, too. The driver gives a disk
# 30 of them.
PATIENCE = 40               # seconds of guest time; most tests need one, none more than ten
INSTRUCTIONS = 60_000_000   # that a guest executes in a second

# Operations of the random workload; more of them for whoever has the time.
OPERATIONS = int(os.environ.get("MICROK_FILE_OPERATIONS", "500"))
REQUESTS = int(os.environ.get("MICROK_FILE_REQUESTS", "300"))   # of each hostile task
DAMAGED_DISKS = int(os.environ.get("MICROK_DAMAGED_DISKS", "2"))
WORKERS = 3
CONFIRMED = 12              # files, at most, before the power is cut
OTHERS = 3
OPENERS, STARTS = 20, 3     # of vfs_siege.c
MOMENTS = 6                 # at which the machine is looked at


def _judge(run: Run, program: str, cases: Cases, argument: int = 0) -> None:
    """Runs the program of an exercise, and judges every call that it made."""
    judge_cases(run.boot_programs(program, memory_mb=SMALL, limits=LIMITS,
                                  arguments={program: [argument]}), cases)


# --- seek ---

@test(id="seek-offset", exercise="seek", points=5, section="exercise-seek",
      title="The new offset",
      shows="It is counted from the beginning, from where the file is or from its end; what "
            "cannot be is refused, and moves nothing.")
def seek_offset(run: Run) -> None:
    """Distances up to the largest, to both sides of what is allowed."""
    _judge(run, "lab_seek", seek.cases)


@test(id="seek-lock", exercise="seek", points=3, section="exercise-seek",
      title="Two who move one offset",
      shows="The offset is looked at and moved with its lock only, and the file is held as long "
            "as it is used.")
def seek_lock(run: Run) -> None:
    """Others move the offset and the end before the lock is had, and the client closes the file."""
    _judge(run, "lab_seek", seek.raced_cases, 1)


# --- descriptors ---

@test(id="descriptors-take", exercise="descriptors", points=6, section="exercise-descriptors",
      title="The lowest free descriptor",
      shows="It is the lowest from a number on, and counts as a reference; when there is none, "
            "nothing changes.")
def descriptors_take(run: Run) -> None:
    """Tables that are empty, full and in between."""
    _judge(run, "lab_descriptors", tables.takes)


# --- share-file ---

@test(id="share-copy", exercise="share-file", points=6, section="exercise-share-file",
      title="Two descriptors for one file",
      shows="Both stand for the same open file, which counts them; what was there before goes to "
            "the caller; a descriptor that is copied onto itself stays as it is.")
def share_copy(run: Run) -> None:
    """Copies in one table and into another one's."""
    _judge(run, "lab_descriptors", tables.copies, 1)


# --- pipe ---

@test(id="pipe-write", exercise="pipe", points=10, section="exercise-pipe",
      title="All or nothing",
      shows="The writer sleeps as long as there is no room for all, looks again each time, and "
            "wakes the readers; with nobody to read it is refused.")
def pipe_write(run: Run) -> None:
    """While the writer sleeps, others read, write, close and end."""
    _judge(run, "lab_pipe", pipes.cases)


# --- block-find ---

@test(id="block-find", exercise="block-find", points=12, section="exercise-block-find",
      title="From pointer to pointer",
      shows="A block is found at every depth, a hole is one, no number is believed before it was "
            "checked, and every buffer is given back.")
def block_find(run: Run) -> None:
    """Chains with holes, wrong numbers and blocks that cannot be read."""
    _judge(run, "lab_block_find", blocks.cases)


# --- directory-find ---

@test(id="directory-find", exercise="directory-find", points=12, section="exercise-directory-find",
      title="Entry by entry",
      shows="A name is found in whichever block it is, with the entry before it; what only "
            "begins alike is another name; damage is an error; every buffer is given back.")
def directory_find(run: Run) -> None:
    """Names of few letters, entries without a name, damaged ones."""
    _judge(run, "lab_names", directories.cases)


# --- cache-choose ---

@test(id="cache-choose", exercise="cache-choose", points=8, section="exercise-cache-choose",
      title="The buffer that is missed least",
      shows="It is one that nobody uses, if possible one that need not be written, and of these "
            "the one that was used least recently.")
def cache_choose(run: Run) -> None:
    """Caches that are empty, in use, changed, and all but one buffer so."""
    _judge(run, "lab_cache", caches.cases)


# --- pio ---

@test(id="pio-transfer", exercise="pio", points=8, section="exercise-pio",
      title="A device that takes its time",
      shows="Each sector is moved when the device is ready, in 256 words; a device that fails or "
            "never gets ready is an error.")
def pio_transfer(run: Run) -> None:
    """Devices that are busy, fail, or have no data, at any sector."""
    _judge(run, "lab_pio", pio.cases)


# --- device-read, device-write ---

@test(id="device-read", exercise="device-read", points=4, section="exercise-device-read",
      title="Reading a device",
      shows="Those bytes come that are there, up to the end of the text, and none behind it.")
def device_read(run: Run) -> None:
    """Texts from empty to full, offsets up to the largest."""
    _judge(run, "lab_device", device.reads)


@test(id="device-write", exercise="device-write", points=6, section="exercise-device-write",
      title="Writing to a device",
      shows="The text changes where it is written, and grows as far as there is room.")
def device_write(run: Run) -> None:
    """Offsets in the text, at its end and behind it; writers that append."""
    _judge(run, "lab_device", device.writes, 1)


# --- the whole ---

def _system(run: Run, program: str, arguments: list[int], image: bytes,
            seconds: int = PATIENCE) -> ProgramBoot:
    """Boots the tree's own system, with a test program in the place of the one that starts the
    shell."""
    limits = Limits(instructions=seconds * INSTRUCTIONS, seconds=seconds, wall=3600)
    return run.boot_programs(instead={"start": program}, arguments={"start": arguments}, disk=image,
                             limits=limits)


def _disk_to_work_on(run: Run) -> bytes:
    """A disk of any size of blocks: what is right with one may be wrong with another."""
    size = disk.BLOCK_SIZES[run.random().below(len(disk.BLOCK_SIZES))]
    return disk.made(8 if OPERATIONS < 5000 else 64, size)


@test(id="files-work", points=5, title="Operations at random",
      shows="Whatever several tasks do with files at the same time, each result is what a model "
            "says; afterwards the disk is in order, and holds what the model says, byte for "
            "byte.")
def files_work(run: Run) -> None:
    """Writing, reading, truncating, renaming, linking, in directories that come and go."""
    each = -(-OPERATIONS // WORKERS)
    boot = _system(run, "vfs_work", [each, WORKERS], _disk_to_work_on(run),
                   PATIENCE + OPERATIONS // 10)
    for _ in range(MOMENTS):
        check_invariants(boot.until("moment"))
    boot.finish()
    judge_work(boot, each, WORKERS, boot.disk)


@test(id="files-power", points=4, title="The power fails",
      shows="Whatever moment it is: the host can mend the file system, and what fsync() had "
            "confirmed is there.")
def files_power(run: Run) -> None:
    """The machine ends at one of the commands that the driver gives to the disk."""
    random = run.random()
    boot = _system(run, "vfs_power", [2 * CONFIRMED], disk.made())
    for _ in range(1 + random.below(CONFIRMED)):
        boot.until("synced")
    for _ in range(random.below(30)):
        boot.until_in("storage", "ata_give")
    judge_power(boot, boot.disk)


@test(id="files-clients", points=3, title="One waits, the others go on",
      shows="A client that waits for what never comes keeps nobody else from files; when it "
            "ends, its open files go. Nobody gets at the disk but through the VFS server.")
def files_clients(run: Run) -> None:
    """A pipe into which nobody writes; a file without a name."""
    boot = _system(run, "vfs_clients", [OTHERS], disk.made(block_size=BLOCK))
    for checkpoint in ("ready", "after"):
        check_invariants(boot.until(checkpoint))
    boot.finish()
    judge_clients(boot, OTHERS)


@test(id="files-damage", points=3, title="Damaged disks",
      shows="Whatever is wrong with a file system, the server says so in words, and goes on.")
def files_damage(run: Run) -> None:
    """A disk in order, and some with bits that are not what they were: super block, descriptors,
    bitmaps, inodes, directories."""
    random = run.random()
    for number in range(1 + DAMAGED_DISKS):
        image = disk.made(block_size=BLOCK, files=some_files(random))
        boot = _system(run, "vfs_damage", [], damaged(image, random) if number else image)
        check_invariants(boot.until("after"))
        boot.finish()
        judge_damage(boot, number > 0)


@test(id="files-hostile", points=3, title="Hostile requests",
      shows="Tasks ask the VFS server, the storage driver and the root task for absurd things; "
            "they answer, and go on.")
def files_hostile(run: Run) -> None:
    """Requests of all kinds, with absurd words, bytes and slots."""
    boot = _system(run, "vfs_hostile", [REQUESTS, WORKERS], disk.made(),
                   PATIENCE + REQUESTS // 10)
    for _ in range(4):
        check_invariants(boot.until("moment"))
    check_invariants(boot.until("after"))
    boot.finish()
    judge_hostile(boot, WORKERS, REQUESTS)


@test(id="files-siege", title="A siege",
      shows="Whatever programs take, those above them can go on, look and end them; then "
            "everything is given back. Nobody reaches for what is not his.")
def files_siege(run: Run) -> None:
    """Programs that open all files, start themselves, leave their children, join others'."""
    boot = _system(run, "vfs_siege", [OPENERS, STARTS],
                   disk.made(16, programs=run.disk_programs))
    check_invariants(boot.until("moment"))
    check_invariants(boot.until("after"))
    boot.finish()
    judge_siege(boot, STARTS)


@test(id="shell-script", points=2, title="A script",
      shows="The shell and the utilities do with a script what the host's do.")
def shell_script(run: Run) -> None:
    """Loops, pipes, files, quotes, exit statuses."""
    text = script(run.random())
    boot = _system(run, "vfs_shell", [], disk.made(
        16, files={"s/script": text.encode()}, programs=run.disk_programs))
    boot.finish()
    judge_shell(boot, text)
