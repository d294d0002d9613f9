#!/usr/bin/python3
"""Measures this tree's kernel in guest instructions: calls, messages, switches.

Boots each program of user/bench/ in QEMU, where the time stamp counter counts instructions. A run
is exactly repeatable: the same build gives the same figures. `make bench` builds and calls this;
docs/benchmarks.md tells what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
TREE = TOOLS.parent
sys.path.insert(0, str(TOOLS))

from benchtool import file_report, listing, machine, report                 # noqa: E402
from benchtool.errors import BenchError                                     # noqa: E402
from benchtool.measurements import (FILES, MEASUREMENTS, OF_MESSAGES, Measurement,  # noqa: E402
                                    programs)
from benchtool.samples import Figures, Samples, read_samples                # noqa: E402
from emulator import session                                                # noqa: E402


def available(build: Path, wanted: tuple[Measurement, ...]) -> tuple[Measurement, ...]:
    """Those of the measurements whose programs this build has."""
    found = tuple(each for each in wanted if machine.measuring(build, each.program))
    if not found:
        raise BenchError(f"{build}: no program of user/bench/ for this is built here; `make bench` "
                         "does it, from stage 04 on, for files from stage 07 on")
    return found


def measure(build: Path, measurements: tuple[Measurement, ...]) -> list[report.Row]:
    """Runs every program once; the rows of the table."""
    found: dict[str, Samples] = {}
    for program in programs(measurements):
        found |= read_samples(machine.run(build, program))
    missing = [each.name for each in measurements if each.name not in found]
    if missing:
        raise BenchError(f"the programs of user/bench/ have not measured: {', '.join(missing)}")
    return [(each, found[each.name], Figures.of(found[each.name].each()))
            for each in measurements]


def measure_files(build: Path) -> list[file_report.FileRow]:
    """Counts instructions, then takes times on a machine whose time is the host's."""
    wanted = available(build, FILES)
    counted, timed = (read_samples(machine.run(build, machine.FILES, counts))
                      for counts in (True, False))
    return [file_report.FileRow.of(each, counted[each.name], counted[each.name + OF_MESSAGES],
                                   timed[each.name]) for each in wanted]


def stage_name(tree: Path) -> str:
    """What the tree is called."""
    try:
        return json.loads((tree / "stage.json").read_text(encoding="utf-8"))["name"]
    except (OSError, ValueError, KeyError):
        return tree.name


def bench(options: argparse.Namespace) -> None:
    """Measures, prints the table and writes the files."""
    rows = measure(options.build, available(options.build, MEASUREMENTS))
    stage = stage_name(TREE)
    options.out.mkdir(parents=True, exist_ok=True)
    text = report.table(rows, stage)
    print(text, end="")
    (options.out / "table.md").write_text(text, encoding="utf-8")
    (options.out / "results.json").write_text(report.results(rows, stage), encoding="utf-8")
    if not report.plots(rows, options.out):
        print("bench: gnuplot is not installed, so there are no plots; `make doctor` tells how "
              "to mend that", file=sys.stderr)


def bench_files(options: argparse.Namespace) -> None:
    """Measures, prints the table and writes the files."""
    rows = measure_files(options.build)
    options.out.mkdir(parents=True, exist_ok=True)
    text = file_report.table(rows, stage_name(TREE))
    print(text, end="")
    (options.out / "files.md").write_text(text, encoding="utf-8")
    (options.out / "files.json").write_text(file_report.results(rows), encoding="utf-8")


def show_listing(options: argparse.Namespace) -> None:
    """Prints the way of one turn of a measurement's loop."""
    by_name = {each.name: each for each in available(options.build, MEASUREMENTS)}
    if options.listing not in by_name:
        raise BenchError(f"there is no measurement '{options.listing}'; there are "
                         f"{', '.join(by_name)}")
    wanted = by_name[options.listing]
    print("\n".join(listing.lines(wanted, listing.take(options.build, wanted))))


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=TREE / "build/bench/tree", metavar="DIR",
                        help="where kernel and programs were built")
    parser.add_argument("--out", type=Path, default=TREE / "build/bench", metavar="DIR",
                        help="for results.json, table.md and the plots")
    parser.add_argument("--listing", metavar="NAME",
                        help="show a measurement's loop instruction by instruction instead")
    parser.add_argument("--files", action="store_true",
                        help="measure files on a disk instead; the figures vary a little, since a "
                             "disk has a time of its own")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Serve the command line; errors are one line."""
    options = parse(arguments)
    command = show_listing if options.listing else bench_files if options.files else bench
    try:
        command(options)
        return 0
    except (BenchError, session.ToolMissing) as error:
        print(f"bench: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
