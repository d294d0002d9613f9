"""The Markdown files as Doxygen's pages: each with a label, links between them resolved.

Doxygen cannot follow a link from one file of a tree to another as a forge does, so it is given
copies in which links name labels. A link that leads nowhere is an error here.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

TITLE = re.compile(r"^# (?P<text>.+?)(?: +\{#(?P<label>[\w-]+)\})? *$", re.MULTILINE)
LABEL = re.compile(r"^#+ .*\{#([\w-]+)\} *$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^``` *$", re.MULTILINE | re.DOTALL)
DETAILS = re.compile(r"^(?:<details>.*|</details>)$", re.MULTILINE)
LINK = re.compile(r"(!?)\[([^\]]+)\]\(([^)\s]+)\)")
FILES = "files"             # where the site keeps copies of other files that pages link to


class PageError(Exception):
    """A page that cannot be shown; the text says which and why."""


@dataclass(frozen=True)
class Page:
    """A Markdown file of the tree."""

    path: Path
    text: str
    title: str
    label: str


def load(path: Path, label: str) -> Page:
    """Reads a page. Its own label counts; `label` is for one that has none."""
    text = path.read_text(encoding="utf-8")
    title = TITLE.search(text)
    if not title:
        raise PageError(f"{path}: no line \"# Title\"")
    return Page(path, text, title["text"].strip(), title["label"] or label)


class Book:
    """All pages, and the links between them."""

    def __init__(self, root: Path, pages: list[Page]) -> None:
        self.root = root
        self.pages = pages
        self.by_path = {page.path.resolve(): page for page in pages}
        self.linked_files: set[Path] = set()
        self.pictures: set[Path] = set()

    def staged(self, page: Page) -> str:
        """The page's text for Doxygen."""
        text = TITLE.sub(lambda match: f"# {match['text']} {{#{page.label}}}\n\n[TOC]\n",
                         page.text, count=1)
        parts, at = [], 0
        for fence in FENCE.finditer(text):
            parts += [self.linked(page, text[at:fence.start()]), fence[0]]
            at = fence.end()
        parts.append(self.linked(page, text[at:]))
        return DETAILS.sub(r"@htmlonly[block]\g<0>@endhtmlonly", "".join(parts))

    def linked(self, page: Page, prose: str) -> str:
        def replace(match: re.Match[str]) -> str:
            if prose.count("`", 0, match.start()) % 2:
                return match[0]             # in a code span
            target = self.picture if match[1] else self.target
            return f"{match[1]}[{match[2]}]({target(page, match[3])})"

        return LINK.sub(replace, prose)

    def picture(self, page: Page, link: str) -> str:
        """A picture's name in the site, which has no folders for them."""
        place = page.path.resolve().parent / link
        if not place.is_file():
            raise PageError(f"{page.path}: {link}: there is no such picture")
        self.pictures.add(place)
        return place.name

    def target(self, page: Page, link: str) -> str:
        """What a link of a page leads to in the site."""
        if re.match(r"\w+:", link):
            return link
        path, _, fragment = link.partition("#")
        place = Path(os.path.normpath(page.path.resolve().parent / path)) if path else page.path
        goal = self.by_path.get(place.resolve())
        if goal and fragment and fragment not in LABEL.findall(goal.text):
            raise PageError(f"{page.path}: {link} leads to no heading with that label")
        if goal:
            return f"@ref {fragment or goal.label}"
        if not place.is_file():
            raise PageError(f"{page.path}: {link} leads to no file")
        self.linked_files.add(place)
        return f"{FILES}/{place.name}.txt"
