"""The result of a grading, before it is written in one format or another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Sequence

from .run import Outcome, Status
from .submission.stage_info import StageInfo


@dataclass
class Report:
    """Everything that a report can tell."""

    stage: StageInfo
    seed: int
    outcomes: list[Outcome] = field(default_factory=list)
    warnings: Sequence[str] = ()
    problem: str = ""           # why nothing could be run: the submission's fault
    trouble: str = ""           # why nothing could be judged: the grader's own trouble
    fingerprint: str = ""       # see Survey.fingerprint()
    seconds: float = 0.0

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def maximum(self) -> float:
        """Points that could be earned."""
        return sum(outcome.test.points for outcome in self.outcomes)

    @property
    def is_full(self) -> bool:
        """Every test passed, and there was one."""
        return bool(self.outcomes) and not self.trouble and not self.problem \
            and all(outcome.status is Status.PASSED for outcome in self.outcomes)

    @property
    def exit_status(self) -> int:
        """0 full points, 1 less, 2 nothing was judged."""
        if self.trouble:
            return 2
        return 0 if self.is_full else 1

    @property
    def remark(self) -> str:
        """The most important thing about the submission as a whole, in one line."""
        if self.problem:
            first, *rest = self.problem.splitlines()
            wrong = [line for line in rest if "error:" in line] or rest
            return " ".join([first, *wrong[:1]])
        count = len(self.warnings)
        return f"{count} note{'s' if count > 1 else ''} in the report" if count else ""

    def exercises(self) -> list[tuple[str, str, float, float]]:
        """(id, title, points, possible points) of the exercises that the tests name, in the order
        of the stage; the stage as a whole last."""
        rows: dict[str, list[float]] = {}
        for outcome in self.outcomes:
            if outcome.test.points:
                row = rows.setdefault(outcome.test.exercise, [0.0, 0.0])
                row[0] += outcome.points
                row[1] += outcome.test.points
        in_order = sorted(rows.items(), key=lambda row: self._place(row[0]))
        return [(id, self._title(id), got, possible) for id, (got, possible) in in_order]

    def _place(self, exercise: str) -> int:
        """Where an exercise stands in the row of all."""
        ids = [each.id for each in self.stage.exercises]
        return ids.index(exercise) if exercise in ids else len(ids)

    def _title(self, exercise: str) -> str:
        found = self.stage.exercise(exercise)
        return found.title if found else "the stage as a whole"


def section_of(outcome: Outcome, stage: StageInfo) -> str:
    """The part of the handout to read: the test's own, or else its exercise's."""
    exercise = stage.exercise(outcome.test.exercise)
    section = outcome.test.section or (exercise.section if exercise else "")
    handout = stage.handout(outcome.test.stage)
    return f"{handout}#{section}" if section else handout


def repeat_commands(outcome: Outcome, stage: StageInfo, seed: int) -> list[tuple[str, str]]:
    """(purpose, command) to run exactly this test again, in the student's own tree."""
    words = f"TEST={outcome.test.id} SEED={seed:#x}"
    boot = f" BOOT={outcome.boot}" if outcome.boot else ""
    flags = " GRADE_FLAGS='--stages all'" if outcome.test.stage != stage.number else ""
    return [("again", f"make grade {words}{flags}"), ("debug", f"make debug {words}{boot}"),
            ("record", f"make record {words}{boot}")]


def advice(outcome: Outcome, report: Report) -> list[tuple[str, str]]:
    """What a student can do about a failed test."""
    rows = [("read", section_of(outcome, report.stage))]
    return rows if report.problem else rows + repeat_commands(outcome, report.stage, report.seed)


def full_message(outcome: Outcome, report: Report) -> str:
    """A failed test's message with the advice below, for formats that hold one text a test."""
    rows = [f"{name + ':':<8}{text}" for name, text in advice(outcome, report)]
    return "\n".join([outcome.message, "", *rows])


def number(points: float) -> str:
    """Points without needless decimals."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def not_run(tests: Sequence, reason: str) -> list[Outcome]:
    """The outcomes of tests that could not be run, by the submission's fault."""
    return [Outcome(test, Status.FAILED, reason) for test in tests]
