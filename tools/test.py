#!/usr/bin/python3
"""Runs the kit's tests: everything under tools/tests/ and grading/unit/.

Test classes are handed to worker processes, those that take longest first (a class says so with
`expected_seconds`). Each test prints a line when it is done; failures come whole at the end, then
the tables that tests made, then one line with the count.
"""

import argparse
import importlib.util
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import unittest
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType
from typing import Any, Iterator

KIT = Path(__file__).resolve().parent.parent
FOLDERS = [KIT / "tools" / "tests", KIT / "grading" / "unit"]
FORK = multiprocessing.get_context("fork")      # so workers have the tests that were found here

PASSED, FAILED, SKIPPED = "ok", "FAIL", "skip"


@dataclass
class Job:
    """The tests of one class: what a worker is given at a time."""

    name: str
    tests: list[unittest.TestCase] = field(default_factory=list)

    @property
    def expected_seconds(self) -> float:
        return getattr(type(self.tests[0]), "expected_seconds", 0)


@dataclass
class Report:
    """What became of one test."""

    test: str
    outcome: str
    seconds: float
    text: str


# --- finding the tests


def find_jobs(folders: list[Path], names: list[str]) -> list[Job]:
    """The classes with a test whose full name contains one of `names`; all without names."""
    jobs: dict[str, Job] = {}
    for module in load_modules(folders):
        for test in each_test(unittest.defaultTestLoader.loadTestsFromModule(module)):
            if not names or any(name in test.id() for name in names):
                job_name = test.id().rpartition(".")[0]
                jobs.setdefault(job_name, Job(job_name)).tests.append(test)
    return sorted(jobs.values(), key=lambda job: -job.expected_seconds)


def load_modules(folders: list[Path]) -> Iterator[ModuleType]:
    """The test modules. Each folder has helpers of its own, which may have the same names."""
    for folder in map(Path.resolve, folders):
        sys.path.insert(0, str(folder))
        for path in sorted(folder.glob("test_*.py")):
            yield load_module(path)
        sys.path.remove(str(folder))
        for helper in folder.glob("*.py"):
            if not helper.name.startswith("test_"):
                sys.modules.pop(helper.stem, None)


def load_module(path: Path) -> ModuleType:
    """A test module; one that cannot be loaded becomes a module with one failing test."""
    if path.stem in sys.modules:
        return broken_module(path.stem, ImportError(f"{path}: there is another {path.stem}"))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:      # pylint: disable=broad-except
        return broken_module(path.stem, error)
    return module


def broken_module(name: str, error: Exception) -> ModuleType:
    def test_loads(self: unittest.TestCase) -> None:
        raise error

    module = ModuleType(name)
    module.Module = type("Module", (unittest.TestCase,),
                         {"test_loads": test_loads, "__module__": name})
    return module


