#!/usr/bin/python3
"""Makes the trees of the stages and labs, and the course's repositories. See stagetool/."""

import argparse
import sys
from pathlib import Path
from typing import Callable

sys.path.insert(0, str(Path(__file__).resolve().parent))

from stagetool import course, export, tree, variants, wrong     # noqa: E402
from stagetool.errors import KitError                           # noqa: E402
from stagetool.layout import Layout                             # noqa: E402
from stagetool.manifest import Kit                              # noqa: E402

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
    command(commands, "resolve", "the full name of a stage", run_resolve, "stage")
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
    print(Kit.load(options.kit).stage(options.stage).name)


def run_export(options: argparse.Namespace) -> None:
    kit = Kit.load(options.kit)
    stage = kit.stage(options.stage)
    made = tree.build_tree(Layout.of(kit), stage, KINDS[options.kind])
    options.write(made, options.out.absolute())
    if options.write is export.export:
        print(f"{options.kind} {stage.name}: {len(made.files)} files in {options.out}")


def run_course(options: argparse.Namespace) -> None:
    course.write_course(Layout.of(Kit.load(options.kit)), options.out.absolute())
    print(f"course: {options.out}/instructor and {options.out}/student")


def run_splice(options: argparse.Namespace) -> None:
    changed = wrong.splice(wrong.load_wrong(options.wrong), options.tree.absolute())
    print(f"changed {changed.relative_to(options.tree.absolute())}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
