"""The report for a person at a terminal."""

from __future__ import annotations

import textwrap

from ..report import Report, advice, number
from ..run import Outcome, Status
from .plain import printable

INDENT = " " * 8
NOTES = 6
GREEN, RED, BOLD, PLAIN = "\033[32m", "\033[31m", "\033[1m", "\033[0m"


class TextReport:
    """Writes a report piece by piece, so that it can be read while the tests run."""

    def __init__(self, coloured: bool) -> None:
        self._coloured = coloured

    def heading(self, report: Report) -> str:
        """The first lines: what is graded, and what the student should know beforehand."""
        lines = [self._in(BOLD, f"MicroK {report.stage.name}") + f", seed {report.seed:#x}"]
        lines += [f"note: {warning}" for warning in report.warnings[:NOTES]]
        if len(report.warnings) > NOTES:
            lines.append(f"and {len(report.warnings) - NOTES} more such notes, all in results.json")
        if report.trouble:
            return "\n".join([*lines, "", self._in(RED, "nothing was graded: " + report.trouble)])
        if report.problem:
            lines += ["", self._in(RED, printable(report.problem))]
        return "\n".join(lines) + "\n"

    def test(self, outcome: Outcome, report: Report) -> str:
        """One test's line, and below it what went wrong. Where nothing could be run the heading
        has said why."""
        test = outcome.test
        passed = outcome.status is Status.PASSED
        word = self._in(GREEN, "ok  ") if passed else self._in(RED, "FAIL")
        points = f"{number(outcome.points)}/{number(test.points)}"
        lines = [f"  {word}  {points:>6}  {test.id:<24} {test.title}"]
        if not passed and not report.problem:
            lines += [textwrap.indent(printable(outcome.message), INDENT), ""]
            lines += [f"{INDENT}{name:<7} {text}" for name, text in advice(outcome, report)] + [""]
        return "\n".join(lines)

    def summary(self, report: Report) -> str:
        """Points by exercise, and the total."""
        lines = [""]
        for id, title, got, possible in report.exercises():
            lines.append(f"  {number(got) + '/' + number(possible):>8}  {id or '-':<24} {title}")
        total = f"{number(report.score)}/{number(report.maximum)}"
        colour = GREEN if report.is_full else RED
        lines.append(f"  {self._in(colour, format(total, '>8'))}  total, in {report.seconds:.1f} s")
        return "\n".join(lines)

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{PLAIN}" if self._coloured else text
