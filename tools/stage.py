#!/usr/bin/python3
"""Makes the trees of the stages and labs, and the course's repositories. See stagetool/."""

import argparse
import json
import sys
from pathlib import Path
from typing import Callable

sys.path.insert(0, str(Path(__file__).resolve().parent))

from stagetool import course, export, tree, variants, wrong     # noqa: E402
from stagetool.errors import KitError                           # noqa: E402
from stagetool.layout import Layout                             # noqa: E402
from stagetool.manifest import STAGE_NAME, Kit                  # noqa: E402

KINDS = {"stage": tree.SOLVED, "lab": tree.FRESH}


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        options.run(options)
    except KitError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return complain(f"{error.filename or 'error'}: {error.strerror or error}")
    return 0


def complain(reason: str) -> int:
    print(f"stage: {reason}", file=sys.stderr)
    return 1


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Makes the trees of the stages and labs, and the course's repositories.",
        epilog="STAGE is 4, 04 or 04-ipc; an empty word means the newest stage.")
    parser.add_argument("--kit", type=Path, metavar="DIR", help="the kit's folder",
                        default=Path(__file__).resolve().parent.parent)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command(commands, "list", "the stages there are", run_list)
    command(commands, "variants", "the files that stages have otherwise, and their share",
            run_variants)
    resolve = command(commands, "resolve", "the full name of a stage", run_resolve, "stage")
    resolve.add_argument("--of", type=Path, metavar="SUBMISSION",
                         help="without STAGE: the stage that this tree says it is of")
    command(commands, "stage", "the solved tree of a stage", run_export, "stage", "out") \
        .set_defaults(kind="stage", write=export.export)
    command(commands, "lab", "the starter of a lab, with earlier labs solved", run_export,
            "stage", "out").set_defaults(kind="lab", write=export.export)
    sync = command(commands, "sync", "bring an exported tree up to date, changed files included",
                   run_export, "stage", "out")
    sync.add_argument("--kind", choices=sorted(KINDS), default="stage")
    sync.set_defaults(write=export.sync)
    command(commands, "course", "the instructor's and the student's repository", run_course, "out")
    splice = command(commands, "splice", "put a wrong solution into an exported tree", run_splice)
    splice.add_argument("wrong", type=Path, metavar="WRONGFILE")
    splice.add_argument("--tree", type=Path, required=True, metavar="DIR")
    return parser.parse_args(arguments)


def command(commands: "argparse._SubParsersAction", name: str, does: str,
            run: Callable[[argparse.Namespace], None], *needs: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=does, description=does.capitalize() + ".")
    if "stage" in needs:
        parser.add_argument("stage", metavar="STAGE", nargs="?", default="")
    if "out" in needs:
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=run)
    return parser


def run_list(options: argparse.Namespace) -> None:
    kit = Kit.load(options.kit)
    width = max(len(stage.name) for stage in kit.stages)
    for stage in kit.stages:
        print(f"{stage.name:{width}}  v{stage.version:<5} {len(stage.exercises):2} exercises  "
              f"{stage.title}")


def run_variants(options: argparse.Namespace) -> None:
    print(variants.report(Layout.of(Kit.load(options.kit))))


def run_resolve(options: argparse.Namespace) -> None:
    kit = Kit.load(options.kit)
    name = options.stage or (stage_of(options.of) if options.of else "")
    print(kit.stage(name).name)


def stage_of(submission: Path) -> str:
    """The stage that a submission's own description names. It is a stranger's text: only what a
    stage's name can be is believed."""
    try:
        name = json.loads((submission / "stage.json").read_text(encoding="utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError):
        name = None
    if not isinstance(name, str) or not STAGE_NAME.fullmatch(name):
        raise KitError(f"{submission} does not say which stage it is of; say STAGE=NN")
    return name


def run_export(options: argparse.Namespace) -> None:
    kit = Kit.load(options.kit)
    stage = kit.stage(options.stage)
    made = tree.build_tree(Layout.of(kit), stage, KINDS[options.kind])
    refuse_inside_kit(options.out, options.kit)
    options.write(made, options.out.absolute())
    if options.write is export.export:
        print(f"{options.kind} {stage.name}: {len(made.files)} files in {options.out}")


def refuse_inside_kit(out: Path, kit: Path) -> None:
    """What is written among the kit's own files would become a part of it."""
    out, kit = out.resolve(), kit.resolve()
    if out.is_relative_to(kit) and not out.is_relative_to(kit / "build"):
        raise KitError(f"{out} is inside the kit; take a place outside, or below build/")


def run_course(options: argparse.Namespace) -> None:
    refuse_inside_kit(options.out, options.kit)
    course.write_course(Layout.of(Kit.load(options.kit)), options.out.absolute())
    print(f"course: {options.out}/instructor and {options.out}/student")


def run_splice(options: argparse.Namespace) -> None:
    changed = wrong.splice(wrong.load_wrong(options.wrong), options.tree.absolute())
    print(f"changed {changed.relative_to(options.tree.absolute())}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