def each_test(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from each_test(test)
        else:
            yield test


# --- in a worker


class Results(unittest.TestResult):
    """Sends a report of each test to the parent."""

    def __init__(self, parent: Connection) -> None:
        super().__init__()
        self.buffer = True
        self.parent = parent
        self.outcome, self.texts, self.began = PASSED, [], 0.0

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.outcome, self.texts, self.began = PASSED, [], time.monotonic()
        self.parent.send(test.id())

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        self.report(test.id(), time.monotonic() - self.began)

    def report(self, test: str, seconds: float) -> None:
        self.parent.send(Report(test, self.outcome, seconds, "\n".join(self.texts)))

    def note(self, test: unittest.TestCase, outcome: str, text: str) -> None:
        self.outcome = outcome
        self.texts.append(text)
        if not isinstance(test, unittest.TestCase):     # setUpClass and the like: no test began
            self.report(test.id(), 0.0)
            self.outcome, self.texts = PASSED, []

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        self.note(test, FAILED, self.errors[-1][1])

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addFailure(test, err)
        self.note(test, FAILED, self.failures[-1][1])

    def addSubTest(self, test: unittest.TestCase, subtest: Any, err: Any) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            kept = self.failures if issubclass(err[0], test.failureException) else self.errors
            self.note(test, FAILED, f"{subtest._subDescription()}\n{kept[-1][1]}")

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self.note(test, SKIPPED, reason)

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        super().addUnexpectedSuccess(test)
        self.note(test, FAILED, "this test was expected to fail, but it passed")


def work(parent: Connection, jobs: list[Job]) -> None:
    """A worker's life: runs the jobs whose numbers it is told, until it is told None."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)   # so tests end what they started
    results = Results(parent)
    try:
        while (number := parent.recv()) is not None:
            unittest.TestSuite([unittest.TestSuite(jobs[number].tests)]).run(results)
            parent.send(None)
    except (KeyboardInterrupt, BrokenPipeError, EOFError):
        pass


# --- in the parent


class Worker:
    """A worker process, and what it is at."""

    def __init__(self, jobs: list[Job]) -> None:
        self.connection, theirs = FORK.Pipe()
        self.process = FORK.Process(target=work, args=(theirs, jobs), daemon=True)
        self.process.start()
        theirs.close()
        self.job: int | None = None
        self.test = ""

    def give(self, job: int) -> None:
        self.job, self.test = job, ""
        self.connection.send(job)

    def dismiss(self) -> None:
        try:
            self.connection.send(None)
        except OSError:
            pass
        self.process.join()


class Run:
    """All jobs, spread over the workers."""

    def __init__(self, jobs: list[Job], worker_count: int) -> None:
        self.jobs = jobs
        self.waiting = deque(range(len(jobs)))
        self.workers = [Worker(jobs) for _ in range(min(worker_count, len(jobs)))]
        self.reports: list[Report] = []

    def go(self) -> list[Report]:
        for worker in self.workers:
            worker.give(self.waiting.popleft())
        while busy := [worker for worker in self.workers if worker.job is not None]:
            ready = wait([worker.connection for worker in busy])
            for worker in busy:
                if worker.connection in ready:
                    self.listen(worker)
        for worker in self.workers:
            worker.dismiss()
        return self.reports

    def listen(self, worker: Worker) -> None:
        try:
            message = worker.connection.recv()
        except EOFError:
            self.replace(worker)
            return
        if isinstance(message, Report):
            self.note(message)
        elif isinstance(message, str):
            worker.test = message
        else:
            self.next_job(worker)

    def next_job(self, worker: Worker) -> None:
        worker.job = None
        if self.waiting:
            worker.give(self.waiting.popleft())

    def replace(self, dead: Worker) -> None:
        """A worker that died takes its job along; another carries on with the rest."""
        dead.process.join()
        name = dead.test or self.jobs[dead.job].name
        self.note(Report(name, FAILED, 0.0,
                         f"the worker process ended with {dead.process.exitcode} in this test; "
                         "the rest of its class was not run"))
        self.workers[self.workers.index(dead)] = worker = Worker(self.jobs)
        self.next_job(worker)

    def note(self, report: Report) -> None:
        self.reports.append(report)
        reason = f"  ({report.text})" if report.outcome == SKIPPED else ""
        print(f"{report.outcome:4} {report.seconds:6.2f} s  {report.test}{reason}", flush=True)


def print_failures(reports: list[Report]) -> None:
    for report in reports:
        if report.outcome == FAILED:
            print(f"\n{'=' * 78}\nFAIL {report.test}\n{'-' * 78}\n{report.text.rstrip()}")


def print_tables(folder: Path) -> None:
    """The tables that tests left in the folder; those of one title are one table."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for path in folder.glob("table-*.json"):
        part = json.loads(path.read_text(encoding="utf-8"))
        tables.setdefault(part["title"], []).extend(part["rows"])
    for title in sorted(tables):
        print(f"\n{title}\n{'-' * len(title)}")
        print_table(tables[title])


def print_table(rows: list[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns] + sorted([str(row.get(column, "")) for column in columns] for row in rows)
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs the kit's tests.")
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help="only tests whose full name (module.Class.method) contains NAME")
    parser.add_argument("--jobs", type=int, default=2, metavar="N",
                        help="worker processes (default: 2)")
    parser.add_argument("--folder", type=Path, action="append", metavar="DIR", dest="folders",
                        help="take the tests from here (default: tools/tests, grading/unit)")
    parser.add_argument("--list", action="store_true", help="only name the tests")
    return parser.parse_args()


def main() -> int:
    options = parse()
    folder = Path(tempfile.mkdtemp(prefix="microk-test-"))
    os.environ.update(MICROK_TABLES=str(folder), MICROK_TEST_WORK=str(folder))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        jobs = find_jobs(options.folders or FOLDERS, options.names)
        if options.list:
            print("\n".join(test.id() for job in jobs for test in job.tests))
            return 0
        reports = Run(jobs, max(options.jobs, 1)).go()
        print_failures(reports)
        print_tables(folder)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return print_count(reports)


def print_count(reports: list[Report]) -> int:
    """The last line; a run in which nothing ran has not shown anything, so it fails."""
    outcomes = [report.outcome for report in reports]
    passed, failed, skipped = (outcomes.count(each) for each in (PASSED, FAILED, SKIPPED))
    print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
