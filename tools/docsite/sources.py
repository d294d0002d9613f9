"""The sources as Doxygen is to read them, and as it is to show them, each in a folder of copies."""

import stat
from pathlib import Path, PurePosixPath
from shlex import quote

from docsite.groups import tops
from docsite.names import Names
from docsite.source_filter import READERS, Tree, shown_nasm

READ, SHOWN = "read", "shown"
FILTER = """\
#!/bin/sh
# Doxygen's filter: the copy of a source, in place of it.
cat {copies}/"$1${{2#{tree}}}"
"""


def prepare(tree: Path, work: Path) -> dict[str, str]:
    """Writes the copies; Doxygen's settings that make it take them."""
    texts = {PurePosixPath(path.relative_to(tree).as_posix()):
             path.read_text(encoding="utf-8", errors="replace") for path in found(tree)}
    names = Names({path: text for path, text in texts.items() if path.suffix in (".c", ".h")})
    context = Tree(tree, texts)
    for path, text in texts.items():
        marked = names.marked(path, text)
        read = READERS[path.suffix](marked.replace("Vol. ", "Vol.&#160;"), path, context)
        shown = shown_nasm(marked) if path.suffix == ".asm" else marked
        for kind, copy in ((READ, read), (SHOWN, shown)):
            place = work / kind / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(copy, encoding="utf-8")
    script = work / "filter"
    script.write_text(FILTER.format(copies=quote(str(work)), tree=quote(str(tree))))
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {"FILTER_PATTERNS": patterns(script, READ),
            "FILTER_SOURCE_PATTERNS": patterns(script, SHOWN)}


def found(tree: Path) -> list[Path]:
    """All sources of a tree."""
    return sorted(path for top in tops(tree) for path in (tree / top).rglob("*")
                  if path.suffix in READERS)


def patterns(script: Path, kind: str) -> str:
    return " ".join(f'"*{suffix}={script} {kind}"' for suffix in READERS)
