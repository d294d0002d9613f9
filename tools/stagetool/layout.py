"""Which file of the kit stands where in a stage's tree.

Three sources, in this order for each stage from 01 on: what its manifest lists under `files`
(the finished form of a file), its variants (files under stages/NN-name/ that stand at their own
path), and what belongs to a stage by convention of its name (handout, tests, pages).
"""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Collection, Iterator

from .errors import KitError
from .manifest import Kit, Stage
from .retired import (refuse_change, refuse_finished, refuse_leaving, refuse_retiring,
                      retired_files)

# Files that stand elsewhere in a tree, because the kit has others of its own in their place.
RENAMED = {"tools/tree/Makefile": "Makefile", "tools/tree/gitignore": ".gitignore"}

# Folders of the operating system: each file in them belongs to a stage.
SYSTEM_FOLDERS = ("kernel", "drivers", "servers", "user")

# What makes and checks trees is no part of them: a folder's entry in a manifest leaves it out.
KIT_ONLY = ("tools/stage.py", "tools/stagetool/", "tools/soak.py", "tools/test.py", "tools/tests/",
            "tools/tree/", "tools/hosttest/", "tools/vfstest/", "tools/libctest/",
            "tools/shelltest/")

# The exercises' list in labs/NN-name/: a tree has what is in it in stage.json.
EXERCISE_LIST = "exercises.toml"

JUNK_FOLDERS = {"__pycache__"}
JUNK_ENDINGS = (".pyc", "~", ".orig", ".rej", ".swp", ".o")


@dataclass(frozen=True)
class Layout:
    """For each stage of a kit: tree path to the file that stands there."""

    kit: Kit
    claims: dict[str, tuple[Stage, str]]

    @classmethod
    def of(cls, kit: Kit) -> "Layout":
        claims = collect_claims(kit)
        refuse_unclaimed(kit, claims)
        refuse_finished(retired_files(kit.stages), claims)
        return cls(kit, claims)

    def tree(self, stage: Stage) -> dict[str, Path]:
        """The files of a stage's tree, but for the generated ones."""
        tree: dict[str, Path] = {}
        for each in self.kit.up_to(stage):
            refuse_retiring(each, tree)
            retired = retired_files(self.kit.up_to(each))
            take_leaving(tree, each, retired)
            for path, (claimant, _) in self.claims.items():
                if claimant == each:
                    tree[RENAMED.get(path, path)] = self.kit.root / path
            variants = self.variants(each)
            refuse_change(each, retired, variants)
            tree.update(variants)
            tree.update(by_convention(self.kit, each))
        return dict(sorted(tree.items()))

    def variants(self, stage: Stage) -> dict[str, Path]:
        """The files that the stage has otherwise than the finished tree."""
        found = {}
        for file in files_below(stage.folder):
            path = file.relative_to(stage.folder).as_posix()
            if path == "manifest.toml":
                continue
            claimant = self.claims.get(path)
            if claimant and claimant[0] == stage:
                raise KitError(f"stages/{stage.name}/{path} is a variant, but the manifest beside "
                               f"it takes the finished {path} into the same stage")
            found[path] = file
        return found


def collect_claims(kit: Kit) -> dict[str, tuple[Stage, str]]:
    """Which stage lists which file. A file's own path outranks the folder that it is in."""
    claims: dict[str, tuple[Stage, str]] = {}
    for stage in kit.stages:
        for entry in stage.files:
            for path in listed_files(kit, stage, entry):
                claim(claims, path, stage, entry)
    return claims


def claim(claims: dict[str, tuple[Stage, str]], path: str, stage: Stage, entry: str) -> None:
    if path in claims:
        other, other_entry = claims[path]
        if len(other_entry) == len(entry):
            raise KitError(f"stages/{stage.name}/manifest.toml: {path} is listed twice "
                           f"(also by {other.name})")
        if len(other_entry) > len(entry):
            return
    claims[path] = (stage, entry)


def listed_files(kit: Kit, stage: Stage, entry: str) -> list[str]:
    """The files that an entry of `files` stands for."""
    where = f"stages/{stage.name}/manifest.toml"
    place = kit.root / entry
    if ".." in PurePosixPath(entry).parts or entry.startswith("/"):
        raise KitError(f"{where}: {entry} leads out of the kit")
    if entry in RENAMED.values():
        original = next(old for old, new in RENAMED.items() if new == entry)
        raise KitError(f"{where}: {entry} is the kit's own; a tree's is {original}")
    if not entry.endswith("/"):
        if not place.is_file():
            raise KitError(f"{where}: {entry} is listed, but there is no such file")
        return [entry]
    if entry.startswith(SYSTEM_FOLDERS):
        raise KitError(f"{where}: {entry} is a folder of the system; list its files one by one, or "
                       "a later stage's file would come along unseen")
    below = [file.relative_to(kit.root).as_posix() for file in files_below(place)]
    found = [path for path in below if not path.startswith(KIT_ONLY)]
    if not found:
        raise KitError(f"{where}: {entry} is listed, but there is no file in it")
    return found


def refuse_unclaimed(kit: Kit, claims: dict[str, tuple[Stage, str]]) -> None:
    """A file of the system that no manifest lists would be missing from every stage."""
    for folder in SYSTEM_FOLDERS:
        for file in files_below(kit.root / folder):
            path = file.relative_to(kit.root).as_posix()
            if path not in claims:
                raise KitError(f"{path} is in no stage's manifest")


def take_leaving(tree: dict[str, Path], stage: Stage, retired: Collection[str]) -> None:
    """Takes out what a stage's manifest says is gone."""
    for entry in stage.leaves:
        gone = [path for path in tree
                if path == entry or (entry.endswith("/") and path.startswith(entry))]
        if not gone:
            raise KitError(f"stages/{stage.name}/manifest.toml: {entry} leaves, "
                           "but no earlier stage has it")
        refuse_leaving(stage, retired, gone)
        for path in gone:
            del tree[path]


def by_convention(kit: Kit, stage: Stage) -> dict[str, Path]:
    """What goes along with a stage by its name: handout, tests, test programs, pages."""
    places = [kit.root / "labs" / stage.name,
              kit.root / "grading" / "tests" / f"stage{stage.label}.py"]
    places += sorted((kit.root / "grading" / "guest").glob(f"{stage.label}-*"))
    places += sorted((kit.root / "docs").glob(f"{stage.label}-*"))
    return {file.relative_to(kit.root).as_posix(): file
            for place in places for file in files_below(place) if file.name != EXERCISE_LIST}


def files_below(place: Path) -> Iterator[Path]:
    """All files in a folder (or the file itself), without what editors and Python leave behind."""
    if place.is_file():
        yield place
    elif place.is_dir():
        for child in sorted(place.iterdir()):
            if child.name not in JUNK_FOLDERS and not child.name.endswith(JUNK_ENDINGS):
                yield from files_below(child)
