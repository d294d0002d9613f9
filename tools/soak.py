#!/usr/bin/python3
"""Grades a tree many times on a machine that is kept busy.

The same tree has to get the same verdict every time: this is for reference solutions, which have to
get full points. Exit status 0 when every run did.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

from emulator import session

FULL_POINTS = 0     # exit status of grade.py


@contextlib.contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keeps processors busy with endless loops."""
    with contextlib.ExitStack() as stack:
        for _ in range(loops):
            stack.enter_context(session.background([sys.executable, "-c", "while True: pass"]))
        yield


def grade(tree: Path) -> tuple[bool, float]:
    """One grading: whether it gave full points, and how many seconds it took. A report with less
    is shown, since it holds the seed."""
    start = time.monotonic()
    done = subprocess.run([*session.dying_with_us(), sys.executable, tree / "grading/grade.py",
                           "--tree", tree], capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    if done.returncode != FULL_POINTS:
        print(done.stdout + done.stderr)
    return done.returncode == FULL_POINTS, seconds


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tree", type=Path, required=True, metavar="DIR")
    parser.add_argument("--runs", type=int, default=20, metavar="N")
    parser.add_argument("--busy", type=int, default=os.cpu_count() or 2, metavar="N",
                        help="endless loops beside it (default: one a processor)")
    options = parser.parse_args(arguments)
    if options.runs < 1 or options.busy < 0:
        parser.error("expected at least one run, and no negative number of loops")
    with busy(options.busy):
        results = [grade(options.tree.absolute()) for _ in range(options.runs)]
    full = sum(passed for passed, _ in results)
    seconds = [each for _, each in results]
    print(f"{options.tree.name}: {full} full scores in {options.runs} runs, {options.busy} busy "
          f"loops beside them; {min(seconds):.1f} to {max(seconds):.1f} s, "
          f"median {statistics.median(seconds):.1f} s")
    return 0 if full == options.runs else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
