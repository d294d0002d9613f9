#!/usr/bin/python3
"""Makes the documentation's site in BUILD/docs/html: handouts, manual, and the kernel itself.

In a stage's tree the site is about that tree. In the kit it is about the newest stage's tree, with
all pages of the kit. Doxygen does the work; this program gathers what it is to read, and links the
pages' code afterwards. The steps are in docsite/.
"""

import argparse
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

sys.path.insert(0, str(Path(__file__).resolve().parent))

from docsite import calls, finish, groups, sources      # noqa: E402
from docsite.pages import FILES, Book, PageError, load  # noqa: E402

STYLE = Path("/usr/share/doxygen-awesome-css")
STYLE_SHEETS = ("doxygen-awesome.css", "doxygen-awesome-sidebar-only.css",
                "doxygen-awesome-sidebar-only-darkmode-toggle.css")

# The pages in the order in which the site lists them. What docs/ has besides comes last.
PAGES = ("README.md", "docs/*-session.md", "labs/*/handout.md", "docs/student.md",
         "docs/debugging.md",
         *(f"{top}/{place}README.md" for top in groups.TOPS for place in ("", "*/")),
         "docs/design.md", "docs/instructor.md", "docs/stages.md", "grading/README.md",
         "docs/*.md")
MAIN = "mainpage"       # Doxygen's own label for the first page


@dataclass(frozen=True)
class Site:
    """Where everything is."""

    root: Path      # the pages'
    tree: Path      # the sources'
    work: Path      # what is made on the way
    html: Path


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        return make(options.root.resolve(), options.build.absolute() / "docs")
    except PageError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return complain(f"{error.filename or 'error'}: {error.strerror or error}")


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Makes the documentation's site.")
    parser.add_argument("--build", type=Path, default=Path("build"), metavar="DIR",
                        help="the site goes to DIR/docs/html (default: build)")
    parser.add_argument("--root", type=Path, metavar="DIR", help="the tree or kit",
                        default=Path(__file__).resolve().parent.parent)
    return parser.parse_args(arguments)


def complain(reason: str) -> int:
    print(f"docs: {reason}", file=sys.stderr)
    return 1


def make(root: Path, place: Path) -> int:
    if not shutil.which("doxygen"):
        return complain("doxygen is not installed: apt-get install doxygen graphviz "
                        "doxygen-awesome-css")
    tree = newest_tree(root, place.parent) if (root / "stages").is_dir() else root
    site = Site(root, tree, place / "work", place / "html")
    for folder in (site.work, site.html):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    book = Book(root, [load(path, label_for(path.relative_to(root))) for path in find_pages(root)])
    stage = json.loads((tree / "stage.json").read_text(encoding="utf-8"))
    write_input(site, book)
    status = run_doxygen(site, stage, book.pictures)
    if (site.html / "index.html").is_file():
        finish.finish(site.html, site.work / "tags.xml")
        copy_linked_files(site, book)
        print(f"docs: {site.html}/index.html")
    return status


def newest_tree(kit: Path, build: Path) -> Path:
    """The newest stage, exported to where `make` has it."""
    tool = [sys.executable, str(kit / "tools" / "stage.py")]
    name = subprocess.run([*tool, "resolve"], stdout=subprocess.PIPE, text=True, check=False)
    tree = build / "trees" / name.stdout.strip()
    if name.returncode or subprocess.run([*tool, "sync", "--out", tree], check=False).returncode:
        raise PageError("the newest stage could not be exported")
    return tree


# --- what Doxygen reads


def find_pages(root: Path) -> list[Path]:
    found: dict[Path, None] = {}
    for pattern in PAGES:
        found.update(dict.fromkeys(sorted(root.glob(pattern))))
    return list(found)


def label_for(path: Path) -> str:
    """The label of a page that has none of its own: kernel/README.md is kernel-readme."""
    return MAIN if path == Path("README.md") else "-".join(path.with_suffix("").parts).lower()


