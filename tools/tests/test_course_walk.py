"""A student's way through all labs, in the real course."""

import re
import unittest
from pathlib import Path
from typing import Callable

from real_kit import ALL_EXERCISES, LABS, LAYOUT, STAGES, tree_of
from repository import commit, git, merge_conflicts, object_paths, objects, references
from support import FULL_POINTS, ROOT, grade, normalised, work_folder

from stagetool import csource, nasmsource
from stagetool.course import write_course
from stagetool.exercises import Exercise
from stagetool.manifest import Stage
from stagetool.tree import SOLVED, Tree, solution


def place_of(text: str, exercise: Exercise) -> csource.Function | nasmsource.Routine:
    find = nasmsource.find_routine if exercise.language == "nasm" else csource.find_function
    return find(text, exercise.function)


def body_of(text: str, exercise: Exercise) -> str:
    place = place_of(text, exercise)
    return text[place.body_start:place.end]


def with_body(text: str, exercise: Exercise, body: str) -> str:
    place = place_of(text, exercise)
    return text[:place.body_start] + body + text[place.end:]


# --- ways of working: how a student's file comes to be, from the starter's and the solution

Way = Callable[[str, Exercise, str], str]


def as_the_reference(text: str, exercise: Exercise, body: str) -> str:
    return with_body(text, exercise, body)


def in_another_way(text: str, exercise: Exercise, body: str) -> str:
    """The solution in other words, with a helper before it and a word in the doc comment."""
    if exercise.language == "nasm":
        text = with_body(text, exercise, body.replace("\n", "\n    ; a thought of mine\n", 1))
        return with_comment_above(text, exercise, "; My note on this.\n")
    text = with_body(text, exercise, reworded(body))
    helper = (f"static int helper_of_{exercise.function}(int value)\n"
              "{\n    return value + 1;\n}\n\n")
    return with_comment_above(text, exercise, helper)


def with_comment_above(text: str, exercise: Exercise, addition: str) -> str:
    """Puts something before the exercise's doc comment, and a word of one's own into it."""
    start = place_of(text, exercise).start
    above = text[:start]
    begins = max(above.rfind("\n\n") + 2, 0)
    comment = above[begins:]
    if comment.startswith(("/*", ";")):
        comment = re.sub(r"\w+", lambda word: word[0] + " (as I see it)", comment, count=1)
    return text[:begins] + addition + comment + text[start:]


def reworded(body: str) -> str:
    """A C body with its locals renamed and with comments and blank lines put in."""
    for name in locals_of(body):
        body = re.sub(rf"(?<!enum )(?<!struct )(?<![\w.>]){name}\b", f"my_{name}", body)
    lines = body.split("\n")
    opening, inner, closing = lines[0], lines[1:-1], lines[-1]
    return "\n".join([opening, "    // My own way:", "", *inner, "    // done", closing])


def locals_of(body: str) -> set[str]:
    """Names declared in a body: a word after a word of a type, before = ; or [."""
    seen = csource.code(body)
    found = set()
    for before, word, after in zip(seen, seen[1:], seen[2:]):
        if (before.kind is word.kind is csource.Kind.WORD and after.text in ("=", ";", "[")
                and before.text not in ("return", "goto", "sizeof", "else", "case")):
            found.add(word.text)
    return found


class Course(unittest.TestCase):
    """Base: the course, made once in a process."""

    folder: Path | None = None

    @classmethod
    def setUpClass(cls) -> None:
        if Course.folder is None:
            folder = work_folder("course") / "course"
            write_course(LAYOUT, folder)
            Course.folder = folder

    @property
    def student(self) -> Path:
        return Course.folder / "student"

    @property
    def instructor(self) -> Path:
        return Course.folder / "instructor"


