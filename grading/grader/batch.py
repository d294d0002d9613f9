"""Grading a class of submissions; the command line of batch.py.

Each submission is graded by a grade.py of its own, in folders of its own, so that none can stop or
touch the others. A submission whose content has been graded before, with the same pristine tree, is
skipped: an interrupted batch goes on where it was. What could not be judged, for want of a tool
say, has no score in its report and is never skipped.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Sequence

from .errors import InfrastructureError
from .machine.processes import Child, end_children_on_signals, kill_all
from .report import number
from .submission.sources import Refused, list_submission
from .submission.stage_info import StageInfo, read_stage_info
from .submission.survey import survey

GRADE = Path(__file__).resolve().parent.parent / "grade.py"
ARCHIVES = (".tar.gz", ".tgz", ".tar", ".zip")
NO_EXERCISE = ""        # the points of tests of the stage as a whole
RESULTS, LOG, SUMMARY = "results.json", "report.txt", "summary.csv"
TIME_LIMIT = 3600.0     # seconds for one submission; its parts have closer limits of their own


@dataclass(frozen=True)
class Submission:
    """One student's work."""

    name: str
    path: Path


@dataclass(frozen=True)
class Row:
    """A line of the summary."""

    name: str
    points: dict[str, float] = field(default_factory=dict)
    total: Optional[float] = None
    remark: str = ""


@dataclass(frozen=True)
class Batch:
    """What is graded, and where the results go."""

    pristine: Path
    stage: StageInfo
    out: Path
    variables: Sequence[str] = ()

    def grade(self, submission: Submission) -> Row:
        """Grades one submission, unless that has been done; any trouble becomes a remark."""
        folder = self.out / submission.name
        try:
            if self._is_done(submission, folder):
                return _row(submission.name, folder, "graded before")
            return _row(submission.name, folder, self._run(submission, folder))
        except (OSError, ValueError, InfrastructureError) as error:
            return Row(submission.name, remark=f"not graded: {error}")

    def _run(self, submission: Submission, folder: Path) -> str:
        """Runs grade.py; the remark it leads to."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RESULTS).unlink(missing_ok=True)
        command = [sys.executable, GRADE, "--pristine", self.pristine, "--submission",
                   submission.path, "--out", folder, "--jobs", "1",
                   *(word for variable in self.variables for word in ("--make", variable))]
        with (folder / LOG).open("wb") as log:
            child = Child(command, stdout=log, stderr=log)
            try:
                status = child.wait(TIME_LIMIT)
            finally:
                child.kill()
        if status in (0, 1):
            return ""
        return "not graded: " + (_last_line(folder / LOG) if status is not None else
                                 f"it took over {TIME_LIMIT:.0f} s")

    def _is_done(self, submission: Submission, folder: Path) -> bool:
        """Whether the reports in a folder are those of the submission as it is now."""
        try:
            results = json.loads((folder / RESULTS).read_text())
            before = "score" in results and results["extra_data"]["fingerprint"]
            return bool(before) and before == survey(
                list_submission(submission.path), self.stage).fingerprint(self.stage)
        except (OSError, ValueError, KeyError, Refused):
            return False


def main(arguments: Sequence[str]) -> int:
    """Runs the command; see --help."""
    options = _parse(arguments)
    end_children_on_signals()
    try:
        batch = Batch(options.pristine.resolve(), read_stage_info(options.pristine),
                      options.out.resolve(), options.make)
        return _grade_all(batch, find_submissions(options.submissions), options.jobs)
    except (InfrastructureError, OSError) as error:
        print(f"batch: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("batch: interrupted; the same command goes on from here", file=sys.stderr)
        return 130


def find_submissions(folder: Path) -> list[Submission]:
    """Every folder and archive in a folder, with a name for its results that is its own."""
    if not folder.is_dir():
        raise InfrastructureError(f"there is no folder {folder}")
    found: dict[str, Submission] = {}
    for path in sorted(folder.iterdir()):
        suffix = next((end for end in ARCHIVES if path.name.lower().endswith(end)), "")
        if path.name.startswith(".") or not path.is_dir() and not suffix:
            continue
        name = path.name[:len(path.name) - len(suffix)]
        name = name if name and name not in found else path.name
        found[name] = Submission(name, path.resolve())
    if not found:
        raise InfrastructureError(f"{folder} holds no submission: no folder, .zip or .tar.gz")
    return list(found.values())


def _grade_all(batch: Batch, submissions: list[Submission], jobs: int) -> int:
    """0 when every submission was judged, 1 when one could not be."""
    rows: list[Row] = []
    batch.out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for row in pool.map(batch.grade, submissions):
                rows.append(row)
                _write_summary(batch, rows)
                total = "-" if row.total is None else number(row.total)
                print(f"{len(rows):>4}/{len(submissions)}  {total:>6}  {row.name}"
                      + (f"  ({row.remark})" if row.remark else ""), flush=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            kill_all()
            raise
    print(f"summary: {batch.out / SUMMARY}")
    return 0 if all(row.total is not None for row in rows) else 1


def _write_summary(batch: Batch, rows: Sequence[Row]) -> None:
    """The table so far: an interrupted batch has one too."""
    exercises = [exercise.id for exercise in batch.stage.exercises
                 if exercise.stage == batch.stage.name]
    partial = batch.out / (SUMMARY + ".new")
    with partial.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", *exercises, "stage", "total", "remark"])
        for row in rows:
            points = [number(row.points[id]) if id in row.points else ""
                      for id in (*exercises, NO_EXERCISE)]
            total = "" if row.total is None else number(row.total)
            writer.writerow([_harmless(row.name), *points, total, _harmless(row.remark)])
    partial.replace(batch.out / SUMMARY)


def _harmless(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return "'" + text if text[:1] in tuple("=+-@") else text


def _row(name: str, folder: Path, remark: str) -> Row:
    if remark.startswith("not graded"):
        return Row(name, remark=remark)
    results: dict[str, Any] = json.loads((folder / RESULTS).read_text())
    points = {id: entry["score"] for id, entry in results["extra_data"]["exercises"].items()}
    remarks = [remark, results["extra_data"]["remark"]]
    return Row(name, points, results["score"], "; ".join(text for text in remarks if text))


def _last_line(path: Path) -> str:
    lines = path.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "grade.py said nothing"


def _positive(text: str) -> int:
    if (value := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="batch.py", description="Grades a class: every folder and every .zip or .tar.gz in a "
        "folder is a submission. Writes a folder of reports for each, and summary.csv.",
        epilog="exit status: 0 all were judged, 1 some could not be, 2 nothing was done")
    parser.add_argument("--pristine", type=Path, required=True, metavar="DIR",
                        help="the tree that the submissions' files are put on (a lab's starter)")
    parser.add_argument("--submissions", type=Path, required=True, metavar="DIR",
                        help="the folder with the submissions")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the results")
    parser.add_argument("--jobs", type=_positive, default=2, metavar="N",
                        help="submissions graded at once (default: 2)")
    parser.add_argument("--make", action="append", default=[], metavar="NAME=VALUE",
                        help="a variable for make, such as CC=clang (repeatable)")
    return parser.parse_args(arguments)
