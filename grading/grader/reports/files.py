"""The report files that every grading leaves, also one that could not build the kernel."""

from __future__ import annotations

from pathlib import Path

from ..errors import InfrastructureError
from ..report import Report
from .gradescope import gradescope
from .junit import junit
from .tap import tap

FORMATS = {"results.json": gradescope, "junit.xml": junit, "results.tap": tap}


def write_reports(report: Report, folder: Path) -> None:
    """Writes all of them into a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, format_ in FORMATS.items():
            (folder / name).write_text(format_(report), encoding="utf-8")
    except OSError as error:
        raise InfrastructureError(f"the reports cannot be written: {error}") from error
