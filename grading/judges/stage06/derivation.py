"""tree_insert(), step by step (guest/06-capabilities/derivation.c)."""

from __future__ import annotations

from grader.image.views import Struct
from grader.snapshot import Snapshot
from judges.stage04.world import Copied
from .forest import PLAIN, Forest, slot_name
from .names import FRAME

DERIVATIONS, STEPS = 16, 36
INSERTIONS = PLAIN - 1      # of a round of insertions alone


def steps_made(snapshot: Snapshot) -> int:
    """The calls that came to an end."""
    return sum(bool(step.finished) for run in Copied(snapshot, "guest_derivations").view
               for step in run.steps)


def judge_derivations(snapshot: Snapshot) -> str:
    """The whole tree after each step; see history.Judge."""
    for run in Copied(snapshot, "guest_derivations").view:
        if not run.begun:
            return ""
        forest = Forest.of(run.before)
        for step in run.steps:
            if not step.begun:
                break
            if not step.finished:
                return _call(step)
            _follow(forest, step)
            forest.judge(f"after {_call(step)}", step.after)
    return ""


def _call(step: Struct) -> str:
    name = "tree_adopt() and in it tree_insert()" if step.is_adoption else "tree_insert()"
    return f"{name} of {slot_name(step.slot)} below {slot_name(step.parent)}"


def _follow(forest: Forest, step: Struct) -> None:
    if step.is_adoption:
        forest.adopt(step.slot, step.parent)
    else:
        forest.allows[step.slot] = FRAME
        forest.insert(step.slot, step.parent)
