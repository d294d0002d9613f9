"""The manifests: what each stage adds to the one before.

A manifest says nothing twice. What a stage's tree holds follows from its own manifest and those
of all earlier stages; `layout` draws that conclusion for the files, `init_order` here for the
kernel's initialisation; `calls` and `programs` do so for what their names say.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import KitError
from .exercises import Exercise, load_exercises

STAGE_NAME = re.compile(r"(\d\d)-[a-z0-9-]+")

KEYS = {"version": str, "title": str, "summary": str, "files": list, "leaves": list,
        "retires": list, "init": list, "init_leaves": list, "start": str, "sees": list,
        "calls": dict, "message_calls": dict, "calls_leave": list, "programs": list,
        "programs_leave": list, "program_base": int, "program_spacing": int,
        "disk_programs": list}
REQUIRED = ("version", "title", "summary", "files")


@dataclass(frozen=True)
class InitStep:
    """A function that the kernel calls while it starts."""

    name: str
    before: str | None = None


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage as its manifest and its lab describe it: one object for each stage."""

    number: int
    name: str
    folder: Path
    version: str
    title: str
    summary: str
    files: tuple[str, ...]
    leaves: tuple[str, ...]
    retires: tuple[str, ...]
    init: tuple[InitStep, ...]
    init_leaves: tuple[str, ...]
    start: str | None
    sees: tuple[str, ...]
    calls: dict[str, int]
    message_calls: dict[str, int]
    calls_leave: tuple[str, ...]
    programs: tuple[str, ...]
    programs_leave: tuple[str, ...]
    program_base: int | None
    program_spacing: int | None
    disk_programs: tuple[str, ...]
    exercises: tuple[Exercise, ...]

    @property
    def manifest(self) -> str:
        """The manifest's path, for messages."""
        return f"stages/{self.name}/manifest.toml"

    @property
    def label(self) -> str:
        """The number as file names have it: 04."""
        return f"{self.number:02d}"


@dataclass(frozen=True)
class Kit:
    """The kit's folder and all its stages, in order."""

    root: Path
    stages: tuple[Stage, ...]

    @classmethod
    def load(cls, root: Path) -> "Kit":
        folders = sorted(path for path in (root / "stages").glob("*") if path.is_dir())
        if not folders:
            raise KitError(f"{root}: no stages/NN-name/ here, so this is not the kit's folder")
        stages = tuple(load_stage(root, folder) for folder in folders)
        refuse_doubles("stage number", [stage.label for stage in stages])
        refuse_doubles("exercise", [exercise.id for stage in stages
                                    for exercise in stage.exercises])
        return cls(root, stages)

    @property
    def newest(self) -> Stage:
        return self.stages[-1]

    def stage(self, wanted: str) -> Stage:
        """The stage that a person means by 4, 04 or 04-ipc; nothing means the newest."""
        if not wanted:
            return self.newest
        for stage in self.stages:
            if wanted in (stage.name, stage.label, str(stage.number)):
                return stage
        names = ", ".join(stage.name for stage in self.stages)
        raise KitError(f"there is no stage '{wanted}'; the stages are {names}")

    def up_to(self, stage: Stage) -> tuple[Stage, ...]:
        """The stage and all before it."""
        return tuple(each for each in self.stages if each.number <= stage.number)

    def exercises_up_to(self, stage: Stage) -> list[Exercise]:
        return [exercise for each in self.up_to(stage) for exercise in each.exercises]


def load_stage(root: Path, folder: Path) -> Stage:
    """Reads one manifest and the exercises of the lab of the same name."""
    matched = STAGE_NAME.fullmatch(folder.name)
    if not matched:
        raise KitError(f"stages/{folder.name}: a stage's folder is named like 04-ipc")
    number = int(matched[1])
    table = read_manifest(folder / "manifest.toml", root)
    return Stage(
        number=number, name=folder.name, folder=folder,
        version=table["version"], title=table["title"], summary=table["summary"].strip(),
        files=tuple(table["files"]), leaves=tuple(table.get("leaves", ())),
        retires=tuple(table.get("retires", ())),
        init=tuple(init_step(entry, folder.name) for entry in table.get("init", ())),
        init_leaves=tuple(table.get("init_leaves", ())),
        start=table.get("start"), sees=tuple(table.get("sees", ())),
        calls=table.get("calls", {}), message_calls=table.get("message_calls", {}),
        calls_leave=tuple(table.get("calls_leave", ())),
        programs=tuple(table.get("programs", ())),
        programs_leave=tuple(table.get("programs_leave", ())),
        program_base=table.get("program_base"), program_spacing=table.get("program_spacing"),
        disk_programs=tuple(table.get("disk_programs", ())),
        exercises=load_exercises(root / "labs" / folder.name / "exercises.toml", number,
                                 folder.name))


def read_manifest(path: Path, root: Path) -> dict[str, Any]:
    """The manifest's table, with every key known and of its type."""
    shown = path.relative_to(root)
    if not path.is_file():
        raise KitError(f"{shown} is missing")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KitError(f"{shown}: {error}") from error
    for key, value in table.items():
        if key not in KEYS:
            raise KitError(f"{shown}: unknown key '{key}'; the keys are {', '.join(KEYS)}")
        if type(value) is not KEYS[key]:
            raise KitError(f"{shown}: '{key}' has to be a {KEYS[key].__name__}")
    for key in REQUIRED:
        if key not in table:
            raise KitError(f"{shown}: '{key}' is missing")
    return table


def init_step(entry: Any, stage_name: str) -> InitStep:
    """An entry of `init`: a name, or a table {name, before}."""
    if isinstance(entry, str):
        return InitStep(entry)
    if isinstance(entry, dict) and set(entry) == {"name", "before"}:
        return InitStep(entry["name"], entry["before"])
    raise KitError(f"stages/{stage_name}/manifest.toml: init has {entry!r}; "
                   'an entry is "name" or {name = "...", before = "..."}')


def refuse_doubles(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise KitError(f"{what} {name} is there twice")


def init_order(stages: tuple[Stage, ...]) -> list[str]:
    """The initialisation steps of these stages, in the order in which the kernel takes them."""
    order: list[str] = []
    for stage in stages:
        for step in stage.init:
            if step.name in order:
                raise KitError(f"{stage.manifest}: init step {step.name} is there twice")
            if step.before is None:
                order.append(step.name)
            elif step.before in order:
                order.insert(order.index(step.before), step.name)
            else:
                raise KitError(f"{stage.manifest}: init step {step.name} is to "
                               f"stand before {step.before}, which is no earlier step")
        for name in stage.init_leaves:
            if name not in order:
                raise KitError(f"{stage.manifest}: init step {name} leaves, but no earlier stage "
                               "has it")
            order.remove(name)
    return order


def start_function(stages: tuple[Stage, ...]) -> str:
    """What the kernel hands over to at the end of its start."""
    return newest(stages, "start")


def newest(stages: tuple[Stage, ...], key: str) -> Any:
    """What the newest stage says that has this key."""
    for stage in reversed(stages):
        if getattr(stage, key) is not None:
            return getattr(stage, key)
    raise KitError(f"{stages[-1].manifest}: no stage so far has a '{key}'")


def origin(stages: tuple[Stage, ...]) -> str:
    """What the head of a generated file says."""
    return f"Generated from the manifests of the stages {stages[0].label} to {stages[-1].label}."
