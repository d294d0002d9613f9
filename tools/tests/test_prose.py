"""What the kit's pages say: names, commands, snippets and links are those of the code.

A page of a lab, or of a tree, is held against that stage's tree; the others against the kit and
the newest tree.
"""

import posixpath
import re
import shlex
import textwrap
import unittest
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, Iterator

from kit_files import all_texts
from markdown import Section, anchors, sections, subtree
from names import Names
from real_kit import LABS, STAGES, starter_kinds, text_of, tree_of

from stagetool.exercises import Exercise
from stagetool.manifest import Stage
from stagetool.tree import SOLVED

LEAST_HINTS = 3
LEAST_QUESTIONS = 5

# Sections about other systems name those systems' files and functions.
FOREIGN_SECTIONS = re.compile("How real systems do it|Further reading")

# Names of others that a page may use anywhere: fields of the Multiboot specification.
FOREIGN = {"mmap_length", "mmap_addr", "_streq"}
EXAMINE = re.compile(r"x/\d*\w+")      # gdb's, and no path
BRANCHES = ("lab/", "stage/", "fresh/", "origin/")
OF_THE_GUEST = ("/bin/", "/dev/", "/etc/", "/home", "/mnt", "/proc", "/tmp")  # its own paths
ENDINGS = r"(?:c|h|asm|py|md|toml|json|ld|sh|elf|iso|debug|xml|tap)"
PATH = re.compile(rf"[\w*-]*[\w.*-]*(?:/[\w.*-]+)+/?|[\w*-]+/|[\w*-]+\.{ENDINGS}")
FROM = re.compile(r"(?://|;|#) from (\S+)")
MAKE = re.compile(r"(?:^|&&|;)\s*make\b([^&;|]*)")
GDB = re.compile(r"^(?:\(gdb\) )?(?:help )?microk (\w+)")
OPEN_VALUES = {"id", "ID", "..."}

# What a handout has to have, by the words in its headings.
PARTS = {"background": "Background", "what is given": "What is given",
         "how to test and debug": "How to test", "questions": "Questions$",
         "self-check list": "Check yourself|Before you hand it in",
         "extensions": "If you want more|Going further",
         "how real systems do it": "How real systems do it"}
OPENING = {"the question": r"\*\*The question of this stage:\*\*",
           "the hours": r"\*\*Hours to expect: \d+ to \d+"}


@dataclass(frozen=True)
class Page:
    """A page, and what it may name."""

    path: str
    text: str
    names: Names

    @property
    def sections(self) -> tuple[Section, ...]:
        return sections(self.text)


def tree_texts(stage: Stage, kind: str) -> dict[str, str]:
    tree = tree_of(stage, kind)
    return {path: text_of(tree, path) for path in tree.files}


@lru_cache(maxsize=None)
def stage_names(stage: Stage) -> Names:
    """What a stage's tree and its starter hold."""
    files = {}
    for kind in (*starter_kinds(stage), SOLVED):
        files |= tree_texts(stage, kind)
    return Names(files)


@lru_cache(maxsize=None)
def kit_names(stage: Stage) -> Names:
    """What the kit holds, with the system as it is in a stage."""
    kit = {path: text for path, text in all_texts().items() if not path.startswith("kernel/")}
    tree = {path: text for path, text in stage_names(stage).files.items() if path != "Makefile"}
    return Names(tree | kit)


def names_for(path: str) -> Names:
    """The names that a page of the kit may use."""
    for stage in STAGES:
        if path.startswith((f"labs/{stage.name}/", f"stages/{stage.name}/")):
            return stage_names(stage)
        if path.startswith(f"solutions/{stage.name}/"):
            return kit_names(stage)
    return kit_names(STAGES[-1])


def kit_pages() -> list[Page]:
    return [Page(path, text, names_for(path)) for path, text in all_texts().items()
            if path.endswith(".md")]


def tree_pages() -> list[Page]:
    """The pages as they stand in the stages' trees."""
    return [Page(path, text, stage_names(stage)) for stage in STAGES
            for path, text in tree_texts(stage, SOLVED).items() if path.endswith(".md")]


def all_pages() -> list[Page]:
    """The kit's pages, and those that are made with the trees."""
    return kit_pages() + [page for page in tree_pages() if page.path == "README.md"]


def page_at(path: str) -> Page:
    return Page(path, all_texts()[path], names_for(path))


def own_sections(page: Page) -> Iterator[Section]:
    """The sections that are about MicroK."""
    foreign = [below.anchor for section in page.sections if FOREIGN_SECTIONS.search(section.title)
               for below in subtree(page.sections, section)]
    return (section for section in page.sections if section.anchor not in foreign)


def complaints(pages: list[Page], wrong: Callable[[Page, Section], Iterator[str]]) -> list[str]:
    return [f"{page.path}, \"{section.title}\": {found}" for page in pages
            for section in own_sections(page) for found in wrong(page, section)]


