"""What the tests share: the kit, a working folder, programs run with a limit, tables."""

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

TABLES = "MICROK_TABLES"            # the runner's folder for tables
WORK = "MICROK_TEST_WORK"           # the runner's folder for all that tests write

SEED = "0x1234567"                  # so that a grading is the same in every run of the tests
FULL_POINTS = 100

# Seconds that a program may take: it ends what hangs, and says nothing of how fast a host is.
PATIENCE = 900


def work_folder(name: str) -> Path:
    """A new folder of this process; whoever runs the tests removes it after the run."""
    base = os.environ.get(WORK)
    if base is None:
        base = tempfile.mkdtemp(prefix="microk-test-")
        os.environ[WORK] = base
        atexit.register(shutil.rmtree, base, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=base))


def table(title: str, rows: list[dict[str, Any]]) -> None:
    """Adds rows to a table that the runner prints after all tests."""
    folder = os.environ.get(TABLES)
    if folder is not None and rows:
        handle, _ = tempfile.mkstemp(prefix="table-", suffix=".json", dir=folder)
        with open(handle, "w", encoding="utf-8") as file:
            json.dump({"title": title, "rows": rows}, file)


def run(*words: str | Path, cwd: Path = ROOT, limit: float = PATIENCE,
        **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a program with its output caught; `settings` go into its environment.

    It is ended with all that it started when it takes longer than `limit` seconds, or when the
    tests are stopped.
    """
    command = [str(word) for word in words]
    process = subprocess.Popen(command, cwd=cwd, text=True, env=os.environ | settings,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        out, err = end(process)
        told = f"{' '.join(command)} took longer than {limit} s:\n{out}{err}"
        raise AssertionError(told) from None
    except BaseException:
        end(process)
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def end(process: subprocess.Popen[str], grace: float = 5) -> tuple[str, str]:
    """Ends a process and its group, politely first; returns what it had printed."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            return process.communicate(timeout=grace)
        except (subprocess.TimeoutExpired, ProcessLookupError):
            continue
    return "", ""


def stage_tool(*words: str | Path, kit: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, ROOT / "tools" / "stage.py", "--kit", kit, *words)


def grade(place: Path, *words: str) -> tuple[int, dict[str, dict[str, Any]], str]:
    """Grades place/tree, built in place/build.

    Returns the grader's exit status, its results by test, and what it said on the terminal.
    """
    results = place / "results.json"
    results.unlink(missing_ok=True)
    done = run(sys.executable, place / "tree/grading/grade.py", "--tree", place / "tree",
               "--build-dir", place / "build", "--out", place, "--jobs", "1", "--seed", SEED,
               *words)
    told = done.stdout + done.stderr
    if not results.is_file():
        raise AssertionError(f"the grader wrote no results:\n{told}")
    tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
    return done.returncode, {test["extra_data"]["id"]: test for test in tests}, told


def write_files(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def read_folder(folder: Path, *but: str) -> dict[str, tuple[bytes, bool]]:
    """Every file below a folder: its bytes, and whether it may be executed."""
    found = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and path.parts[0] not in but:
            found[path.as_posix()] = (file.read_bytes(), os.access(file, os.X_OK))
    return found


def normalised(text: str, language: str) -> str:
    """A text as its words and marks alone: however it is laid out and commented."""
    comments = r";[^\n]*" if language == "nasm" else r"/\*.*?\*/|//[^\n]*"
    bare = re.sub(comments, " ", text, flags=re.DOTALL)
    return " " + " ".join(re.findall(r"\w+|[^\w\s]", bare)) + " "
