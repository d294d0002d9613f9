"""stage.json: which stage a tree is, its exercises, and how its files looked when it was made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..errors import InfrastructureError

STAGE_FILE = "stage.json"


@dataclass(frozen=True)
class Exercise:
    """One exercise: the function that a student writes."""

    id: str
    title: str
    stage: str      # "01-boot"
    file: str
    function: str
    points: float
    section: str


@dataclass(frozen=True)
class StageInfo:
    """A tree's description of itself."""

    number: int
    name: str
    version: str
    stages: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    files: dict[str, str]   # path -> SHA-256 of the pristine file
    programs: tuple[str, ...] = ()      # the user programs that are loaded with the kernel

    @property
    def exercise_files(self) -> set[str]:
        """The files that are the student's to change."""
        return {exercise.file for exercise in self.exercises}

    def exercise(self, id: str) -> Exercise | None:
        """An exercise by its id."""
        return next((exercise for exercise in self.exercises if exercise.id == id), None)

    def handout(self, stage: int) -> str:
        """The handout of one of the tree's stages, by number."""
        name = next((name for name in self.stages if int(name[:2]) == stage), self.name)
        return f"labs/{name}/handout.md"


def read_stage_info(tree: Path) -> StageInfo:
    """Reads a tree's stage.json."""
    path = tree / STAGE_FILE
    try:
        data = json.loads(path.read_text())
        exercises = tuple(Exercise(**{key: entry[key] for key in Exercise.__annotations__})
                          for entry in data["exercises"])
        return StageInfo(data["number"], data["name"], data["version"], tuple(data["stages"]),
                         exercises, dict(data["files"]), tuple(data.get("programs", ())))
    except FileNotFoundError:
        raise InfrastructureError(f"{tree} is not a tree of MicroK: it has no {STAGE_FILE}") \
            from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InfrastructureError(f"{path} cannot be read: {error!r}") from error


def refuse_later_stage(submission: Path, stage: StageInfo) -> None:
    """Ends with an error for a tree that says of itself that it is of a later stage: its files are
    written for another kernel. What cannot be read says nothing."""
    try:
        number, name = (json.loads((submission / STAGE_FILE).read_text())[key]
                        for key in ("number", "name"))
    except (OSError, ValueError, KeyError, TypeError):
        return
    if isinstance(number, int) and number > stage.number:
        raise InfrastructureError(
            f"this tree is of stage {str(name)[:40]!r}; to grade {stage.name} take it as it was "
            "before the later lab was merged")