class NamesInBackticks(unittest.TestCase):
    """What stands in backticks."""

    maxDiff = None

    def test_files_are_there(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_files), [])

    def wrong_files(self, page: Page, section: Section) -> Iterator[str]:
        for span in section.spans:
            for word in span.split():
                if is_path(word) and not self.file_is_known(word, page):
                    yield f"there is no file {word}"

    def file_is_known(self, path: str, page: Page) -> bool:
        """What is built is named in a Makefile or a tool; branches and other folders are free."""
        if path.startswith(BRANCHES + OF_THE_GUEST):
            return True
        if path.startswith("build/"):
            return path.rstrip("/").rpartition("/")[2] in " ".join(
                text for name, text in page.names.files.items() if not name.endswith(".md"))
        return path.startswith(("..", "-")) or page.names.has_file(path, page.path)

    def test_functions_constants_and_variables_are_there(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_words), [])

    def wrong_words(self, page: Page, section: Section) -> Iterator[str]:
        known = page.names.words | FOREIGN
        for span in section.spans:
            code = " ".join(word for word in span.split() if not is_path(word))
            for name in sorted(self.names_in(code)):
                if name not in known:
                    yield f"`{span}`: nothing is called {name}"

    def names_in(self, code: str) -> set[str]:
        """The names in a piece of code: what is called, has an underscore, or has fields."""
        called = re.findall(r"\b([A-Za-z_]\w*)\(", code)
        joined = re.findall(r"(?<![\w.-])[A-Za-z]\w*_\w+", code)
        fields = re.findall(r"^[a-z]\w*(?:\.[a-z]\w*)+$", code)
        return {*called, *joined, *(word for each in fields for word in each.split("."))}

    def test_types_are_there(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_types), [])

    def wrong_types(self, page: Page, section: Section) -> Iterator[str]:
        for span in section.spans:
            for kind, name in re.findall(r"\b(struct|enum|union) (\w+)", span):
                if f"{kind} {name}" not in page.names.types:
                    yield f"there is no {kind} {name}"


class Snippets(unittest.TestCase):
    """Code that a page quotes stands in the file that it names."""

    maxDiff = None

    def test_quoted_code_stands_in_its_file(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_quotes), [])

    def wrong_quotes(self, page: Page, section: Section) -> Iterator[str]:
        for block in section.blocks:
            source = FROM.fullmatch(block.lines[0].strip()) if block.lines else None
            if source and not self.stands_in(block.lines[1:], page.names.files.get(source[1], "")):
                yield f"this does not stand in {source[1]}: {block.lines[1].strip()} ..."

    def stands_in(self, quoted: tuple[str, ...], text: str) -> bool:
        """Blank lines and common indentation aside."""
        wanted = self.aligned(list(quoted))
        lines = [line for line in text.splitlines() if line.strip()]
        count = len(wanted)
        return any(self.aligned(lines[start:start + count]) == wanted
                   for start in range(len(lines) - count + 1))

    def aligned(self, lines: list[str]) -> list[str]:
        return textwrap.dedent("\n".join(line for line in lines if line.strip())).splitlines()


class Commands(unittest.TestCase):
    """What a page tells the reader to type."""

    maxDiff = None

    def test_make_knows_them(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_makes), [])

    def wrong_makes(self, page: Page, section: Section) -> Iterator[str]:
        for line in typed(section):
            for arguments in MAKE.findall(line):
                for word in shlex.split(arguments):
                    if not self.make_knows(word.strip("[]"), page.names):
                        yield f"`{line}`: make knows no {word}"

    def make_knows(self, word: str, names: Names) -> bool:
        variable, given, _ = word.partition("=")
        if given:
            return variable in names.variables
        return word in names.targets or word in OPEN_VALUES or word.startswith("-")

    def test_the_grader_has_the_tests(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_tests), [])

    def wrong_tests(self, page: Page, section: Section) -> Iterator[str]:
        for line in typed(section):
            for name in re.findall(r"\bTEST=(\S+)", line):
                if name.rstrip(",;.)") not in page.names.tests | {"id"} and "..." not in name:
                    yield f"`{line}`: there is no such test"

    def test_gdb_has_the_commands(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_gdb_commands), [])

    def wrong_gdb_commands(self, page: Page, section: Section) -> Iterator[str]:
        for line in typed(section):
            command = GDB.match(line)
            if command and command[1] not in page.names.gdb_commands:
                yield f"`{line}`: gdb has no such command"

    def test_scripts_are_there(self) -> None:
        self.assertEqual(complaints(all_pages(), self.wrong_scripts), [])

    def wrong_scripts(self, page: Page, section: Section) -> Iterator[str]:
        for line in typed(section):
            script = re.match(r"(?:tools|grading)/[\w./*-]+", line)
            if script and not page.names.has_file(script[0], page.path):
                yield f"`{line}`: there is no {script[0]}"


