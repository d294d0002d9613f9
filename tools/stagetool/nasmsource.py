"""Where a routine of a NASM file begins and ends.

A routine is a non-local label with its lines, up to the next non-local label, section directive
or macro. What stands before that next label and belongs to it (its comment, `global`, `align`
or `%rep`) is not part of the routine.
"""

import re
from dataclasses import dataclass

from .errors import KitError

LABEL = re.compile(r"\s*([A-Za-z_?@$][^\s:;\"']*):")
BORDER = re.compile(r"\s*(\[?\s*(section|segment|absolute)\b|%i?macro\b)", re.IGNORECASE)
COMMENT = re.compile(r"\s*;")
PREFACE = re.compile(r"\s*((global|extern|align|alignb|bits|default)\b|%(?!end|el))",
                     re.IGNORECASE)


@dataclass(frozen=True)
class Routine:
    """A label and its lines; all places are offsets into the text."""

    name: str
    start: int          # first character of the label
    body_start: int     # one past the label's colon
    end: int            # one past the last line's newline


def routines(text: str) -> list[Routine]:
    """Every routine of the file, in order."""
    lines = text.splitlines(keepends=True)
    places = [0]
    for line in lines:
        places.append(places[-1] + len(line))
    found = []
    for index, line in enumerate(lines):
        label = LABEL.match(line)
        if label:
            end = places[routine_end(lines, index)]
            found.append(Routine(label[1], places[index] + label.start(1),
                                 places[index] + label.end(), end))
    return found


def find_routine(text: str, name: str) -> Routine:
    """The routine with this label; an error when there is none, or more than one."""
    found = [routine for routine in routines(text) if routine.name == name]
    if len(found) != 1:
        raise KitError(f"{name} is no label" if not found else f"{name} is a label twice")
    return found[0]


def global_names(text: str) -> set[str]:
    """The names that a file gives to the linker."""
    lists = re.findall(r"^\s*global\s+([^;\n]+)", text, re.MULTILINE | re.IGNORECASE)
    return {name.split(":")[0].strip() for names in lists for name in names.split(",")}


def routine_end(lines: list[str], label: int) -> int:
    """The index of the first line after the routine whose label stands at index `label`."""
    border = label + 1
    while border < len(lines) and not (LABEL.match(lines[border]) or BORDER.match(lines[border])):
        border += 1
    last_code = max(index for index in range(label, border)
                    if index == label or is_code(lines[index]))
    own_comment = last_code + 1
    while own_comment < border and COMMENT.match(lines[own_comment]):
        own_comment += 1
    # Comments right after the code are its own, unless they run on to the next label.
    touches_next = own_comment < len(lines) and bool(lines[own_comment].strip())
    return last_code + 1 if touches_next else own_comment


def is_code(line: str) -> bool:
    return bool(line.strip()) and not COMMENT.match(line) and not PREFACE.match(line)
