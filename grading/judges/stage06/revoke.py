"""cap_revoke_step(), step by step and as a whole (guest/06-capabilities/revoke.c)."""

from __future__ import annotations

from dataclasses import dataclass

from grader.expect import Failure
from grader.image.views import Struct
from grader.snapshot import Snapshot
from judges.stage04.world import Copied
from .forest import CNODE_SLOTS, CNODES, NO_SLOT, SLOTS, Forest, self_of, slot_name
from .names import CNODE, REPLY, allows_text

REVOKES = 12
CNODE_FIRST = "first, a CNode that has lost its last capability is emptied"


@dataclass
class Cnode:
    """A CNode: how many capabilities there are to it, how far it has been emptied."""

    capabilities: int
    cursor: int

    def __str__(self) -> str:
        return f"{self.capabilities} capabilities to it; of its slots, {self.cursor} emptied"


class Model:
    """What cap_revoke_step() and all that it calls have to do to a world."""

    def __init__(self, run: Struct) -> None:
        self.forest, self.slot = Forest.of(run.before), int(run.slot)
        self._cnode_of = {number: cnode for number, cnode in enumerate(run.cnode_of)
                          if cnode != NO_SLOT}
        self._releases = dict(enumerate(run.releases))
        self.cnodes = [Cnode(run.before.capabilities[number], run.before.cursors[number])
                       for number in range(CNODES)]
        self._emptied = [run.waiting[place] for place in range(run.waiting_count)]

    def step(self) -> tuple[bool, str]:
        """One step: what it returns, and what it is, in words."""
        if self._emptied:
            self._empty()
            return False, CNODE_FIRST
        child = self.forest.first_child(self.slot)
        if child is None:
            return True, "there is nothing to do"
        grandchild = self.forest.first_child(child)
        if grandchild is not None:
            self.forest.adopt(grandchild, self.slot)
            return False, (f"the first child, {slot_name(child)}, has children itself: the first "
                           f"of them, {slot_name(grandchild)}, becomes {slot_name(self.slot)}'s "
                           "(tree_adopt())")
        rest = "the last one" if self._clear(child) else "more are needed"
        return False, (f"the first child, {slot_name(child)}, has no children: a step of emptying "
                       f"it is taken (cap_clear()), {rest}")

    def _empty(self) -> None:
        """empty_cnodes()."""
        number = self._emptied[0]
        cnode = self.cnodes[number]
        if cnode.cursor < CNODE_SLOTS:
            cnode.cursor += self._clear(self_of(number) + 1 + cnode.cursor)
        else:
            self._emptied.pop(0)
            self.forest.remove(self_of(number))

    def _clear(self, slot: int) -> bool:
        """cap_clear()."""
        forest = self.forest
        if forest.allows.get(slot, 0) in (0, REPLY):
            forest.allows.pop(slot, None)
            return True
        child = forest.first_child(slot)
        if child is not None:
            forest.adopt(child, forest.parents[slot])
            return False
        if forest.allows[slot] == CNODE:
            cnode = self.cnodes[self._cnode_of[slot]]
            if cnode.capabilities == 1:
                self._begin_emptying(slot)
                return True
        if self._releases[slot]:
            self._releases[slot] -= 1
            return False
        if forest.allows[slot] == CNODE:
            cnode.capabilities -= 1
        forest.remove(slot)
        del forest.allows[slot]
        return True

    def _begin_emptying(self, slot: int) -> None:
        """The last capability moves into its CNode."""
        number = self._cnode_of[slot]
        parent = self.forest.parents[slot]
        self.forest.remove(slot)
        self.forest.insert(self_of(number), parent)
        self.forest.allows[self_of(number)] = self.forest.allows.pop(slot)
        self._emptied.insert(0, number)

    def judge(self, what: str, view: Struct) -> None:
        """The world after a step."""
        self.forest.judge(what, view)
        for number, cnode in enumerate(self.cnodes):
            got = Cnode(view.capabilities[number], view.cursors[number])
            if got != cnode:
                raise Failure(f"{what}, CNode {number} is not as it has to be", expected=str(cnode),
                              got=str(got))


def revokes_made(snapshot: Snapshot) -> int:
    """The capabilities that were taken back."""
    return sum(bool(run.finished) for run in Copied(snapshot, "guest_revokes").view)


def judge_steps(snapshot: Snapshot) -> str:
    """Every step does one thing, and the right one; see history.Judge."""
    steps = Copied(snapshot, "guest_revoke_steps").view
    for number, run in enumerate(Copied(snapshot, "guest_revokes").view):
        if not run.begun:
            return ""
        model = Model(run)
        for place, step in enumerate(steps[number]):
            what = f"cap_revoke_step({slot_name(run.slot)}), call {place + 1} of round {number}"
            if not step.begun:
                break
            if not step.finished:
                return what
            _judge_step(what, model, step)
    return ""


def _judge_step(what: str, model: Model, step: Struct) -> None:
    before = model.forest.family(model.slot)
    result, words = model.step()
    if step.work > 1:
        raise Failure(f"{what}, does more than one step", expected="at most one call of what takes "
                      "time: tree_adopt(), tree_move(), object_release(), reply_drop()",
                      got=f"{step.work}{' or more' if step.work == 255 else ''}",
                      around=[f"before it, {before}"],
                      hint=f"in this call, {words}; then it returns {str(result).lower()}")
    try:
        if bool(step.result) != result:
            raise Failure(f"{what}, returns the wrong thing", expected=str(result).lower(),
                          got=str(bool(step.result)).lower())
        model.judge(f"after {what}", step.after)
    except Failure as failure:
        failure.around = [f"before it, {before}", f"in this call, {words}"]
        raise


# --- all steps together ---

def judge_trees(snapshot: Snapshot) -> str:
    """What has come from the capability is gone, and nothing else."""
    for number, run in enumerate(Copied(snapshot, "guest_revokes").view):
        if not run.begun:
            return ""
        what = f"cap_revoke_step({slot_name(run.slot)}), again and again in round {number}"
        if not run.finished:
            return what
        if not run.result:
            raise Failure(f"{what}, never comes to an end", expected="true when nothing is left to "
                          "do", got=f"false, {run.calls} times")
        _judge_end(f"after {what}", run)
    return ""


def _judge_end(what: str, run: Struct) -> None:
    before = Forest.of(run.before)
    model = Model(run)
    while not model.step()[0]:
        pass
    gone = set(before.allows) - set(model.forest.allows)
    below = set(before.below(int(run.slot)))
    for number in range(SLOTS):
        expected, got = model.forest.allows.get(number, 0), run.after.slots[number].allows
        if got and not expected:
            whose = "came from it" if number in below else "was in a CNode that has gone"
            raise Failure(f"{what}, {slot_name(number)} is not empty, though its capability "
                          f"{whose}", expected=f"all {len(gone)} that have to go are gone",
                          got=f"it is still there, after {run.calls} calls")
        if expected and not got:
            raise Failure(f"{what}, {slot_name(number)} is empty", expected=allows_text(expected),
                          got="nothing", hint=_whose(number, int(run.slot)))
    model.judge(what, run.after)


def _whose(number: int, revoked: int) -> str:
    """Why a capability is to stay."""
    if number == revoked:
        return "What is revoked keeps its own capability."
    if number in map(self_of, range(CNODES)):
        return ("The last capability to a CNode moves into it: cap_clear() and empty_cnodes() see "
                "to it.")
    return f"It did not come from {slot_name(revoked)}."