def is_path(word: str) -> bool:
    return bool(PATH.fullmatch(word)) and not EXAMINE.fullmatch(word)


def typed(section: Section) -> list[str]:
    """What may be a command: code in backticks, and lines of blocks up to where words follow."""
    lines = section.spans + [line.strip() for block in section.blocks for line in block.lines]
    return [re.split(r"\s+#|\s{3,}", line)[0] for line in lines]


class Links(unittest.TestCase):
    """Links lead somewhere, in the kit and in every tree that the page is in."""

    maxDiff = None

    def test_in_the_kit(self) -> None:
        everything = Names(all_texts())
        pages = [Page(page.path, page.text, everything) for page in kit_pages()
                 if not page.path.startswith("stages/")]
        self.assertEqual(complaints(pages, self.wrong_links), [])

    def test_in_the_trees(self) -> None:
        self.assertEqual(complaints(tree_pages(), self.wrong_links), [])

    def wrong_links(self, page: Page, section: Section) -> Iterator[str]:
        for link in section.links:
            if not re.match(r"[a-z]+:", link) and not self.leads_somewhere(link, page):
                yield f"nothing is at {link}"

    def leads_somewhere(self, link: str, page: Page) -> bool:
        path, _, anchor = link.partition("#")
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) \
            if path else page.path
        files = page.names.files
        if place not in files:
            return place in page.names.folders and not anchor
        return not anchor or anchor in anchors(files[place])

    def test_no_anchor_is_given_twice(self) -> None:
        """All pages become one site, where an anchor leads to one place."""
        given: dict[str, str] = {}
        for page in kit_pages():
            for anchor in re.findall(r"^#.*\{#([\w-]+)\}", page.text, re.MULTILINE):
                self.assertNotIn(anchor, given, f"{page.path} and {given.get(anchor)}")
                given[anchor] = page.path


def handouts() -> list[tuple[Stage, Page]]:
    return [(stage, page_at(f"labs/{stage.name}/handout.md")) for stage in LABS]


class Handouts(unittest.TestCase):
    """Each handout is whole, and agrees with the exercises and their tests."""

    maxDiff = None

    def section_of(self, page: Page, exercise: Exercise) -> str:
        """An exercise's section with all below it, blocks left out."""
        top = [section for section in page.sections if section.anchor == exercise.section]
        self.assertEqual(len(top), 1, f"{page.path}: #{exercise.section}")
        return "".join(section.text for section in subtree(page.sections, top[0]))

    def test_has_all_parts(self) -> None:
        for _, page in handouts():
            titles = [section.title for section in page.sections]
            lacking = [part for part, form in PARTS.items()
                       if not any(re.match(form, title) for title in titles)]
            lacking += [part for part, form in OPENING.items() if not re.search(form, page.text)]
            self.assertEqual(lacking, [], page.path)

    def test_every_exercise_has_hints_and_pitfalls(self) -> None:
        for stage, page in handouts():
            for exercise in stage.exercises:
                text = self.section_of(page, exercise)
                hints = re.findall(r"<details><summary>Hint (\d+)", text)
                self.assertEqual(hints, [str(number + 1) for number in range(len(hints))])
                self.assertGreaterEqual(len(hints), LEAST_HINTS, exercise.id)
                self.assertIn("**Pitfalls.**", text, exercise.id)
                self.assertIn(f"`{exercise.function}", text, exercise.id)
                self.assertIn(f"`{exercise.file}`", text, exercise.id)

    def test_points_are_those_of_the_exercise(self) -> None:
        for stage, page in handouts():
            for exercise in stage.exercises:
                told = re.findall(r"\b(\d+) points?\b", self.section_of(page, exercise))
                self.assertLessEqual(set(told), {str(exercise.points)}, exercise.id)

    def test_the_grader_points_at_sections_that_are_there(self) -> None:
        for stage, page in handouts():
            tests = all_texts()[f"grading/tests/stage{stage.label}.py"]
            named = set(re.findall(r'\bsection="([\w-]+)"', tests))
            self.assertEqual(named - anchors(page.text), set(), page.path)

    def test_every_question_has_its_place_and_its_answer(self) -> None:
        for stage, page in handouts():
            text = next(section.text for section in page.sections if section.title == "Questions")
            numbers = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
            self.assertGreaterEqual(len(numbers), LEAST_QUESTIONS)
            places = self.answers(f"labs/{stage.name}/answers.md")
            answers = self.answers(f"solutions/{stage.name}/answers.md")
            self.assertEqual([title.split(".")[0] for title in places], numbers)
            self.assertEqual(list(answers), list(places))
            self.assertEqual([title for title, text in places.items()
                              if "> Your answer" not in text], [])
            self.assertEqual([title for title, text in answers.items() if not text.strip()], [])

    def answers(self, path: str) -> dict[str, str]:
        return {section.title: section.text for section in page_at(path).sections
                if re.match(r"\d+\. ", section.title)}


if __name__ == "__main__":
    unittest.main()
