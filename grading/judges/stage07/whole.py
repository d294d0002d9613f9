"""The system as a whole: power cuts, clients that wait, damage, hostile requests, the shell
(guest/07-vfs/programs/vfs_*.c)."""

from __future__ import annotations

import os
import subprocess
import tempfile

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot
from grader.splitmix import SplitMix64
from .disk import Contents, expect_clean, mended
from .model import pattern
from .names import error_text

PROGRAM = "start"           # what the test programs are called there
SIZE_MOST, NOISES = 30_000, 8
HELD_BLOCKS = 201           # of the file without a name: 200 and one of pointers
SAME = 12 * 1024            # bytes that each of the others gets back
WRITTEN = 3000
SHELL_STATUS = 7            # vfs_siege.c
NO_RIGHT = 14               # ERROR_NO_RIGHT
WELL = 120                  # results of vfs_damage.c, at least, when nothing is damaged
BLOCK, SUPER, GROUPS = 1024, 1, 2   # size of blocks, and where they stand, on such a disk
TIMEOUT = 11                # ERROR_TIMEOUT


# --- power ---

def judge_power(boot: ProgramBoot, image: bytes) -> None:
    """All that was confirmed is there."""
    reports = boot.program(PROGRAM)
    results = reports.values("synced")
    for number, result in enumerate(results):
        expect_equal(f"the result of writing and fsync() of /p/f{number}", result, 0)
    got = Contents(mended(image, "after the power cut"), ["/p"]).entries
    for number, content in enumerate(_confirmed(reports.random(), len(results))):
        found = got.get(f"p/f{number}")
        if found != content:
            raise Failure(f"/p/f{number} was confirmed by fsync() and is not there after the power "
                          "cut", expected=f"its {len(content)} bytes",
                          got="no such file" if found is None else f"{len(found)} bytes, or others")


def _confirmed(random: SplitMix64, count: int) -> list[bytes]:
    contents = []
    for _ in range(count):
        size = random.below(SIZE_MOST)
        contents.append(pattern(random.next(), size))
        for limit in (NOISES, NOISES, SIZE_MOST, 2):
            random.below(limit)
    return contents


# --- clients ---

def judge_clients(boot: ProgramBoot, others: int) -> None:
    """The others went on, and nothing of the one that waited is left."""
    reports = boot.program(PROGRAM)
    expect_equal("the number of services that a program may call whose privileges name none",
                 reports.value("ways"), 0)
    expect_equal("what the name server says to a program that asks for `storage`",
                 reports.value("storage"), TIMEOUT)
    expect_equal("whether the waiting client has come to its pipe (1: it has)",
                 reports.value("ready"), 1)
    expect_equal("what the other clients got back, in bytes", reports.values("same"),
                 [SAME] * others)
    expect_equal("the result of ending the waiting client", reports.value("killed"), 0)
    expect_equal("the number of blocks that are free again after the end of a client that had a "
                 "file open without a name", reports.value("freed"), HELD_BLOCKS)
    expect_clean(boot.disk, "after a client's end")


# --- damage ---

def damaged(image: bytes, random: SplitMix64) -> bytes:
    """The image with some bytes changed where the file system describes itself. Its blocks are of
    BLOCK bytes."""
    broken = bytearray(image)
    places = [SUPER, GROUPS, 3, 4, 5, 6, 7, 8, 9]   # bitmaps, then inodes
    for _ in range(4 + random.below(40)):
        block = places[random.below(len(places))] if random.below(3) else 5 + random.below(900)
        at = block * BLOCK + random.below(BLOCK if block != SUPER else 256)
        broken[at] ^= 1 << random.below(8)
    return bytes(broken)


def judge_damage(boot: ProgramBoot, is_damaged: bool) -> None:
    """The server is there, and has said what it has met; nothing, if nothing was damaged."""
    reports = boot.program(PROGRAM)
    if not is_damaged:
        expect_equal("what syncfs() gives, with a disk that is in order", reports.value("sync"), 0)
        expect_equal("the number of results that are EIO, with a disk that is in order",
                     reports.value("damages"), 0)
        expect(int(str(reports.value("well"))) >= WELL, "too little goes well with a disk that is "
               "in order", expected=f"{WELL} results or more", got=str(reports.value("well")))
        expect_clean(boot.disk, "after some use")
    alive = reports.value("alive")
    expect(alive == 0, "the VFS server does not answer any more after it has met damage",
           expected="0", got=error_text(int(alive) if isinstance(alive, int) else 0))
    if reports.value("damages"):
        boot.expect_line(r"^\[(ext2|vfs)\] disk0: ")
    boot.expect_no_line(r"(?i)\b(fault|exception|panic)\b")


# --- hostile requests ---

