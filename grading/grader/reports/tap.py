"""results.tap, in the Test Anything Protocol, version 13."""

from __future__ import annotations

from ..report import Report, full_message, number
from ..run import Status
from .plain import printable


def tap(report: Report) -> str:
    """The file's text."""
    lines = ["TAP version 13", f"# MicroK {report.stage.name}, seed {report.seed:#x}"]
    lines += _comments("\n".join([*report.warnings, report.problem]))
    if report.trouble:
        return "\n".join([*lines, f"Bail out! {printable(report.trouble).splitlines()[0]}", ""])
    lines.append(f"1..{len(report.outcomes)}")
    for index, outcome in enumerate(report.outcomes, start=1):
        passed = outcome.status is Status.PASSED
        lines.append(f"{'ok' if passed else 'not ok'} {index} - {outcome.test.id}: "
                     f"{outcome.test.title.replace('#', ' ')}")
        if not passed:
            lines += _comments(full_message(outcome, report))
    lines.append(f"# {number(report.score)} of {number(report.maximum)} points")
    return "\n".join(lines) + "\n"


def _comments(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in printable(text.strip()).splitlines()]
