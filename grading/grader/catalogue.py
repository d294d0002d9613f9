"""The tests: what each is called, what it is worth and what it shows."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from .errors import InfrastructureError

TestFunction = Callable[[Any], None]

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FILE = re.compile(r"stage(\d\d)\.py")


@dataclass(frozen=True)
class Test:
    """One test of the grader."""

    id: str
    stage: int
    exercise: str       # the exercise whose points these are; "" for a test of the whole
    points: float
    title: str          # what is tested, in a few words
    shows: str          # what passing it shows, in a sentence
    section: str        # the handout's section that explains it
    function: TestFunction

    @property
    def guest_name(self) -> str:
        """The test program inside the guest, unless the test names another."""
        return self.id.replace("-", "_")


_collected: list[dict[str, Any]] = []


def test(*, id: str, exercise: str = "", points: float = 0, title: str, shows: str,
         section: str = "") -> Callable[[TestFunction], TestFunction]:
    """Marks a function of grading/tests/stageNN.py as a test; it takes a Run."""
    def collect(function: TestFunction) -> TestFunction:
        _collected.append({"id": id, "exercise": exercise, "points": points, "title": title,
                           "shows": shows, "section": section, "function": function})
        return function
    return collect


def read_tests(folder: Path, newest_stage: int) -> list[Test]:
    """The tests of the stages up to a number, in the order of stages and files."""
    tests: list[Test] = []
    for path in sorted(folder.glob("stage*.py")):
        match = FILE.fullmatch(path.name)
        if match and int(match.group(1)) <= newest_stage:
            tests += _load_file(path, int(match.group(1)))
    for index, one in enumerate(tests):
        if not ID.fullmatch(one.id) or any(one.id == other.id for other in tests[:index]):
            raise InfrastructureError(f"grading/tests: '{one.id}' is no good id, or used twice")
    return tests


def _load_file(path: Path, stage: int) -> list[Test]:
    _collected.clear()
    spec = importlib.util.spec_from_file_location(f"grading_tests_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise InfrastructureError(f"{path} cannot be loaded")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return [Test(stage=stage, **fields) for fields in _collected]
