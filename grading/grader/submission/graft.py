"""A submission's files on a pristine tree: the tree that is built and graded.

The target may hold an earlier graft. Only files whose bytes differ are written, so that make
rebuilds only what differs; its build/ folder is left alone.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Collection

from .stage_info import STAGE_FILE, StageInfo
from .survey import Survey

KEPT = "build"


def graft(pristine: Path, stage: StageInfo, survey: Survey, target: Path) -> None:
    """Makes `target` the pristine tree with the survey's files in place of its own."""
    wanted = {path: (pristine / path).read_bytes() for path in [*stage.files, STAGE_FILE]
              if path not in survey.taken}
    wanted |= survey.taken
    target.mkdir(parents=True, exist_ok=True)
    _remove_others(target, wanted.keys())
    for path, data in wanted.items():
        _write_if_different(target / path, data)
        if (pristine / path).is_file():
            shutil.copymode(pristine / path, target / path)


def _remove_others(target: Path, wanted: Collection[str]) -> None:
    """Removes what an earlier graft left, folders that are empty then included."""
    for folder, names, files in os.walk(target, topdown=False):
        inside = Path(folder).relative_to(target)
        if inside.parts[:1] == (KEPT,):
            continue
        for name in [*files, *names]:
            path = Path(folder, name)
            if path.is_symlink() or path.is_file() and (inside / name).as_posix() not in wanted:
                path.unlink()
        if inside.parts and not os.listdir(folder):
            os.rmdir(folder)


def _write_if_different(path: Path, data: bytes) -> None:
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
