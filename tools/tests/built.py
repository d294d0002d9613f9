"""Trees that are exported and built, once in each process that runs tests."""

from functools import lru_cache
from pathlib import Path
from subprocess import CompletedProcess

from real_kit import tree_of
from support import run, work_folder

from stagetool import export
from stagetool.manifest import Stage
from stagetool.tree import SOLVED


def exported(stage: Stage, kind: str = SOLVED) -> Path:
    """A tree of one's own, to build and to change."""
    place = work_folder("tools") / "tree"
    export.export(tree_of(stage, kind), place)
    return place


@lru_cache(maxsize=None)
def built(stage: Stage, kind: str = SOLVED) -> Path:
    """A built tree that several tests share: they leave its sources alone."""
    place = exported(stage, kind)
    done = make(place)
    if done.returncode:
        raise AssertionError(f"the tree of {stage.name} does not build:\n{done.stderr}")
    return place


def make(place: Path, *words: str) -> CompletedProcess[str]:
    return run("make", *words, cwd=place)


def tool(place: Path, name: str, *words: str | Path, **settings: str) -> CompletedProcess[str]:
    """Runs one of a tree's own tools."""
    return run(place / "tools" / name, *words, cwd=place, **settings)
