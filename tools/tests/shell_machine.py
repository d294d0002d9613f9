"""A built tree with a shell and a disk, and what is typed there."""

import os
import select
import subprocess
import time
from functools import lru_cache
from pathlib import Path
from typing import Callable

from built import built, make
from emulator import disks
from real_kit import STAGES
from support import run, work_folder

STAGE = next((stage for stage in STAGES if stage.disk_programs), None)
PROMPT = "MicroK> "
LIMIT = "--limit 60"


def typed(place: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs one of the commands of run.py in a tree, with this on its stdin."""
    file = work_folder("typed") / "text"
    file.write_text(text)
    return run("/bin/sh", "-c", f"tools/run.py {' '.join(words)} < {file}", cwd=place)


def listen(process: subprocess.Popen[bytes], said: str, is_there: Callable[[str], bool],
           deadline: float) -> str:
    """What a process has said, and goes on to say on its standard output until it is enough. It has
    time until time.monotonic() comes to the deadline."""
    while not is_there(said):
        left = deadline - time.monotonic()
        if left < 0 or not select.select([process.stdout], [], [], left)[0]:
            raise AssertionError(f"this takes too long:\n{said}")
        text = os.read(process.stdout.fileno(), 65536)
        if not text:
            raise AssertionError(f"the machine has ended early:\n{said}")
        said += text.decode(errors="replace")
    return said


@lru_cache(maxsize=None)
def tree() -> Path:
    """A built tree, with the ISO; its own disk is left alone."""
    place = built(STAGE)
    done = make(place, "iso")
    if done.returncode:
        raise AssertionError(done.stderr)
    return place


def own_disk() -> Path:
    """A disk to write on."""
    image = work_folder("disk") / "my own.img"
    disks.copy(tree() / "build" / disks.NAME, image)
    return image
