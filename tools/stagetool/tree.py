"""A stage's tree, whole, in memory.

Everything that can be wrong with a tree is found here, before anything is written anywhere.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Sequence

from . import csource, generated, nasmsource, starter
from .calls import call_files
from .errors import KitError
from .exercises import Exercise
from .layout import Layout, files_below
from .manifest import Kit, Stage
from .programs import program_files
from .retired import list_files

STARTER_FOLDER = "tools/tree/starter"
KERNEL = "kernel/"

# The three kinds of tree, by the exercises that are blank in them.
SOLVED = "stage"            # none
FRESH = "lab"               # those of the newest lab: earlier labs are solved
UNSOLVED = "course"         # all: what a student gets who brings along solutions of their own


@dataclass(frozen=True)
class File:
    """What stands at a path."""

    data: bytes
    executable: bool = False

    @property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Tree:
    """An exported stage: path to file, stage.json included."""

    stage: Stage
    kind: str
    files: dict[str, File]


def build_tree(layout: Layout, stage: Stage, kind: str) -> Tree:
    """The tree of a stage. `kind` is SOLVED, FRESH or UNSOLVED."""
    kit = layout.kit
    files = {path: read(source) for path, source in layout.tree(stage).items()}
    exercises = blank_exercises(kit, stage, kind)
    if kind != SOLVED:
        if not stage.exercises:
            raise KitError(f"stage {stage.name} has no lab: labs/{stage.name}/exercises.toml "
                           "names no exercise")
        blank_all(files, exercises)
        files |= starter_files(kit, stage)
    shown_kind = "stage" if kind == SOLVED else "lab"
    add_text(files, "kernel/generated/init_order.c", generated.init_table(kit.up_to(stage)))
    add_text(files, "kernel/generated/version.h", generated.version_header(stage))
    for path, text in {**call_files(kit.up_to(stage)),
                       **program_files(kit.up_to(stage), files),
                       **list_files(kit.up_to(stage))}.items():
        add_text(files, path, text)
    add_text(files, "README.md", generated.readme(kit, stage, exercises, files))
    digests = {path: file.digest for path, file in sorted(files.items())}
    add_text(files, generated.DESCRIPTION,
             generated.description(kit, stage, shown_kind, digests))
    return Tree(stage, shown_kind, dict(sorted(files.items())))


def read(source: Path) -> File:
    return File(source.read_bytes(), bool(source.stat().st_mode & 0o100))


def add_text(files: dict[str, File], path: str, text: str) -> None:
    if path in files:
        raise KitError(f"{path} is generated, so no manifest may list it")
    files[path] = File(text.encode())


def blank_exercises(kit: Kit, stage: Stage, kind: str) -> Sequence[Exercise]:
    return {SOLVED: (), FRESH: stage.exercises, UNSOLVED: kit.exercises_up_to(stage)}[kind]


def blank_all(files: dict[str, File], exercises: Sequence[Exercise]) -> None:
    for exercise in exercises:
        text = starter.blank(exercise_text(files, exercise), exercise)
        files[exercise.file] = File(text.encode())


def starter_files(kit: Kit, stage: Stage) -> dict[str, File]:
    """What stubs call; only starters have it: in the kernel, and in programs from the first stage
    on that has an exercise in one."""
    folder = kit.root / STARTER_FOLDER
    found = {file.relative_to(folder).as_posix(): read(file) for file in files_below(folder)}
    in_programs = any(not exercise.file.startswith(KERNEL)
                      for exercise in kit.exercises_up_to(stage))
    return {path: file for path, file in found.items() if in_programs or path.startswith(KERNEL)}


def exercise_text(files: dict[str, File], exercise: Exercise) -> str:
    """The source file that an exercise is in."""
    if exercise.file not in files:
        raise KitError(f"exercise {exercise.id}: {exercise.file} is not in the tree of "
                       f"stage {exercise.stage}")
    try:
        return files[exercise.file].data.decode()
    except UnicodeDecodeError as error:
        raise KitError(f"exercise {exercise.id}: {exercise.file}: {error}") from error


def solution(files: dict[str, File], exercise: Exercise) -> str:
    """The exercise's body in a solved tree."""
    text = exercise_text(files, exercise)
    try:
        if exercise.language == "nasm":
            routine = nasmsource.find_routine(text, exercise.function)
            return text[routine.body_start:routine.end]
        function = csource.find_function(text, exercise.function)
        return text[function.body_start:function.end]
    except KitError as error:
        raise KitError(f"exercise {exercise.id}: {exercise.file}: {error}") from error


def check_exercises(layout: Layout) -> None:
    """An exercise's function is new in its own stage, and has the same body in all later ones.

    Otherwise a student's answer to lab 4 would not fit in lab 9.
    """
    trees = {stage: build_tree(layout, stage, SOLVED).files for stage in layout.kit.stages}
    for stage in layout.kit.stages:
        for exercise in stage.exercises:
            body = solution(trees[stage], exercise)
            for other, files in trees.items():
                if other.number < stage.number:
                    refuse_early(files, exercise, other)
                elif solution(files, exercise) != body:
                    raise KitError(f"exercise {exercise.id}: {exercise.function}() has another "
                                   f"body in stage {other.name} than in its own")


def refuse_early(files: dict[str, File], exercise: Exercise, other: Stage) -> None:
    if exercise.file not in files:
        return
    text = exercise_text(files, exercise)
    source = nasmsource.routines(text) if exercise.language == "nasm" else csource.functions(text)
    if exercise.function in [each.name for each in source]:
        raise KitError(f"exercise {exercise.id}: {exercise.function}() is there in stage "
                       f"{other.name} already, before its own stage {exercise.stage}")
