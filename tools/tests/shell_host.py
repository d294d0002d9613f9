"""The shell and the utilities as programs of the host, and how tests run them."""

import contextlib
import fcntl
import os
import re
import shutil
import signal
import subprocess
from functools import lru_cache
from pathlib import Path

from support import ROOT, run, work_folder

HARNESS = ROOT / "tools/shelltest"
PROGRAMS = "/usr/bin:/bin"          # the host's own
SANITIZER = re.compile(rb"AddressSanitizer|LeakSanitizer|runtime error")


@lru_cache(maxsize=None)
def harness(what: str) -> Path:
    """The program `sh`, or the folder `utilities`, built once for all workers."""
    out = work_folder("shell").parent / "shell-host"
    out.mkdir(exist_ok=True)
    with open(out / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("make", "-s", "-C", HARNESS, f"TREE={ROOT}", f"OUT={out}", "-j2", what)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return out / what


@lru_cache(maxsize=None)
def has(*programs: str) -> bool:
    return all(shutil.which(program, path=PROGRAMS) for program in programs)


def work(name: str) -> Path:
    """A new folder, by the name that programs in it see."""
    return work_folder(name).resolve()


def execute(words: list[str], folder: Path, given: bytes = b"", limit: float = 60,
            **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a program in a folder, with no environment but what is said."""
    environment = {"PATH": PROGRAMS, "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"} | settings
    with subprocess.Popen(words, cwd=folder, env=environment, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          start_new_session=True) as process:
        try:
            out, err = process.communicate(given, timeout=limit)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{words} took longer than {limit} s") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what it has left, too
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def own_path() -> str:
    """A PATH that finds our utilities before the host's."""
    return f"{harness('utilities')}:{PROGRAMS}"
