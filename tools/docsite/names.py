"""Names that several programs have, each for something of its own.

Doxygen takes all that it reads for one program. The tree holds a hundred, each a link unit of its
own, and two of them may have a `struct text`, or a main(): Doxygen would make one of both. So
it reads a name that says whose it is, text__of__sh; docsite/finish.py takes that away again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

KERNEL, LIBRARY = "kernel", "library"
LIBRARIES = {"lib", "libc", "generated"}    # of user/: what programs are linked with
COLLECTIONS = {"bin", "utilities", "bench"}     # of user/: each file is a program

TAG = re.compile(r"^(?:typedef )?(?:struct|union|enum) (\w+) \{", re.MULTILINE)
HEAD = r"(?!typedef\b|return\b|else\b)(?:[A-Za-z_]\w*[ *]+)+\**(?!__)(\w+)\([^;{}]*\)"
FUNCTION = re.compile(rf"^(?!static\b){HEAD}(?:;|\n\{{)", re.MULTILINE)
FUNCTION_OF_HEADER = re.compile(rf"^{HEAD}(?:;|\n\{{)", re.MULTILINE)
INCLUDE = re.compile(r"^ *#include[^\n]*", re.MULTILINE)

MARKED = re.compile(r"\b([A-Za-z_](?:\w*?[A-Za-z0-9])?)__of__([A-Za-z0-9]\w*)\b")


def unit_of(path: PurePosixPath) -> str:
    """The program that a source belongs to: the kernel, the libraries, or one by its name."""
    top, *inside = path.parts
    if top == KERNEL:
        return KERNEL
    if top == "user" and inside[0] in LIBRARIES:
        return LIBRARY
    if top == "user" and inside[0] in COLLECTIONS:
        return path.stem
    return inside[0]


class Names:
    """Whose each name is that more than one has."""

    def __init__(self, texts: Mapping[PurePosixPath, str]) -> None:
        """`texts` are all C sources by their paths in the tree."""
        tags: dict[str, set[str]] = defaultdict(set)
        functions: dict[str, set[str]] = defaultdict(set)
        for path, text in texts.items():
            for name in TAG.findall(text):
                tags[name].add(owner_of_tags(path))
            pattern = FUNCTION_OF_HEADER if path.suffix == ".h" else FUNCTION
            for name in pattern.findall(text):
                functions[name].add(unit_of(path))
        self.tags = {name: owners for name, owners in tags.items() if len(owners) > 1}
        self.functions = {name: owners for name, owners in functions.items() if len(owners) > 1}
        self._tag = one_of(r"\b(struct|union|enum) ({})\b", self.tags)
        self._function = one_of(r"(?<![\w.>])({})\b(?!\.[ch]\b)", self.functions)

    def marked(self, path: PurePosixPath, text: str) -> str:
        """A source's text in which each such name says whose it is."""
        parts, at = [], 0
        for include in INCLUDE.finditer(text):
            parts += [self._marked_code(path, text[at:include.start()]), include[0]]
            at = include.end()
        return "".join(parts) + self._marked_code(path, text[at:])

    def _marked_code(self, path: PurePosixPath, text: str) -> str:
        text = self._tag.sub(lambda match: match[1] + " " + mark(
            match[2], self.tags[match[2]], owner_of_tags(path), unit_of(path)), text)
        return self._function.sub(lambda match: mark(
            match[1], self.functions[match[1]], unit_of(path)), text)


def owner_of_tags(path: PurePosixPath) -> str:
    """Whose the structures of a file are: those of a C file are known to it alone."""
    return f"{path.stem}_c" if path.suffix == ".c" else unit_of(path)


def one_of(pattern: str, names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the names; for nothing when there are none."""
    return re.compile(pattern.format("|".join(sorted(names)) or "(?!)"))


def mark(name: str, owners: set[str], *own: str) -> str:
    """A name, as that of the first who has it: oneself, the libraries, the kernel."""
    for owner in (*own, LIBRARY, KERNEL):
        if owner in owners:
            return f"{name}__of__{owner}"
    return name


def plain(text: str) -> str:
    """A text with names as the sources have them."""
    return MARKED.sub(r"\1", text)


def told(text: str) -> str:
    """The same for a list in which names stand alone: whose they are is said behind them."""
    return MARKED.sub(lambda match: f"{match[1]} ({re.sub('_c$', '.c', match[2])})", text)
