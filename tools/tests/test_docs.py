"""The documentation's site: made without a warning, complete, and without a dead link."""

import json
import subprocess
import sys
import unittest
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from real_kit import LABS, STAGES
from support import ROOT, run, stage_tool, work_folder, write_files

import docs
from docsite import groups, source_filter
from docsite.pages import load
from stagetool.manifest import Stage

GENERATED = "generated"     # the one folder of the kernel that has no group


class Links(HTMLParser):
    """What a page leads to, and where in it others can lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.anchors.add(value)


def dead_links(html: Path) -> list[str]:
    pages = {page: Links(page.read_text(encoding="utf-8")) for page in html.rglob("*.html")}
    return [f"{page.name}: {link}" for page, found in pages.items()
            for link in found.links if is_dead(pages, page, link)]


def is_dead(pages: dict[Path, Links], page: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return False
    goal = page.parent / unquote(parts.path) if parts.path else page
    if not goal.exists():
        return True
    return bool(parts.fragment) and goal in pages \
        and unquote(parts.fragment) not in pages[goal].anchors


class Site:
    """The tests of one site."""

    stages = STAGES
    pages: tuple[str, ...]              # besides the handouts
    root: Path
    tree: Path
    html: Path
    done: subprocess.CompletedProcess[str]

    @classmethod
    def build(cls, root: Path, place: Path) -> None:
        cls.root = root
        cls.html = place / "docs" / "html"
        cls.done = run(sys.executable, root / "tools" / "docs.py", "--build", place)

    @classmethod
    def export(cls, kind: str, stage: Stage) -> None:
        cls.tree = work_folder("docs") / "tree"
        exported = stage_tool(kind, stage.label, "--out", cls.tree)
        if exported.returncode:
            raise AssertionError(exported.stderr)
        cls.build(cls.tree, cls.tree / "build")

    def test_it_is_made_without_a_warning(self) -> None:
        self.assertEqual((self.done.stderr, self.done.stdout, self.done.returncode),
                         ("", f"docs: {self.html}/index.html\n", 0))

    def test_no_link_is_dead(self) -> None:
        self.assertEqual(dead_links(self.html), [])

    def test_every_page_is_there(self) -> None:
        handouts = [load(self.root / f"labs/{stage.name}/handout.md", "").label
                    for stage in self.stages if stage in LABS]
        for page in ("index", *handouts, *self.pages):
            self.assertTrue((self.html / f"{page}.html").is_file(), page)

    def test_every_exercise_has_its_section_and_its_function(self) -> None:
        stage = json.loads((self.tree / "stage.json").read_text(encoding="utf-8"))
        tags = (self.html.parent / "work" / "tags.xml").read_text(encoding="utf-8")
        retired = docs.retired_files(self.tree)
        for exercise in stage["exercises"]:
            label = load(self.root / f"labs/{exercise['stage']}/handout.md", "").label
            handout = Links((self.html / f"{label}.html").read_text(encoding="utf-8"))
            self.assertIn(exercise["section"], handout.anchors)
            # The site shows the sources of the kernel.
            if exercise["file"].startswith("kernel/") and exercise["file"] not in retired:
                self.assertIn(f"<name>{exercise['function']}</name>", tags)

    def test_every_folder_of_the_kernel_has_a_group(self) -> None:
        kernel = self.tree / "kernel"
        folders = {file.parent.relative_to(kernel) for file in kernel.rglob("*.[ch]")}
        self.assertEqual(sorted(folder.as_posix() for folder in folders),
                         sorted([".", GENERATED, *groups.described_folders(kernel)]))


class KitSite(Site, unittest.TestCase):
    """The kit's: all pages, and the newest stage's kernel."""

    expected_seconds = 12
    pages = ("student", "debugging", "instructor", "stages", "design", "kernel-readme",
             "grading-readme")

    @classmethod
    def setUpClass(cls) -> None:
        place = work_folder("docs")
        cls.tree = place / "trees" / STAGES[-1].name
        cls.build(ROOT, place)


class FirstStageSite(Site, unittest.TestCase):
    """That of the first stage's tree, which has nothing of what comes later."""

    expected_seconds = 8
    stages = STAGES[:1]
    pages = ("student", "debugging", "kernel-readme", "grading-readme")

    @classmethod
    def setUpClass(cls) -> None:
        cls.export("stage", STAGES[0])


class StarterSite(Site, unittest.TestCase):
    """That of the newest lab's starter, which is what students have."""

    expected_seconds = 10
    pages = FirstStageSite.pages

    @classmethod
    def setUpClass(cls) -> None:
        cls.export("lab", LABS[-1])


class RetiredSite(unittest.TestCase):
    """That of a tree in which a file has retired: it may be wrong by now, and is not shown."""

    expected_seconds = 8

    def test_a_retired_file_is_not_shown(self) -> None:
        tree = work_folder("docs") / "tree"
        stage_tool("stage", STAGES[0].label, "--out", tree)
        write_files(tree, {"kernel/mm/outgrown.c": "/** @param gone */\nint outgrown(void);\n",
                           "kernel/generated/retired.list": "kernel/mm/outgrown.c\n"})
        done = run(sys.executable, tree / "tools/docs.py", "--build", tree / "build")
        self.assertEqual((done.stderr, done.returncode), ("", 0))
        tags = (tree / "build" / "docs" / "work" / "tags.xml").read_text(encoding="utf-8")
        self.assertIn("<name>memory_init</name>", tags)
        self.assertNotIn("outgrown", tags)


class Filter(unittest.TestCase):
    """What Doxygen reads in place of a source file."""

    def test_it_keeps_the_lines(self) -> None:
        for file in sorted((ROOT / "kernel").rglob("*.*")):
            read = source_filter.READERS.get(file.suffix)
            if read and file.suffix != ".ld":
                text = file.read_text(encoding="utf-8")
                lines = read(text, file).removesuffix("/** @} */\n").splitlines()
                self.assertEqual(len(lines), len(text.splitlines()), file)

    def test_a_routine_becomes_a_function(self) -> None:
        text = ("; About the file.\n\nsection .text\n; go_on: do it.\n; Why: because.\ngo_on:\n"
                "    call other ; there\n    ret\n")
        self.assertEqual(source_filter.nasm_as_c(text, ROOT / "kernel/x.asm").splitlines(), [
            r"/** @file\ilinebr @ingroup kernel\ilinebr About the file. */", "", "",
            r"/** @ingroup kernel\ilinebr Do it.", r"@par Why:\ilinebr because. */",
            "void go_on(void) {", "other();", "}"])


if __name__ == "__main__":
    unittest.main()
