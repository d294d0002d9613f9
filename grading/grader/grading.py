"""Grading from beginning to end: take the submission, build, run the tests, report."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional, Sequence

from .catalogue import Test
from .errors import InfrastructureError, KernelMismatch
from .image.kernel_image import KernelImage
from .machine.processes import kill_all
from .report import Report, not_run
from .run import Outcome, run_test
from .submission.build import Built, build
from .submission.graft import graft
from .submission.sources import Refused, list_submission
from .submission.stage_info import StageInfo
from .submission.survey import Survey, survey
from .submission.trespass import trespasses


HEADERS = (".h", ".inc")
SHOWN_LINES = 3     # of a build that failed for want of a tool


@dataclass(frozen=True)
class Work:
    """What is to be graded, and how."""

    stage: StageInfo
    tests: Sequence[Test]
    seed: int
    pristine: Path              # the tree whose tests, Makefile and so on are used
    submission: Optional[Path]  # None: the pristine tree itself
    build_dir: Path             # holds the grafted tree and the build; may be used again
    jobs: int = 2
    variables: Sequence[str] = ()   # for make: "CC=clang"


class Listener:
    """Is told how a grading gets on; this one keeps silent."""

    def begun(self, report: Report) -> None:
        """What is known before the tests run."""

    def judged(self, outcome: Outcome, report: Report) -> None:
        """A test's outcome, in the order of the tests."""

    def ended(self, report: Report) -> None:
        """The report is complete."""


def grade(work: Work, listener: Listener) -> Report:
    """Grades; whatever happens to a submission ends in a report."""
    start = time.monotonic()
    report = Report(work.stage, work.seed)
    try:
        image = prepare(work, report)
        listener.begun(report)
        if image is not None:
            _run_tests(work, image, report, listener.judged)
        else:
            reason = report.problem.partition("\n")[0].rstrip(":")
            report.outcomes = not_run(work.tests, f"not run: {reason}")
            for outcome in report.outcomes:
                listener.judged(outcome, report)
    except InfrastructureError as error:
        report.trouble = str(error)
        report.outcomes = []
    report.seconds = time.monotonic() - start
    listener.ended(report)
    return report


def prepare(work: Work, report: Report) -> Optional[KernelImage]:
    """Takes the submission and builds the graded kernel; None, and the report's problem, when the
    submission does not allow it."""
    try:
        found = survey(list_submission(work.submission or work.pristine), work.stage)
    except Refused as refusal:
        report.problem = "\n".join(["the submission is refused:", *refusal.reasons])
        return None
    report.warnings, report.fingerprint = _warnings(found, work), found.fingerprint(work.stage)
    return _built(work, found, _grafted(work, found), report)


def _warnings(found: Survey, work: Work) -> list[str]:
    """What the student should know about files that are not taken. Graded as it is, a tree keeps
    its changes; where it counts they will be missing."""
    not_taken = "is not taken" if work.submission else "will not be taken when you submit"
    return [f"your change in {path} {not_taken}: no exercise is in that file"
            for path in found.ignored] + \
        [f"{path} is missing: the starter's version is graded" for path in found.missing]


def _grafted(work: Work, found: Survey) -> Path:
    """The tree to build: the pristine one itself, or a graft. A new header may stand before one of
    the same name, which make cannot notice: then nothing of an earlier build is used."""
    if work.submission is None:
        return work.pristine
    tree = work.build_dir / "tree"
    try:
        graft(work.pristine, work.stage, found, tree)
        if any(path.endswith(HEADERS) and path not in work.stage.files for path in found.taken):
            shutil.rmtree(work.build_dir / "kernel", ignore_errors=True)
    except OSError as error:
        raise InfrastructureError(f"the graded tree cannot be written: {error}") from error
    return tree


def _built(work: Work, found: Survey, tree: Path, report: Report) -> Optional[KernelImage]:
    built = build(tree, work.stage, work.build_dir / "kernel", work.variables)
    if built.problem:
        _expect_tools(work, built)
        report.problem = f"the kernel does not build:\n{built.problem}"
        return None
    reasons = trespasses(tree, built.folder, found.taken)
    if reasons:
        report.problem = "\n".join(["the submission is refused:", *reasons])
        return None
    try:
        return KernelImage(built.folder)
    except KernelMismatch as mismatch:
        report.problem = str(mismatch)
        return None


def _expect_tools(work: Work, built: Built) -> None:
    """After a build that failed: it is the submission's fault only if the pristine tree builds
    with the same tools. For a tree that is graded as it is there is no other: there it is make that
    says that a tool is missing."""
    problem = built.problem if built.lacks_command else ""
    if work.submission is not None:
        folder = work.build_dir / "pristine"
        shutil.rmtree(folder, ignore_errors=True)
        problem = build(work.pristine, work.stage, folder, work.variables).problem
    if problem:
        lines = [line for line in problem.splitlines() if not line.startswith("  ")]
        words = "; ".join(lines[:SHOWN_LINES])
        what = "the kernel" if work.submission is None else "the pristine tree"
        raise InfrastructureError(f"{what} cannot be built with the tools of this machine: {words}")


def _run_tests(work: Work, image: KernelImage, report: Report,
               judged: Callable[[Outcome, Report], None]) -> None:
    """Runs the tests, several machines at once; outcomes come in the order of the tests."""
    with ThreadPoolExecutor(work.jobs) as pool:
        futures = [pool.submit(run_test, test, work.stage, image, work.seed)
                   for test in work.tests]
        try:
            for future in futures:
                outcome = future.result()
                report.outcomes.append(outcome)
                judged(outcome, report)
        except BaseException:
            kill_all()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
