"""The grader, graded: it rejects every wrong solution, each for its reason.

A worker process has one tree and one build of its graded kernel for each stage; from one wrong
solution to the next, and to the reference and a starter, only the files that differ are compiled.
"""

import re
import unittest
from functools import lru_cache
from pathlib import Path
from typing import Any

from real_kit import LABS, tree_of
from support import FULL_POINTS, ROOT, grade, table, work_folder

from stagetool import export, wrong
from stagetool.exercises import Exercise
from stagetool.manifest import Stage
from stagetool.tree import FRESH, SOLVED
from stagetool.wrong import WrongSolution

LEAST_PER_EXERCISE = 3
SECONDS_PER_TEST = 2        # a guess, for the order in which the tests are run


@lru_cache(maxsize=None)
def work_place(stage: Stage) -> Path:
    """This process's folder for what is graded of a stage."""
    return work_folder(f"graded-{stage.label}")


def put(stage: Stage, kind: str) -> Path:
    """Has the folder hold a stage's tree, the same as in the kit. @return the folder"""
    place = work_place(stage)
    export.sync(tree_of(stage, kind), place / "tree")
    return place


class Rejection:
    """One exercise's wrong solutions. Made into a test class below for each exercise."""

    exercise: Exercise
    stage: Stage

    def test_there_are_enough(self) -> None:
        mistakes = {each.name for each in wrong_solutions_of(self.stage, self.exercise)}
        self.assertGreaterEqual(len(mistakes), LEAST_PER_EXERCISE)

    def reject(self, mistake: WrongSolution) -> None:
        place = put(self.stage, SOLVED)
        wrong.splice(mistake, place / "tree")
        status, tests, told = grade(place, "--test", mistake.test)
        self.assertIn(mistake.test, tests, told)
        result = tests[mistake.test]
        passed = result["status"] == "passed"
        table("wrong solutions", [{
            "exercise": self.exercise.id, "mistake": mistake.name, "test": mistake.test,
            "verdict": "accepted" if passed else "rejected",
            "says": first_line(result["output"])}])
        self.assertFalse(passed, f"accepted:\n{told}")
        self.assertEqual(status, 1, told)
        self.assertTrue(re.search(mistake.says, result["output"]),
                        f"not because of {mistake.says!r}, but:\n{result['output']}")


def first_line(text: str, width: int = 70) -> str:
    line = next(iter(text.strip().splitlines()), "")
    return line if len(line) <= width else line[:width - 3] + "..."


def wrong_solutions_of(stage: Stage, exercise: Exercise) -> list[WrongSolution]:
    return [each for each in wrong.wrong_solutions(ROOT, stage.name)
            if each.exercise == exercise.id]


def rejection_class(stage: Stage, exercise: Exercise) -> type:
    mistakes = wrong_solutions_of(stage, exercise)
    members: dict[str, Any] = {"stage": stage, "exercise": exercise, "__module__": __name__,
                               "expected_seconds": SECONDS_PER_TEST * len(mistakes)}
    for mistake in mistakes:
        members["test_" + mistake.name.replace("-", "_")] = rejecting_test(mistake)
    name = f"Rejects_{stage.label}_{exercise.id.replace('-', '_')}"
    return type(name, (Rejection, unittest.TestCase), members)


def rejecting_test(mistake: WrongSolution) -> Any:
    def test(self: Rejection) -> None:
        self.reject(mistake)

    return test


globals().update((made.__name__, made) for made in (
    rejection_class(stage, exercise) for stage in LABS for exercise in stage.exercises))


class Files(unittest.TestCase):
    def test_every_wrong_solution_belongs_to_an_exercise_of_its_stage(self) -> None:
        for stage in LABS:
            known = {exercise.id for exercise in stage.exercises}
            for mistake in wrong.wrong_solutions(ROOT, stage.name):
                self.assertIn(mistake.exercise, known, mistake.path)


class WholeGrades(unittest.TestCase):
    """The other side: the reference gets all points, a starter few, and neither upsets it."""

    expected_seconds = 120

    def test_the_reference_gets_full_points(self) -> None:
        for stage in LABS:
            with self.subTest(stage.name):
                status, tests, told = grade(put(stage, SOLVED))
                lost = [name for name, test in tests.items() if test["status"] != "passed"]
                self.assertEqual((lost, status), ([], 0), told)
                self.assertEqual(sum(test["score"] for test in tests.values()), FULL_POINTS)

    def test_a_starter_gets_few(self) -> None:
        rows = []
        for stage in LABS:
            with self.subTest(stage.name):
                status, tests, told = grade(put(stage, FRESH))
                score = sum(test["score"] for test in tests.values())
                rows.append({"tree": f"lab {stage.name}", "points": f"{score:g} of {FULL_POINTS}"})
                self.assertEqual(status, 1, told)
                self.assertLess(score, FULL_POINTS / 3, told)
        table("starters' points", rows)


if __name__ == "__main__":
    unittest.main()
