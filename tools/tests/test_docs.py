"""The documentation's site: made without a warning, complete, and without a dead link."""

import json
import re
import subprocess
import sys
import unittest
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import measures
from real_kit import LABS, STAGES
from support import ROOT, run, stage_tool, work_folder, write_files

import docs
from docsite import groups, names, source_filter, sources
from docsite.pages import load
from stagetool import csource
from stagetool.manifest import Stage

GENERATED = "generated"     # the one folder of the kernel, and of user/, that has no group


ATTRIBUTE = re.compile(r'\s(href|src|id|name)="([^"]+)"')


class Links:
    """What a page leads to, and where in it others can lead. (A quotation mark that is no
    attribute's is written in another way, so no parser is needed: there are 60 MB.)"""

    def __init__(self, text: str) -> None:
        found = {(name, unescape(value)) for name, value in set(ATTRIBUTE.findall(text))}
        self.anchors = {value for name, value in found if name in ("id", "name")}
        self.links = {value for name, value in found if name in ("href", "src")}


def dead_links(html: Path) -> list[str]:
    pages = {page: Links(page.read_text(encoding="utf-8")) for page in html.rglob("*.html")}
    files = set(html.rglob("*"))
    return [f"{page.name}: {link}" for page, found in pages.items()
            for link in found.links if is_dead(pages, files, page, link)]


