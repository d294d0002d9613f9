"""The kit itself, with all trees that can be made of it.

A kit that cannot be exported fails each test module that needs it once, with the one line that
says why.
"""

from functools import lru_cache

from support import ROOT

from stagetool.exercises import Exercise
from stagetool.layout import Layout
from stagetool.manifest import Kit, Stage
from stagetool.tree import FRESH, SOLVED, UNSOLVED, Tree, build_tree

LAYOUT = Layout.of(Kit.load(ROOT))
STAGES = LAYOUT.kit.stages
LABS = tuple(stage for stage in STAGES if stage.exercises)
ALL_EXERCISES = LAYOUT.kit.exercises_up_to(STAGES[-1])


@lru_cache(maxsize=None)
def tree_of(stage: Stage, kind: str) -> Tree:
    return build_tree(LAYOUT, stage, kind)


def starter_kinds(stage: Stage) -> tuple[str, ...]:
    """The kinds of starter that a stage has; in the first lab nothing is earlier, so it has one."""
    if not stage.exercises:
        return ()
    return (FRESH,) if stage == LABS[0] else (FRESH, UNSOLVED)


def blank_in(stage: Stage, kind: str) -> list[Exercise]:
    """The exercises that a student has to write in a starter."""
    return list(stage.exercises) if kind == FRESH else LAYOUT.kit.exercises_up_to(stage)


def text_of(tree: Tree, path: str) -> str:
    return tree.files[path].data.decode(errors="replace")


for _stage in STAGES:
    for _kind in (SOLVED, *starter_kinds(_stage)):
        tree_of(_stage, _kind)
