"""Grading from beginning to end: take the submission, build, run the tests, report."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional, Sequence

from .built import BuiltKernels
from .catalogue import Test
from .errors import InfrastructureError, KernelMismatch
from .machine.processes import kill_all
from .report import Report, not_run
from .run import Outcome, run_test
from .submission.build import Built, build
from .submission.graft import graft
from .submission.sources import Refused, list_submission
from .submission.stage_info import StageInfo
from .submission.survey import Survey, survey
from .submission.targets import Target, targets
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
        kernels = prepare(work, report)
        listener.begun(report)
        if kernels is not None:
            _run_tests(work, kernels, report, listener.judged)
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


def prepare(work: Work, report: Report) -> Optional[BuiltKernels]:
    """Takes the submission and builds the graded kernels; None, and the report's problem, when the
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


def _built(work: Work, found: Survey, tree: Path, report: Report) -> Optional[BuiltKernels]:
    kernels = BuiltKernels()
    for target in targets(tree, work.stage, {test.stage for test in work.tests}):
        built = build(tree, target, work.build_dir / "kernel" / target.name, work.variables)
        if built.problem:
            _expect_tools(work, target, built)
            report.problem = f"the kernel does not build:\n{built.problem}"
            return None
        _tell_warnings(built, found, report)
        reasons = trespasses(tree, built.folder, found.taken)
        if reasons:
            report.problem = "\n".join(["the submission is refused:", *reasons])
            return None
        try:
            kernels.add(target, built.folder)
        except KernelMismatch as mismatch:
            report.problem = str(mismatch)
            return None
    return kernels


def _tell_warnings(built: Built, found: Survey, report: Report) -> None:
    """Notes what the compiler says of the student's files. (What needs no new compilation is not
    said again.)"""
    notes = [f"{warned.path}:{warned.line}: warning: {warned.text}" for warned in built.warnings
             if warned.path in found.taken]
    report.warnings = [*report.warnings, *(note for note in dict.fromkeys(notes)
                                           if note not in report.warnings)]


def _expect_tools(work: Work, target: Target, built: Built) -> None:
    """After a build that failed: it is the submission's fault only if the pristine tree builds
    with the same tools. For a tree that is graded as it is there is no other: there it is make that
    says that a tool is missing."""
    problem = built.problem if built.lacks_command else ""
    if work.submission is not None:
        folder = work.build_dir / "pristine"
        shutil.rmtree(folder, ignore_errors=True)
        problem = build(work.pristine, target, folder, work.variables).problem
    if problem:
        lines = [line for line in problem.splitlines() if not line.startswith("  ")]
        words = "; ".join(lines[:SHOWN_LINES])
        what = "the kernel" if work.submission is None else "the pristine tree"
        raise InfrastructureError(f"{what} cannot be built with the tools of this machine: {words}")


def _run_tests(work: Work, kernels: BuiltKernels, report: Report,
               judged: Callable[[Outcome, Report], None]) -> None:
    """Runs the tests, several machines at once; outcomes come in the order of the tests."""
    with ThreadPoolExecutor(work.jobs) as pool:
        futures = [pool.submit(run_test, test, work.stage, kernels, work.seed)
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
