"""The command line of grade.py."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Any, Sequence

from .catalogue import Test, read_tests
from .errors import InfrastructureError, broken
from .grading import Listener, Work, grade, prepare
from .machine.launch import write_modules
from .machine.processes import end_children_on_signals
from .plan import Plan
from .report import Report, number
from .reports.files import write_reports
from .reports.text import TextReport
from .run import Outcome, plan_boot
from .submission.stage_info import StageInfo, read_stage_info, refuse_later_stage

GRADING = Path(__file__).resolve().parent.parent

EPILOG = """\
exit status: 0 full points, 1 less, 2 nothing could be graded (wrong arguments, a tool is missing)
reports: results.json (Gradescope's format), junit.xml and results.tap, always written"""


def main(arguments: Sequence[str]) -> int:
    """Runs the command; see --help."""
    options = _parse(arguments)
    end_children_on_signals()
    try:
        with tempfile.TemporaryDirectory(prefix="microk-grade-") as temporary:
            return _command(options, Path(temporary))
    except InfrastructureError as error:
        print(f"grade: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("grade: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:     # whoever read the report has had enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception as error:  # pylint: disable=broad-exception-caught
        print(f"grade: {broken(error)}", file=sys.stderr)
        return 2


def _command(options: argparse.Namespace, temporary: Path) -> int:
    work = _work(options, temporary)
    if options.list:
        return _list(work.stage, work.tests)
    if options.print_boot:
        return _print_boot(options, work)
    report = grade(work, Printer(TextReport(sys.stdout.isatty())))
    for folder in options.out or [_build_folder(options, temporary)]:
        write_reports(report, folder)
    return report.exit_status


class Printer(Listener):
    """Prints the text report as the grading gets on."""

    def __init__(self, text: TextReport) -> None:
        self._text = text

    def begun(self, report: Report) -> None:
        print(self._text.heading(report), flush=True)

    def judged(self, outcome: Outcome, report: Report) -> None:
        print(self._text.test(outcome, report), flush=True)

    def ended(self, report: Report) -> None:
        if report.trouble:
            print(f"grade: {report.trouble}", file=sys.stderr)
        else:
            print(self._text.summary(report), flush=True)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="grade.py", epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Grades a tree of MicroK, or a submission on a pristine tree.")
    what = parser.add_argument_group("what is graded")
    what.add_argument("--tree", type=Path, metavar="DIR",
                      help="an exported tree, as it is (default: the one that grade.py is in)")
    what.add_argument("--pristine", type=Path, metavar="DIR",
                      help="the tree that a submission's files are put on (a lab's starter)")
    what.add_argument("--submission", type=Path, metavar="PATH",
                      help="a student's tree: a folder, a .zip or a .tar.gz")
    how = parser.add_argument_group("how")
    how.add_argument("--test", action="append", metavar="ID", help="only this test (repeatable)")
    how.add_argument("--seed", type=_seed, metavar="NUMBER", help="repeats a run (default: random)")
    how.add_argument("--stages", choices=("current", "all"), default="current",
                     help="all: the tests of earlier stages too, for no points")
    how.add_argument("--jobs", type=_positive, default=2, metavar="N",
                     help="machines that run at once (default: 2)")
    how.add_argument("--make", action="append", default=[], metavar="NAME=VALUE",
                     help="a variable for make, such as CC=clang (repeatable)")
    where = parser.add_argument_group("where")
    where.add_argument("--out", action="append", type=Path, metavar="DIR",
                       help="for the reports (default: build/grade in the tree, or --build-dir)")
    where.add_argument("--build-dir", type=Path, metavar="DIR",
                       help="for the graded kernel; kept, so that the next run rebuilds less")
    other = parser.add_argument_group("instead of grading")
    other.add_argument("--list", action="store_true", help="list the tests")
    other.add_argument("--print-boot", metavar="ID",
                       help="build, and print as JSON how a test starts its machine")
    other.add_argument("--boot", type=int, default=0, metavar="N",
                       help="with --print-boot: which of its boots, from 0")
    return parser.parse_args(arguments)


def _seed(text: str) -> int:
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if not 0 <= value < 1 << 64:
        raise argparse.ArgumentTypeError("a seed is a number of 64 bits, such as 0x1234")
    return value


def _positive(text: str) -> int:
    if (value := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _work(options: argparse.Namespace, temporary: Path) -> Work:
    if bool(options.pristine) != bool(options.submission) or options.tree and options.pristine:
        raise InfrastructureError("give either --tree, or --pristine and --submission")
    pristine = (options.pristine or options.tree or GRADING.parent).resolve()
    stage = read_stage_info(pristine)
    if options.submission:
        refuse_later_stage(options.submission, stage)
    seed = options.seed if options.seed is not None else secrets.randbits(64)
    if options.submission and not options.submission.exists():
        raise InfrastructureError(f"there is no {options.submission}")
    if options.submission and not (options.out or options.build_dir):
        raise InfrastructureError("a submission's reports need a place: give --out")
    return Work(stage, _chosen(options, stage), seed, pristine,
                options.submission.resolve() if options.submission else None,
                _build_folder(options, temporary), options.jobs, options.make)


def _build_folder(options: argparse.Namespace, temporary: Path) -> Path:
    """A tree's own build folder is used again and again; a submission leaves nothing behind."""
    if options.build_dir:
        return options.build_dir.resolve()
    if options.submission:
        return temporary
    return (options.tree or GRADING.parent).resolve() / "build" / "grade"


def _chosen(options: argparse.Namespace, stage: StageInfo) -> list[Test]:
    """The tests to run. Those of earlier stages have been paid for."""
    tests = read_tests(GRADING / "tests", stage.number)
    known = {test.id for test in tests}
    wanted = set(options.test or []) | ({options.print_boot} if options.print_boot else set())
    if unknown := sorted(wanted - known):
        raise InfrastructureError(f"there is no test {unknown[0]}; "
                                  "make grade GRADE_FLAGS=--list names them all")
    earlier = options.stages == "all"
    chosen = [test for test in tests if not wanted or test.id in wanted]
    if not earlier and not options.print_boot:
        chosen = [test for test in chosen if test.stage == stage.number or wanted]
        _expect_of_stage(chosen, stage)
    return [test if test.stage == stage.number else dataclasses.replace(test, points=0)
            for test in chosen]


def _expect_of_stage(chosen: Sequence[Test], stage: StageInfo) -> None:
    """Refuses tests that are worth nothing in this stage: 0 of 0 points would say nothing."""
    if strangers := [test for test in chosen if test.stage != stage.number]:
        raise InfrastructureError(
            f"{strangers[0].id} is a test of stage {strangers[0].stage:02}, and earns nothing in "
            f"stage {stage.number:02}: `--stages all` runs it all the same "
            "(make: GRADE_FLAGS='--stages all')")


def _list(stage: StageInfo, tests: Sequence[Test]) -> int:
    """Prints the tests; complains when their points do not add up to the exercises'."""
    for test in tests:
        print(f"{test.id:<24} {number(test.points):>4}  {test.exercise:<16} {test.title}")
    status = 0
    for exercise in stage.exercises:
        of_stage = [test for test in tests if test.exercise == exercise.id
                    and f"{test.stage:02}" == exercise.stage[:2] == f"{stage.number:02}"]
        total = sum(test.points for test in of_stage)
        if of_stage and total != exercise.points:
            print(f'grade: exercise "{exercise.id}" is worth {number(exercise.points)} points, '
                  f"its tests {number(total)}", file=sys.stderr)
            status = 2
    return status


def _print_boot(options: argparse.Namespace, work: Work) -> int:
    """For tools that run one boot of a test themselves, under a debugger or recorded."""
    if options.submission and not options.build_dir:
        raise InfrastructureError("--print-boot of a submission needs --build-dir")
    report = Report(work.stage, work.seed)
    kernels = prepare(work, report)
    if kernels is None:
        print(f"grade: {report.problem}", file=sys.stderr)
        return 1
    plan = plan_boot(work.tests[0], work.stage, kernels, work.seed, options.boot)
    if plan is None:
        raise InfrastructureError(f"the test {options.print_boot} has no boot {options.boot}")
    print(json.dumps(_described(plan, work.build_dir / "modules")))
    return 0


def _described(plan: Plan, folder: Path) -> dict[str, Any]:
    """A boot as tools/run.py takes it; its modules, which have its seed in them, are files then."""
    modules = write_modules(plan.modules, folder)
    return {"kernel": str(plan.image.bootable), "debug": str(plan.image.path),
            "append": plan.command_line, "memory": f"{plan.memory_mb}M",
            "modules": [str(path) for path in modules],
            "module_symbols": [str(plan.programs[path.name].path) for path in modules]}