def write_input(site: Site, book: Book) -> None:
    for number, page in enumerate(book.pages):
        staged = site.work / f"{number:02}-{page.label}.md"
        staged.write_text(book.staged(page), encoding="utf-8")
    (site.work / "groups.dox").write_text(groups.definitions(site.tree), encoding="utf-8")
    shown = [(page.label, page.title) for page in book.pages if page.label != MAIN]
    if calls_page := calls.page(site.tree):
        (site.work / f"{calls.LABEL}.md").write_text(calls_page, encoding="utf-8")
        shown.append((calls.LABEL, calls.TITLE))
    tabs = "\n    ".join(f'<tab type="user" visible="yes" url="@ref {label}" '
                         f"title={quoteattr(title)}/>" for label, title in shown)
    layout = (site.tree / "docs/site/layout.xml").read_text(encoding="utf-8")
    (site.work / "layout.xml").write_text(layout.replace("@PAGES@", tabs), encoding="utf-8")


def run_doxygen(site: Site, stage: dict, pictures: set[Path]) -> int:
    """Runs Doxygen in the tree; its warnings are errors, but in a starter that is being written."""
    settings = {
        "INPUT": " ".join([*map(str, sorted(site.work.glob("*.*"))), *groups.tops(site.tree)]),
        "EXCLUDE": " ".join(retired_files(site.tree)),
        "IMAGE_PATH": " ".join(sorted({str(picture.parent) for picture in pictures})),
        "OUTPUT_DIRECTORY": site.html.parent,
        "STRIP_FROM_PATH": site.tree,
        "PROJECT_NAME": "MicroK",
        "PROJECT_NUMBER": stage["version"],
        "PROJECT_BRIEF": f'"Stage {stage["number"]:02}: {stage["title"]}"',
        "LAYOUT_FILE": site.work / "layout.xml",
        "GENERATE_TAGFILE": site.work / "tags.xml",
        **sources.prepare(site.tree, site.work),
        **style(site),
    }
    if not shutil.which("dot"):
        complain("graphviz is not installed: no call graphs (apt-get install graphviz)")
        settings["HAVE_DOT"] = "NO"
    if stage["kind"] == "lab":
        settings["WARN_AS_ERROR"] = "NO"
    lines = ["@INCLUDE = Doxyfile", *(f"{key} = {value}" for key, value in settings.items())]
    return subprocess.run(["doxygen", "-"], input="\n".join(lines) + "\n", text=True,
                          cwd=site.tree, check=False).returncode


def retired_files(tree: Path) -> list[str]:
    """The files that a tree has, but that its kernel is built without."""
    lists = (tree / "kernel" / "generated").glob("*.list")
    return [path for each in lists for path in each.read_text(encoding="utf-8").split()]


def style(site: Site) -> dict[str, object]:
    """The settings of the style, and the page head that it needs."""
    own = site.tree / "docs" / "site"
    if not STYLE.is_dir():
        complain(f"{STYLE} is missing: Doxygen's own style is used "
                 "(apt-get install doxygen-awesome-css)")
        return {}
    header = site.work / "header.html"
    subprocess.run(["doxygen", "-w", "html", header, site.work / "footer.html",
                    site.work / "style.css"], check=True, stdout=subprocess.DEVNULL)
    text = header.read_text(encoding="utf-8")
    head = (own / "head.html").read_text(encoding="utf-8")
    header.write_text(text.replace("</head>", head + "</head>"), encoding="utf-8")
    sheets = [*(STYLE / name for name in STYLE_SHEETS), own / "microk.css"]
    return {"HTML_HEADER": header,
            "HTML_EXTRA_STYLESHEET": " ".join(map(str, sheets)),
            "HTML_EXTRA_FILES": " ".join(map(str, sorted(STYLE.glob("*.js"))))}


def copy_linked_files(site: Site, book: Book) -> None:
    for file in sorted(book.linked_files):
        copy = site.html / FILES / f"{file.name}.txt"
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, copy)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