class StudentWalk(Course):
    expected_seconds = 15

    def test_with_the_reference_solutions(self) -> None:
        clone = self.walk(as_the_reference)
        last = tree_of(LABS[-1], SOLVED)
        for exercise in ALL_EXERCISES:
            self.assertEqual((clone / exercise.file).read_bytes(), last.files[exercise.file].data)

    def test_with_other_solutions_helpers_files_and_comments(self) -> None:
        clone = self.walk(in_another_way)
        status, tests, told = grade(clone.parent)
        self.assertEqual(sum(test["score"] for test in tests.values()), FULL_POINTS, told)
        self.assertEqual(status, 0, told)

    def walk(self, way: Way) -> Path:
        """Works on every lab and merges the next; returns the student's clone at the end."""
        clone = work_folder("walk") / "tree"
        git(ROOT, "clone", "--quiet", self.student, clone)
        work: dict[str, str] = {}
        for stage, following in zip(LABS, [*LABS[1:], None]):
            tree = tree_of(stage, SOLVED)
            files = self.work_on(clone, stage, tree, way)
            files[f"kernel/mine_{stage.label}.c"] = f"const char mine_{stage.label}[] = \"x\";\n"
            commit(clone, files, f"lab {stage.label} done")
            work |= {exercise.id: body_of(files[exercise.file], exercise)
                     for exercise in stage.exercises}
            if following:
                self.assertEqual(merge_conflicts(clone, f"origin/lab/{following.name}"), [])
                self.check_merged(clone, following, work)
        return clone

    def work_on(self, clone: Path, stage: Stage, solved: Tree, way: Way) -> dict[str, str]:
        """The files of a lab as the student leaves them."""
        files: dict[str, str] = {}
        for exercise in stage.exercises:
            text = files.get(exercise.file) or (clone / exercise.file).read_text(encoding="utf-8")
            files[exercise.file] = way(text, exercise, solution(solved.files, exercise))
        return files

    def check_merged(self, clone: Path, stage: Stage, work: dict[str, str]) -> None:
        """The merged tree has the student's work and the next lab's stubs."""
        for exercise in LAYOUT.kit.exercises_up_to(stage):
            body = body_of((clone / exercise.file).read_text(encoding="utf-8"), exercise)
            if exercise.id in work:
                self.assertEqual(body, work[exercise.id])
            else:
                self.assertIn("exercise_unwritten", body)
        mine = {path.name for path in (clone / "kernel").glob("mine_*.c")}
        self.assertEqual(mine, {f"mine_{each.label}.c" for each in LABS
                                if each.number < stage.number})


class Repositories(Course):
    def test_the_student_s_has_the_labs_and_nothing_else(self) -> None:
        self.assertEqual(set(references(self.student)),
                         {f"refs/heads/lab/{stage.name}" for stage in LABS})
        kinds = [kind for kind, _ in objects(self.student).values()]
        self.assertEqual(kinds.count("commit"), len(LABS))
        self.assertEqual(kinds.count("tag"), 0)

    def test_no_object_of_the_student_s_holds_a_solution(self) -> None:
        for exercise, holders in self.holders(self.student).items():
            self.assertEqual(holders, [], exercise)

    def test_that_search_finds_what_is_there(self) -> None:
        for exercise, holders in self.holders(self.instructor).items():
            self.assertNotEqual(holders, [], exercise)

    def holders(self, repository: Path) -> dict[str, list[str]]:
        """For each exercise the objects of a repository, reachable or not, that hold its solution.

        They are named by hash and path; those that no branch reaches have no path.
        """
        paths = object_paths(repository)
        texts = {f"{name} {paths.get(name, '')}": data.decode(errors="replace")
                 for name, (kind, data) in objects(repository).items() if kind == "blob"}
        bare = {language: {name: normalised(text, language) for name, text in texts.items()}
                for language in ("c", "nasm")}
        solved = tree_of(LABS[-1], SOLVED).files
        found = {}
        for exercise in ALL_EXERCISES:
            body = normalised(solution(solved, exercise), exercise.language)
            found[exercise.id] = [name for name, text in bare[exercise.language].items()
                                  if body in text]
        return found

    def test_the_instructor_s_has_every_stage(self) -> None:
        names = {f"refs/heads/stage/{stage.name}" for stage in STAGES}
        names |= {f"refs/heads/{kind}/{stage.name}" for stage in LABS for kind in ("lab", "fresh")}
        self.assertEqual(set(references(self.instructor)), names)

    def test_two_runs_give_the_same_hashes(self) -> None:
        folder = work_folder("twice")
        for run in ("one", "two"):
            write_course(LAYOUT, folder / run)
        for name in ("student", "instructor"):
            self.assertEqual(references(folder / "one" / name), references(folder / "two" / name))


if __name__ == "__main__":
    unittest.main()
