"""The files that are written anew for each stage and that every tree has.

What would otherwise need a conditional in the sources (which initialisation steps there are, which
version this is) is generated, so the sources are the same in every stage. Those of trees with
system calls and user programs: see `calls` and `programs`.
"""

import json
from typing import Any, Collection, Iterable, Sequence

from .exercises import Exercise
from .manifest import Kit, Stage, init_order, origin, start_function
from .programs import program_names
from .retired import retired_files

DESCRIPTION = "stage.json"


def init_table(stages: tuple[Stage, ...]) -> str:
    """kernel/generated/init_order.c: what the kernel calls while it starts, and at its end."""
    order, start = init_order(stages), start_function(stages)
    prototypes = "".join(f"void {name}(void);\n" for name in [*order, start])
    rows = "".join(f"    {name},\n" for name in order)
    return (f"/* {origin(stages)} */\n"
            f'#include "init.h"\n\n{prototypes}\n'
            f"void (*const init_steps[])(void) = {{\n{rows}}};\n"
            f"const unsigned init_step_count = {len(order)};\n"
            f"void (*const init_start)(void) = {start};\n")


def version_header(stage: Stage) -> str:
    """kernel/generated/version.h"""
    return (f"/* Generated from the manifest of stage {stage.name}. */\n"
            f'#pragma once\n\n#define MICROK_VERSION "{stage.version}"\n')


def description(kit: Kit, stage: Stage, kind: str, digests: dict[str, str]) -> str:
    """stage.json: what the tree's own tools and the grader need to know about it."""
    table = {
        "number": stage.number, "name": stage.name, "version": stage.version,
        "title": stage.title, "kind": kind,
        "stages": [each.name for each in kit.up_to(stage)],
        "sees": list(stage.sees),
        "programs": program_names(kit.up_to(stage)),
        "exercises": [described(exercise) for exercise in kit.exercises_up_to(stage)],
        "files": digests,
    }
    return json.dumps(table, indent=1, ensure_ascii=False) + "\n"


def described(exercise: Exercise) -> dict[str, Any]:
    names = ("id", "title", "stage", "file", "function", "language", "points", "section")
    return {name: getattr(exercise, name) for name in names}


def readme(kit: Kit, stage: Stage, blank: Sequence[Exercise], paths: Iterable[str]) -> str:
    """README.md: the first page of a tree of these paths in which some exercises are blank, or
    none."""
    parts = [f"# MicroK {stage.version}, stage {stage.label}: {stage.title}", stage.summary]
    if blank:
        parts.append(lab_text(stage))
    if len(blank) > len(stage.exercises):
        parts.append(MERGE_TEXT)
    folders = {path.split("/")[0] for path in paths}
    parts += ["## Commands", COMMANDS, "## What is where", folder_text(kit, stage, folders)]
    if retired := retired_files(kit.up_to(stage)):
        parts += [RETIRED_TEXT, "\n".join(f"- `{path}`" for path in sorted(retired))]
    return "\n\n".join(parts) + "\n"


COMMANDS = """\
| command | does |
|---|---|
| `make doctor` | names every tool that is needed, and how to get what is missing |
| `make` | builds all there is; the kernel is `build/microk.elf` |
| `make run` | boots it in QEMU, with the serial console on the terminal (Ctrl-A X leaves) |
| `make bochs` | boots it in Bochs |
| `make debug` | QEMU stopped at the first instruction, with gdb attached |
| `make record`, `make replay` | records a run, and repeats it exactly |
| `make grade` | grades this tree |
| `make docs` | the documentation, in `build/docs/html` |
| `make help` | all of the commands, with what can be set |"""


SYSTEM = {"kernel": "the kernel", "user": "the user programs' library, and programs",
          "servers": "the programs that serve others", "drivers": "the programs that run devices"}

MERGE_TEXT = """\
The exercises of the earlier labs are blank here too: merge this branch into the one that you
worked on, and yours stay."""


RETIRED_TEXT = """\
The kernel has outgrown these files and is built without them. They stay because exercises of
earlier labs are in them:"""


def lab_text(stage: Stage) -> str:
    """What a student has to know first."""
    rows = "\n".join(f"| {exercise.id} | {exercise.title} | `{exercise.function}` "
                     f"| `{exercise.file}` | {exercise.points} |" for exercise in stage.exercises)
    return f"""\
## The lab

This is the starter: the functions below are yours to write. The comment above each says what it
has to do. Read [the handout](labs/{stage.name}/handout.md) first; `make grade` says how far
you are.

| exercise | what | function | file | points |
|---|---|---|---|---|
{rows}"""


def folder_text(kit: Kit, stage: Stage, folders: Collection[str]) -> str:
    lines = [f"- `{folder}/`: {what}" for folder, what in SYSTEM.items() if folder in folders]
    lines += [f"- `labs/{each.name}/`: the lab of stage {each.label}, {each.title}"
              for each in kit.up_to(stage) if each.exercises]
    lines += ["- `grading/`: the grader and its tests",
              "- `tools/`: what boots, debugs and records the kernel",
              "- `stage.json`: which stage this is, its exercises, its files as handed out"]
    return "\n".join(lines)
