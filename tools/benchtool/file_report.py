"""What came of a benchmark of files: the table for people, files.json for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Sequence

from .measurements import Measurement
from .report import markdown
from .samples import Figures, Samples, Times

COLUMNS = ("operation", "instructions", "messages alone", "share", "driver calls", "wall time")


@dataclass(frozen=True)
class FileRow:
    """One operation on files."""

    measurement: Measurement
    whole: Figures      # instructions, of all programs and the kernel
    messages: Figures   # instructions, of its messages alone
    times: Times        # on a machine whose time is the host's

    @classmethod
    def of(cls, measurement: Measurement, whole: Samples, messages: Samples,
           timed: Samples) -> "FileRow":
        assert timed.times is not None
        return cls(measurement, Figures.of(whole.each()), Figures.of(messages.each()), timed.times)

    def share(self) -> float:
        """The part of the instructions that the messages take."""
        return self.messages.minimum / self.whole.minimum

    def seconds(self) -> float:
        """For one operation."""
        return self.times.milliseconds / 1000 / self.times.turns


def cells(row: FileRow) -> list[str]:
    """A row of the table."""
    return [row.measurement.title, f"{row.whole.minimum:.0f}", f"{row.messages.minimum:.0f}",
            f"{row.share():.1%}", f"{row.times.calls / row.times.turns:.0f}",
            f"{row.seconds() * 1000:.3f} ms"]


def table(rows: Sequence[FileRow], stage: str) -> str:
    """The table in Markdown."""
    return "\n".join([f"Files, {stage}: guest instructions for one operation (minimum), of the "
                      "program, the servers and the kernel; wall time on this host (mean).", "",
                      *markdown(COLUMNS, map(cells, rows))]) + "\n"


def results(rows: Sequence[FileRow]) -> str:
    """files.json: the figures."""
    return json.dumps([{"name": row.measurement.name, "title": row.measurement.title,
                        "instructions": vars(row.whole), "messages": vars(row.messages),
                        "share": row.share(), **vars(row.times)} for row in rows],
                      indent=1) + "\n"