def judge_hostile(boot: ProgramBoot, tasks: int, requests: int) -> None:
    """Everybody has got answers, and files are as before."""
    reports = boot.program(PROGRAM)
    expect_equal("the number of disks that the storage driver has", reports.value("disks"), 1)
    expect_equal("what a file gives before the requests, in bytes", reports.value("before"),
                 WRITTEN)
    expect_equal("the sum that the hostile tasks end with", reports.value("ended"), 7 * tasks)
    counts = [sum(int(value) for value in reports.values(key) if isinstance(value, int))
              for key in ("answered", "refused", "silent")]
    expect_equal("the number of requests that were made", sum(counts), tasks * requests)
    expect(min(counts[:2]) > 0, "the servers do not both answer and refuse",
           expected="some of each", got=f"{counts[0]} answered, {counts[1]} refused")
    expect_equal("what a file gives after the requests, in bytes", reports.value("after"), WRITTEN)
    expect_equal("what syncfs() gives", reports.value("sync"), 0)
    expect_clean(boot.disk, "after the hostile requests")


# --- a siege ---

def judge_siege(boot: ProgramBoot, starts: int) -> None:
    """The first task could go on, and has ended all others; nothing of them is left."""
    reports = boot.program(PROGRAM)
    expect_equal("what starting a second VFS server gives", reports.value("second"), NO_RIGHT)
    expect_equal("what joining another task's child gives", reports.value("thief"), NO_RIGHT)
    expect_equal("whether its parent was told of the child's end", reports.value("child"), 1)
    for key, what in (("file", "opening a file while others have all that they can open"),
                      ("console", "writing to the console while others have it open")):
        got = reports.value(key)
        if not isinstance(got, int) or got < 0:
            raise Failure(f"{what} is refused", expected="it is not",
                          got=error_text(got if isinstance(got, int) else 0))
    expect_equal("whether programs go on whose parents have ended", reports.value("kept"), 1)
    expect_equal("the exit status of a shell that was started while programs start themselves",
                 reports.values("meanwhile"), [SHELL_STATUS] * starts)
    expect_equal("the results of ending all", set(reports.values("end")), {0})
    expect_equal("the exit status of a shell that has run a script without end",
                 reports.value("endless"), SHELL_STATUS)
    expect_equal("the exit status of a shell when all have ended", reports.value("well"),
                 SHELL_STATUS)
    expect_equal("bytes of memory that were not given back", reports.value("lost"), 0)
    expect_equal("what syncfs() gives", reports.value("sync"), 0)
    expect_clean(boot.disk, "after the siege")


# --- the shell ---

def script(random: SplitMix64) -> str:
    """A script that means the same to every POSIX shell."""
    words = [f"w{random.below(1000)}" for _ in range(6)]
    one, two = 1 + random.below(500), 1 + random.below(500)
    return f"""\
mkdir t && cd t || exit 9
for each in {' '.join(words)}; do echo "line $each" >> all; done
cat all | grep {words[0][:2]} | wc -l | cat > count
read number < count; echo count $number
cp all copy && mv copy moved && ln moved second
cmp all second && echo same
echo $(({one} * {two} + 7)) "$(echo {words[1]})" '$quoted' "${{none:-{words[2]}}}"
false; echo status $?
no_such_program_{words[3]} 2> /dev/null; echo status $?
(cd / && echo in brackets > /dev/null); sort all | head -n 2; tail -n 1 all
if test -f moved && ! test -d moved; then echo file; else echo none; fi
n=0; while test $n -lt {2 + random.below(5)}; do n=$((n + 1)); echo n $n; done
rm all moved; cat second | wc -c | cat > size; read number < size; echo $number
false || true && echo "both"; exit {random.below(100)}
"""


def judge_shell(boot: ProgramBoot, text: str) -> None:
    """The script's output and status are those that the host's shell gives."""
    reports = boot.program(PROGRAM)
    expect_equal("the result of starting the shell and waiting for it (1: it has ended)",
                 reports.value("shell"), 1)
    with tempfile.TemporaryDirectory(prefix="microk-") as folder:
        done = subprocess.run(["sh", "-c", text], cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"})
    output = Contents(boot.disk, ["/s"]).entries.get("s/output")
    lines = output.decode("latin-1").splitlines() if isinstance(output, bytes) else []
    for number, right in enumerate(done.stdout.decode("latin-1").splitlines()):
        got = lines[number] if number < len(lines) else "no more output"
        expect_equal(f"line {number + 1} of a script's output", got, right)
    expect_equal("the number of lines of a script's output", len(lines),
                 len(done.stdout.splitlines()))
    expect_equal("the script's exit status", reports.value("status"), done.returncode)
    expect_clean(boot.disk, "after the script")


# --- disks ---

def some_files(random: SplitMix64) -> dict[str, bytes]:
    """What vfs_damage.c uses."""
    return {f"t/d{directory}/f{file}": pattern(random.next(), random.below(60_000))
            for directory in range(4) for file in range(6)}
