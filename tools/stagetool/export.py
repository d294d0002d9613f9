"""A tree onto the disk.

A fresh export appears whole or not at all: it is written beside its place and then renamed. Over
an earlier export only those files are written whose bytes changed, and those removed that left,
so that make rebuilds little; what others put there (build/, a student's new files) stays.
"""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

from .errors import KitError
from .generated import DESCRIPTION
from .tree import File, Tree


def export(tree: Tree, out: Path) -> None:
    """Writes a tree for a person: refuses to touch what may be somebody's work."""
    if is_empty(out):
        write_fresh(tree.files, out)
        return
    earlier = earlier_export(out)
    for path, digest in earlier["files"].items():
        file = out / path
        if file.is_file() and File(file.read_bytes()).digest != digest:
            raise KitError(f"{out}: {path} was changed since it was exported; "
                           "take another directory, or remove this one")
    update(tree.files, out, earlier)


def sync(tree: Tree, out: Path) -> None:
    """Brings an export of the kit's own up to date, whatever happened to it since."""
    if is_empty(out):
        write_fresh(tree.files, out)
    else:
        update(tree.files, out, earlier_export(out))


def is_empty(out: Path) -> bool:
    if out.exists() and not out.is_dir():
        raise KitError(f"{out} is not a directory")
    return not out.exists() or not any(out.iterdir())


def earlier_export(out: Path) -> dict[str, Any]:
    """The stage.json of an export that is there already."""
    try:
        table = json.loads((out / DESCRIPTION).read_text(encoding="utf-8"))
        if isinstance(table["files"], dict) and table["kind"] in ("stage", "lab"):
            return table
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise KitError(f"{out} is not empty, and no earlier export of a stage")


def write_fresh(files: dict[str, File], out: Path) -> None:
    with appearing_whole(out) as partial:
        for path, file in files.items():
            write(partial / path, file)


@contextmanager
def appearing_whole(out: Path) -> Iterator[Path]:
    """A folder to be filled, which takes its place when all went well and is gone when not."""
    exists = out.exists()
    if not exists:
        out.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=out if exists else out.parent))
    try:
        partial.chmod(0o755)
        yield partial
        if exists:      # an empty folder that somebody may stand in: it has to stay the same one
            for child in list(partial.iterdir()):
                child.rename(out / child.name)
            partial.rmdir()
        else:
            partial.rename(out)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def update(files: dict[str, File], out: Path, earlier: dict[str, Any]) -> None:
    for path in sorted(set(earlier["files"]) - set(files)):
        remove(out, path)
    # The description comes last: as long as it is the old one, this can be done over.
    for path in sorted(files, key=lambda path: path == DESCRIPTION):
        if not same(out / path, files[path]):
            write(out / path, files[path])


def same(place: Path, file: File) -> bool:
    if not place.is_file() or place.is_symlink():
        return False
    executable = bool(place.stat().st_mode & 0o100)
    return executable == file.executable and place.read_bytes() == file.data


def write(place: Path, file: File) -> None:
    """Puts a file in its place in one step."""
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = place.with_name(f".{place.name}.partial")
    partial.write_bytes(file.data)
    partial.chmod(0o755 if file.executable else 0o644)
    os.replace(partial, place)


def remove(out: Path, path: str) -> None:
    """Removes a file that left, and the folders that are empty without it."""
    (out / path).unlink(missing_ok=True)
    for folder in (out / path).parents:
        if folder == out or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
