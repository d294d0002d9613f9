"""The last touch on the pages that Doxygen has written.

Names of code in prose become links: `kernel/mm/memory.c`, `memory_init()`, `struct context`,
`PAGE_SIZE`. Doxygen leaves what is in backticks alone, which is as well: it would have to be told
in every page which names are ours.
"""

import re
from collections import Counter
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

CODE = re.compile(r"(<a\b[^>]*>.*?</a>|<h\d.*?</h\d>)|<code>([^<]+)</code>", re.DOTALL)
FROM = re.compile(r'(<span class="comment">// from )([\w/.]+)(</span>)')
NAME = re.compile(r"(?:struct |enum )?(\w+)(?:\(\))?")


class Index:
    """Where the site tells of which name, as Doxygen's tag file says."""

    def __init__(self, tag_file: Path, html: Path) -> None:
        self.files: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for compound in ElementTree.parse(tag_file).getroot():
            self.add(compound, html)

    def add(self, compound: ElementTree.Element, html: Path) -> None:
        kind, name = compound.get("kind", ""), compound.findtext("name", "")
        page = compound.findtext("filename", "")
        if kind == "file":
            source = page.removesuffix(".html") + "_source.html"
            path = compound.findtext("path", "") + name
            self.files[path] = source if (html / source).is_file() else page
        elif kind == "struct":
            self.names[f"struct {name}"] = page
        for member in compound.iter("member"):
            self.add_member(member)

    def add_member(self, member: ElementTree.Element) -> None:
        kind, name = member.get("kind", ""), member.findtext("name", "")
        place = f"{member.findtext('anchorfile', '')}#{member.findtext('anchor', '')}"
        spelled = {"function": f"{name}()", "enumeration": f"enum {name}"}.get(kind, name)
        if kind == "function" and "_" in name:
            self.names.setdefault(name, place)
        if kind != "variable" or "_" in name:
            self.names.setdefault(spelled, place)

    def place(self, text: str, folder: str) -> str | None:
        """The page for a piece of code; a file's path may be relative to `folder` or shortened."""
        if "." in text and "(" not in text:
            path = self.file(text, folder)
            return self.files[path] if path else None
        return self.names.get(text)

    def file(self, text: str, folder: str) -> str | None:
        for path in (text, f"kernel/{text}", f"{folder}/{text}"):
            if path in self.files:
                return path
        ends = [path for path in self.files if path.endswith(f"/{text}")]
        return ends[0] if len(ends) == 1 else None


def link_code(html: str, index: Index) -> str:
    """The text of a page with its code linked. `x/a.c`, `b.c` stands for x/a.c and x/b.c."""
    folder = ""

    def replace(match: re.Match[str]) -> str:
        nonlocal folder
        if match[1]:
            return match[0]
        place = index.place(match[2], folder)
        if "/" in match[2] and (path := index.file(match[2], folder)):
            folder = str(PurePosixPath(path).parent)
        return f'<a class="code" href="{place}">{match[0]}</a>' if place else match[0]

    def replace_from(match: re.Match[str]) -> str:
        place = index.place(match[2], "")
        return f'{match[1]}<a class="code" href="{place}">{match[2]}</a>{match[3]}' \
            if place else match[0]

    return FROM.sub(replace_from, CODE.sub(replace, html))


def finish(html: Path, tag_file: Path) -> None:
    index = Index(tag_file, html)
    for page in sorted(html.glob("*.html")):
        text = page.read_text(encoding="utf-8")
        if page.name.endswith("_8asm_source.html"):
            new = re.sub(r'(<span class="comment">)//', r"\1;", text)
        elif page.name.endswith("_source.html"):
            continue
        else:
            new = link_code(text, index)
        if new != text:
            page.write_text(new, encoding="utf-8")
