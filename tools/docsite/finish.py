"""The last touch on the pages that Doxygen has written.

Names of code in prose become links: `kernel/mm/memory.c`, `memory_init()`, `struct thread`,
`PAGE_SIZE`. Of what is in backticks Doxygen itself links functions, and files to a page about them;
a reader who is told to look into a file wants to see the file.
"""

import re
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from docsite import names

# A piece of code, perhaps linked by Doxygen; or a link or heading, which stay as they are.
CODE = re.compile(r"<code>(<a [^>]*>)?([^<]+)(?:</a>)?</code>|<a\b[^>]*>.*?</a>|<h\d.*?</h\d>",
                  re.DOTALL)
# Where a name stands for itself: titles, lists of names, texts of the sidebar and of the search.
ALONE = re.compile(r"""<title>.*?</title>|<div class="title">.*?</div>|'\w+'|"\w+"|>\w+</a></td>""")
FROM = re.compile(r'(<span class="comment">// from )([\w/.]+)(</span>)')


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

    def file(self, text: str, folder: str) -> str | None:
        """The path that a text stands for: whole, from kernel/ or `folder` on, or a unique end."""
        for path in (text, f"kernel/{text}", f"{folder}/{text}"):
            if path in self.files:
                return path
        ends = [path for path in self.files if text and path.endswith(f"/{text}")]
        return ends[0] if len(ends) == 1 else None


def link_code(html: str, index: Index) -> str:
    """The text of a page with its code linked. `x/a.c`, `b.c` stands for x/a.c and x/b.c."""
    folder = ""

    def replace(match: re.Match[str]) -> str:
        nonlocal folder
        path = index.file(match[2] or "", folder)
        if path and "/" in match[2]:
            folder = str(PurePosixPath(path).parent)
        place = index.files[path] if path else index.names.get(match[2])
        if not place or (match[1] and not path):
            return match[0]
        return f'<a class="code" href="{place}"><code>{match[2]}</code></a>'

    def replace_from(match: re.Match[str]) -> str:
        place = index.files.get(match[2])
        return f'{match[1]}<a class="code" href="{place}">{match[2]}</a>{match[3]}' \
            if place else match[0]

    return FROM.sub(replace_from, CODE.sub(replace, html))


def place_sources(navigation: str, html: Path) -> str:
    """The sidebar's index, in which a file's listing stands where the file's page does."""
    def add(match: re.Match[str]) -> str:
        source = f"{match[1]}_source.html"
        return f'{match[0]},\n"{source}":{match[2]}' if (html / source).is_file() else match[0]

    return re.sub(r'"(\w+_8\w+)\.html":(\[[\d,]+\])', add, navigation)


def restore_names(html: Path, tag_file: Path) -> None:
    """Takes the marks of docsite/names.py out of all that was written."""
    tag_file.write_text(names.plain(tag_file.read_text(encoding="utf-8")), encoding="utf-8")
    for page in (*html.glob("*.html"), *html.glob("*.svg"), *html.rglob("*.js")):
        text = page.read_text(encoding="utf-8")
        if names.MARKED.search(text):
            text = ALONE.sub(lambda match: names.told(match[0]), text)
            page.write_text(names.plain(text), encoding="utf-8")


def finish(html: Path, tag_file: Path) -> None:
    restore_names(html, tag_file)
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
    for script in sorted(html.glob("navtreeindex*.js")):
        script.write_text(place_sources(script.read_text(encoding="utf-8"), html),
                          encoding="utf-8")
