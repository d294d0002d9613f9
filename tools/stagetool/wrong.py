"""Wrong solutions: mistakes that students make, each with the test that has to catch it.

A wrong solution is a C or NASM file under solutions/NN-name/wrong/. Its first comment says what it
is; the rest replaces the exercise's definition in a solved tree.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from . import csource, nasmsource
from .errors import KitError
from .export import earlier_export, same, write
from .tree import File

KEYS = ("exercise", "test", "says", "mistake")
ENTRY = re.compile(r"(\w+):\s*(.*)")
C_HEADER = re.compile(r"\s*/\*(.*?)\*/[ \t]*\n?", re.DOTALL)
NASM_HEADER = re.compile(r"\s*((?:;[^\n]*\n)+)")


@dataclass(frozen=True)
class WrongSolution:
    """One mistake: `test` must fail and say something that matches `says`."""

    path: Path
    stage: str
    exercise: str
    test: str
    says: str
    mistake: str
    code: str

    @property
    def name(self) -> str:
        """The short name of the mistake: off-by-one of bitmap--off-by-one.c"""
        return self.path.stem.partition("--")[2]


def wrong_solutions(root: Path, stage: str) -> list[WrongSolution]:
    """All of one stage."""
    folder = root / "solutions" / stage / "wrong"
    return [load_wrong(path) for path in sorted(folder.glob("*")) if path.suffix in (".c", ".asm")]


def load_wrong(path: Path) -> WrongSolution:
    """Reads one, with all of its header there."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"{path}: {error}") from error
    header = (NASM_HEADER if path.suffix == ".asm" else C_HEADER).match(text)
    if not header:
        raise KitError(f"{path}: a comment with {', '.join(KEYS)} has to come first")
    entries = read_header(header[1])
    if tuple(entries) != KEYS:
        raise KitError(f"{path}: the header has {', '.join(entries) or 'nothing'}; "
                       f"it has to have {', '.join(KEYS)}, in this order")
    if not path.name.startswith(f"{entries['exercise']}--"):
        raise KitError(f"{path}: its name has to begin with {entries['exercise']}--")
    return WrongSolution(path, path.parent.parent.name, **entries,
                         code=text[header.end():].strip("\n"))


def read_header(comment: str) -> dict[str, str]:
    """The entries of a header; a line without a key goes on with the one before."""
    entries: dict[str, str] = {}
    last = ""
    for line in comment.splitlines():
        line = line.strip().lstrip("*;").strip()
        entry = ENTRY.fullmatch(line)
        if entry and entry[1] in KEYS:
            last = entry[1]
            entries[last] = entry[2].strip()
        elif line and last:
            entries[last] = f"{entries[last]} {line}"
    return entries


def splice(wrong: WrongSolution, tree: Path) -> Path:
    """Puts a wrong solution into an exported tree; returns the one file that changed."""
    description = earlier_export(tree)
    for exercise in description["exercises"]:
        if exercise["id"] == wrong.exercise:
            break
    else:
        raise KitError(f"{wrong.path}: the tree {tree} has no exercise {wrong.exercise}")
    place = tree / exercise["file"]
    text = pristine_text(place, description["files"][exercise["file"]])
    try:
        text = replaced(text, exercise, wrong.code)
    except KitError as error:
        raise KitError(f"{wrong.path}: {exercise['file']}: {error}") from error
    file = File(text.encode())
    if not same(place, file):
        write(place, file)
    return place


def pristine_text(place: Path, digest: str) -> str:
    """The file as it was exported: splicing into a spliced file would pile up mistakes."""
    data = place.read_bytes() if place.is_file() else b""
    if File(data).digest != digest:
        raise KitError(f"{place} is not as it was exported; bring the tree up to date first")
    return data.decode()


def replaced(text: str, exercise: dict[str, str], code: str) -> str:
    """The text with the exercise's whole definition replaced; its doc comment stays."""
    name = exercise["function"]
    if exercise["language"] == "nasm":
        nasmsource.find_routine(code + "\n", name)
        routine = nasmsource.find_routine(text, name)
        return text[:routine.start] + code + "\n" + text[routine.end:]
    csource.find_function(code, name)
    function = csource.find_function(text, name)
    return text[:function.start] + code + text[function.end:]