def is_dead(pages: dict[Path, Links], files: set[Path], page: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return False
    goal = page.parent / unquote(parts.path) if parts.path else page
    if goal not in files:
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
            if exercise["file"] not in retired:
                self.assertIn(f"<name>{exercise['function']}</name>", tags)

    def test_every_folder_has_a_group(self) -> None:
        for top in groups.tops(self.tree):
            folder = self.tree / top
            known = groups.described_folders(folder)
            if top == "kernel" or known:
                found = {file.parent.relative_to(folder).as_posix()
                         for file in folder.rglob("*.[ch]")}
                self.assertEqual(sorted(found - {".", GENERATED}), sorted(known), top)

    def test_no_mark_of_a_name_is_left(self) -> None:
        for page in (*self.html.rglob("*.html"), *self.html.rglob("*.js")):
            self.assertIsNone(names.MARKED.search(page.read_text(encoding="utf-8")), page.name)


class KitSite(Site, unittest.TestCase):
    """The kit's: all pages, and the newest stage's kernel."""

    expected_seconds = 25
    pages = ("student", "debugging", "instructor", "stages", "design", "kernel-readme",
             "user-readme", "servers-readme", "drivers-readme", "grading-readme", "session")

    @classmethod
    def setUpClass(cls) -> None:
        place = work_folder("docs")
        cls.tree = place / "trees" / STAGES[-1].name
        cls.build(ROOT, place)

    def test_every_folder_of_programs_is_described(self) -> None:
        self.assertEqual([top for top in groups.tops(self.tree)
                          if not groups.described_folders(self.tree / top)], [])

    def test_names_of_several_programs_are_kept_apart(self) -> None:
        """Each `struct text` has a page of its own, with its own fields, and is used by its own."""
        pages = {page.name: page.read_text(encoding="utf-8")
                 for page in self.html.glob("structtext*.html")}
        titles = [re.search("<title>MicroK: (.*) Struct Reference</title>", page)[1]
                  for page in pages.values()]
        self.assertIn("text (sh)", titles)
        self.assertIn("text (vfs)", titles)
        for source, goal in (("user_2sh_2text", "user__sh"), ("proc_2text", "servers__vfs__proc")):
            page = next(self.html.glob(f"*{source}_8c_source.html")).read_text(encoding="utf-8")
            linked = re.findall(r'href="(\w+)\.html#\w+">text_add<', page)
            self.assertEqual(set(linked), {f"group__{goal}"})

    def test_the_site_has_the_pictures(self) -> None:
        shown = Links((self.html / "session.html").read_text(encoding="utf-8")).links
        for picture in (ROOT / "docs").glob("*.png"):
            self.assertIn(picture.name, shown)
            self.assertEqual((self.html / picture.name).read_bytes(), picture.read_bytes())


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

    expected_seconds = 20
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
        texts = {PurePosixPath(path.relative_to(ROOT).as_posix()): path.read_text(encoding="utf-8")
                 for path in sources.found(ROOT)}
        tree = source_filter.Tree(ROOT, texts)
        for path, text in texts.items():
            if path.suffix != ".ld":
                read = source_filter.READERS[path.suffix](text, path, tree)
                lines = read.removesuffix("/** @} */\n").splitlines()
                self.assertEqual(len(lines), len(text.splitlines()), path)

    def read(self, reader: str, path: str, text: str, **others: str) -> str:
        texts = {PurePosixPath(other): text for other, text in others.items()}
        return source_filter.READERS[reader](text, PurePosixPath(path),
                                             source_filter.Tree(ROOT, texts))

    def test_a_routine_becomes_a_function(self) -> None:
        text = ("; About the file.\n\nsection .text\n; go_on: do it.\n; Why: because.\ngo_on:\n"
                "    call other ; there\n    ret\n")
        self.assertEqual(self.read(".asm", "kernel/x.asm", text).splitlines(), [
            r"/** @file\ilinebr @ingroup kernel\ilinebr About the file. */", "", "",
            r"/** @ingroup kernel\ilinebr Do it.", r"@par Why:\ilinebr because. */",
            "void go_on(void) {", "other();", "}"])

    def test_a_function_is_explained_once(self) -> None:
        """Where it is defined; what is defined in assembly, where it is declared."""
        header = "/** Short. @return 0 */\nint f(void);\n/** Stays. */\nint g(void);\n"
        others = {"user/libc/f.c": "/**\n * All of it.\n */\nint f(void)\n{\n}\n",
                  "user/sh/g.c": "/** Another. */\nint g(void)\n{\n}\n"}
        read = self.read(".h", "user/libc/f.h", header, **others)
        self.assertIn("/*  Short. @return 0 */\nint f(void);\n/** Stays. */", read)


class Names(unittest.TestCase):
    """Names that several programs have."""

    texts = {
        "kernel/lib/text.h": "int length(void);\nint alone(void);\n",
        "user/lib/text.h": "int length(void);\n",
        "user/sh/tree.h": "struct node {\n};\nint add(struct node *node);\n",
        "user/sh/add.c": '#include "add.h"\nint add(struct node *node)\n{\n    length();\n}\n',
        "servers/vfs/node.h": "struct node {\n};\nint add(void);\n",
        "servers/vfs/own.c": "struct node {\n};\nstatic struct node one; /* add() */\n",
        "user/utilities/ls.c": "int main(void)\n{\n    alone();\n    length();\n}\n",
        "user/utilities/cat.c": "int main(void)\n{\n}\n",
    }

    def marked(self, path: str) -> str:
        texts = {PurePosixPath(path): text for path, text in self.texts.items()}
        return names.Names(texts).marked(PurePosixPath(path), self.texts[path])

    def test_a_name_says_whose_it_is(self) -> None:
        for path, expected in (
                ("kernel/lib/text.h", "int length__of__kernel(void);\nint alone(void);\n"),
                ("user/sh/tree.h", "struct node__of__sh {\n};\n"
                                   "int add__of__sh(struct node__of__sh *node);\n"),
                ("user/sh/add.c", '#include "add.h"\nint add__of__sh(struct node__of__sh *node)\n'
                                  "{\n    length__of__library();\n}\n"),
                ("servers/vfs/own.c", "struct node__of__own_c {\n};\n"
                                      "static struct node__of__own_c one; /* add__of__vfs() */\n"),
                ("user/utilities/ls.c", "int main__of__ls(void)\n{\n    alone();\n"
                                        "    length__of__library();\n}\n")):
            with self.subTest(path=path):
                self.assertEqual(self.marked(path), expected)
                self.assertEqual(names.plain(expected), self.texts[path])

    def test_what_is_shown_of_it(self) -> None:
        self.assertEqual(names.told("struct node__of__sh, node__of__own_c, a_of_b"),
                         "struct node (sh), node (own.c), a_of_b")
        for text in ("structtext____of____sh.html", "a__of__", "__of__b", "SIZE_OF_A"):
            self.assertEqual(names.plain(text), text)


class Comments(unittest.TestCase):
    """In the kernel a comment that explains a parameter explains all of them."""

    def test_parameters_of_the_kernel(self) -> None:
        found = []
        for file in sorted((ROOT / "kernel").rglob("*.[ch]")):
            text = file.read_text(encoding="utf-8")
            for function in csource.functions(text):
                told = re.findall(r"@param (\w+)", measures.comment_above(text, function))
                if told and set(told) != set(function.parameters):
                    found.append(f"{file.relative_to(ROOT)}: {function.name}()")
        self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
