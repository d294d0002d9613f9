"""results.json in Gradescope's format (Gradescope autograder documentation, "Output Format")."""

from __future__ import annotations

import json
from typing import Any

from ..report import Report, full_message
from ..run import Outcome, Status
from .plain import printable


def gradescope(report: Report) -> str:
    """The file's text. A grading that judged nothing has no score: Gradescope then tells the
    instructor instead of giving zero points."""
    if report.trouble:
        return _json({"output": f"The grader itself had trouble: {report.trouble}", "tests": []})
    return _json({
        "score": report.score,
        "execution_time": round(report.seconds, 2),
        "output": "\n".join([*report.warnings, report.problem]).strip(),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(index, outcome, report)
                  for index, outcome in enumerate(report.outcomes, start=1)],
        "extra_data": {"stage": report.stage.name, "seed": f"{report.seed:#x}",
                       "fingerprint": report.fingerprint,
                       "max_score": report.maximum,
                       "remark": report.remark,
                       "exercises": {id: {"score": got, "max_score": possible}
                                     for id, _, got, possible in report.exercises()}},
    })


def _test(index: int, outcome: Outcome, report: Report) -> dict[str, Any]:
    passed = outcome.status is Status.PASSED
    return {
        "score": outcome.points,
        "max_score": outcome.test.points,
        "status": "passed" if passed else "failed",
        "name": f"{outcome.test.id}: {outcome.test.title}",
        "name_format": "text",
        "number": str(index),
        "output": outcome.test.shows if passed else printable(full_message(outcome, report)),
        "output_format": "text",
        "tags": [tag for tag in (outcome.test.exercise,) if tag],
        "visibility": "visible",
        "extra_data": {"id": outcome.test.id, "exercise": outcome.test.exercise,
                       "seconds": round(outcome.seconds, 3)},
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2) + "\n"
