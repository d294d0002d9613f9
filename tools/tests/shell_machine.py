"""A built tree with a shell and a disk, and what is typed there."""

import subprocess
from functools import lru_cache
from pathlib import Path

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
