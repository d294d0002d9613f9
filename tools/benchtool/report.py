"""What came of a benchmark: the table for people, results.json for programs, plots."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Iterable, Sequence

from .measurements import GIVEN, Measurement
from .samples import CONFIDENCE, Figures, Samples

GNUPLOT = "gnuplot"
COLUMNS = ("measurement", "minimum", "mean", "deviation", "95 % interval", "aim", "")
Row = tuple[Measurement, Samples, Figures]


def cells(row: Row) -> list[str]:
    """A row of the table."""
    measurement, _, figures = row
    aim = measurement.aim
    verdict = "" if aim is None else "met" if figures.minimum <= aim else "missed"
    return [measurement.title, f"{figures.minimum:.2f}", f"{figures.mean:.2f}",
            f"{figures.deviation:.2f}", f"± {figures.confidence:.2f}",
            "" if aim is None else f"≤ {aim}", verdict]


def table(rows: Sequence[Row], stage: str) -> str:
    """The table in Markdown."""
    counts = {figures.count for _, _, figures in rows}
    head = (f"Guest instructions for one operation, {stage}, user side included; "
            f"{'/'.join(map(str, sorted(counts)))} samples each.")
    return "\n".join([head, "", *markdown(COLUMNS, map(cells, rows)), "",
                      "Given, not measured here:", "",
                      "| system | measurement | instructions |", "|---|---|---|",
                      *(f"| {each.system} | {each.title} | {span(each.low, each.high)} |"
                        for each in GIVEN)]) + "\n"


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table, aligned for those who read the text."""
    lines = [columns, *rows]
    widths = [max(3, *(len(line[i]) for line in lines)) for i in range(len(columns))]
    head, *others = (markdown_line(line, widths) for line in lines)
    return [head, "|" + "|".join("-" * (width + 2) for width in widths) + "|", *others]


def markdown_line(line: Sequence[str], widths: Sequence[int]) -> str:
    """One line: the name to the left, figures to the right."""
    padded = [cell.ljust(width) if i == 0 else cell.rjust(width)
              for i, (cell, width) in enumerate(zip(line, widths))]
    return "| " + " | ".join(padded) + " |"


def span(low: int, high: int) -> str:
    """A figure, or the two ends of a range."""
    return str(low) if low == high else f"{low} to {high}"


def results(rows: Sequence[Row], stage: str) -> str:
    """results.json: the figures, and every sample they come from."""
    return json.dumps({
        "stage": stage, "unit": "guest instructions for one operation", "confidence": CONFIDENCE,
        "measurements": [{
            "name": measurement.name, "title": measurement.title, "aim": measurement.aim,
            "operations_in_a_batch": samples.operations, "overhead_of_a_batch": samples.overhead,
            "batches": samples.batches, **vars(figures),
        } for measurement, samples, figures in rows],
        "given": [vars(each) for each in GIVEN],
    }, indent=1) + "\n"


def plots(rows: Sequence[Row], folder: Path) -> bool:
    """Writes operations.svg and round-trip.svg; False when there is no gnuplot."""
    if not shutil.which(GNUPLOT):
        return False
    data = "".join(f'"{measurement.name}" {figures.mean} {figures.confidence}\n'
                   for measurement, _, figures in rows)
    draw(folder / "operations.svg", data, OPERATIONS)
    trips = {measurement.name: figures for measurement, _, figures in rows}
    data = "".join(f'"{words} words" {trips[f"round-trip-{words}"].mean} {each.low}\n'
                   for words, each in zip((0, 4, 8), GIVEN))
    draw(folder / "round-trip.svg", data, ROUND_TRIP)
    return True


def draw(file: Path, data: str, commands: str) -> None:
    """Has gnuplot draw data (rows of words) into an SVG file."""
    script = f"$data << END\n{data}END\n{COMMON}{commands}"
    subprocess.run([GNUPLOT], input=f'set output "{file}"\n{script}', text=True, check=True)


COMMON = """\
set terminal svg size 800,400 font "sans,12" background "white" name "microk"
set style data histograms
set style fill solid 0.8
set boxwidth 0.8
set yrange [0:*]
set ylabel "guest instructions"
set grid ytics
"""
OPERATIONS = """\
set title "One operation: mean and 95 % confidence interval"
set style histogram errorbars gap 1 lw 1
set xtics rotate by -30 nomirror
set rmargin 10
set key off
set logscale y
set yrange [10:*]
plot $data using 2:3:xtic(1) linecolor "#2f6f9f"
"""
ROUND_TRIP = """\
set title "Round trip: MicroK, measured; seL4, as given"
set style histogram clustered gap 1
set key top left
plot $data using 2:xtic(1) title "MicroK" linecolor "#2f6f9f", \\
     $data using 3 title "seL4 (given)" linecolor "#c0c0c0"
"""
