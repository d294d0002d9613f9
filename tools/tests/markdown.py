"""Just enough of Markdown: headings with their anchors, fences, code in backticks, links."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

HEADING = re.compile(r"(#{1,6})\s+(.*?)(?:\s*\{#([\w-]+)\})?\s*$")
FENCE = re.compile(r"\s*(```+|~~~+)\s*(\w*)")
SPAN = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE_INDENT = "    "


@dataclass(frozen=True)
class Block:
    """Code that stands on lines of its own."""

    language: str       # "" for none, "indented" when indentation and no fence marks it
    line: int
    lines: tuple[str, ...]


@dataclass
class Section:
    """A heading with all that follows up to the next heading, whatever its level."""

    title: str
    anchor: str
    level: int
    text: str = ""              # without what stands in blocks
    blocks: list[Block] = field(default_factory=list)

    @property
    def spans(self) -> list[str]:
        return [" ".join(span.split()) for span in SPAN.findall(self.text)]

    @property
    def links(self) -> list[str]:
        return LINK.findall(SPAN.sub("", self.text))


def slug(title: str) -> str:
    """The anchor that a heading without one of its own gets."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@lru_cache(maxsize=None)
def sections(text: str) -> tuple[Section, ...]:
    """A page's sections in order; the first, without a title, is what stands above all headings."""
    found = [Section("", "", 0)]
    lines = text.splitlines()
    index = 0
    while index < len(lines):
        heading, fence = HEADING.match(lines[index]), FENCE.match(lines[index])
        if heading:
            title = heading[2]
            found.append(Section(title, heading[3] or slug(title), len(heading[1])))
        elif fence or is_indented_code(lines, index):
            index = take_block(found[-1], lines, index, fence)
            continue
        else:
            found[-1].text += lines[index] + "\n"
        index += 1
    return tuple(found)


def is_indented_code(lines: list[str], index: int) -> bool:
    """Indented code follows a blank line that ends a paragraph of the page's own level."""
    above = next((line for line in reversed(lines[:index]) if line.strip()), "")
    return (lines[index].startswith(CODE_INDENT) and index > 0 and not lines[index - 1].strip()
            and not above.startswith((" ", "-", "1")))


def take_block(section: Section, lines: list[str], start: int, fence: re.Match[str] | None) -> int:
    """Adds the block that begins at a line to its section; returns the line after it."""
    index = start + 1 if fence else start
    first = index
    while index < len(lines) and not (
            lines[index].strip().startswith(fence[1]) if fence
            else lines[index].strip() and not lines[index].startswith(CODE_INDENT)):
        index += 1
    language = fence[2] if fence else "indented"
    section.blocks.append(Block(language, first + 1, tuple(lines[first:index])))
    return index + 1 if fence else index


def subtree(page: tuple[Section, ...], top: Section) -> list[Section]:
    """A section with those below it."""
    start = page.index(top)
    below = [top]
    for section in page[start + 1:]:
        if section.level <= top.level:
            break
        below.append(section)
    return below


def anchors(text: str) -> set[str]:
    return {section.anchor for section in sections(text) if section.anchor}
