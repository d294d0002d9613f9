"""The exercises of a lab: functions of the finished tree, with their points."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import KitError

KEYS = {"id": str, "title": str, "file": str, "function": str, "points": int, "section": str,
        "stub": str}
OPTIONAL = {"stub"}
EXERCISE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Exercise:
    """One function (or NASM label) that a student writes."""

    id: str
    title: str
    stage_number: int
    stage: str
    file: str
    function: str
    points: int
    section: str
    stub: str | None = None

    @property
    def language(self) -> str:
        return "nasm" if self.file.endswith(".asm") else "c"


def load_exercises(path: Path, number: int, stage: str) -> tuple[Exercise, ...]:
    """The exercises of one lab; a stage without a lab has none."""
    if not path.is_file():
        return ()
    shown = f"labs/{stage}/exercises.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KitError(f"{shown}: {error}") from error
    entries = table.pop("exercise", [])
    if table:
        raise KitError(f"{shown}: unknown key '{next(iter(table))}'; only [[exercise]] is known")
    return tuple(read_exercise(entry, number, stage, shown) for entry in entries)


def read_exercise(entry: dict[str, Any], number: int, stage: str, shown: str) -> Exercise:
    """One [[exercise]], with every key known, of its type, and there."""
    name = entry.get("id", "without an id")
    for key, value in entry.items():
        if key not in KEYS:
            raise KitError(f"{shown}: exercise {name}: unknown key '{key}'")
        if not isinstance(value, KEYS[key]):
            raise KitError(f"{shown}: exercise {name}: '{key}' has to be a {KEYS[key].__name__}")
    for key in KEYS:
        if key not in entry and key not in OPTIONAL:
            raise KitError(f"{shown}: exercise {name}: '{key}' is missing")
    if not EXERCISE_ID.fullmatch(entry["id"]):
        raise KitError(f"{shown}: exercise {name}: an id is lower-case words joined by '-'")
    if entry["points"] <= 0:
        raise KitError(f"{shown}: exercise {name}: points have to be more than 0")
    return Exercise(stage_number=number, stage=stage, **entry)
