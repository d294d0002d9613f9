"""Where a function of a C file begins and ends.

A tokenizer and just enough grammar to tell a definition from a prototype, a call, an initialiser
or a struct. It works on the text as written, without preprocessing: of an `#if` only the first
branch that is not `#if 0` counts, so braces balance in every file that a compiler accepts on
either side.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from .errors import KitError


class Kind(Enum):
    COMMENT = "comment"
    DIRECTIVE = "directive"
    STRING = "string"
    CHARACTER = "character"
    NUMBER = "number"
    WORD = "word"
    MARK = "mark"


@dataclass(frozen=True)
class Token:
    """A piece of the text, with its place in it."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Function:
    """A definition at file level; all places are offsets into the text."""

    name: str
    start: int          # first character of the definition (the comment above is not part of it)
    body_start: int     # the opening brace
    end: int            # one past the closing brace
    return_type: str
    parameters: tuple[str, ...]
    is_static: bool

    @property
    def returns_nothing(self) -> bool:
        return self.return_type == "void"


LEXEMES = re.compile(r"""
    (?P<comment>   /\*.*?\*/ | //(?:[^\n\\]|\\.)* )
  | (?P<directive> ^[ \t]*\#(?: /\*.*?\*/ | //[^\n]* | "(?:[^"\\\n]|\\.)*" | \\. | [^\n\\] )* )
  | (?P<string>    (?:u8|[uUL])?"(?:[^"\\\n]|\\.)*" )
  | (?P<character> [uUL]?'(?:[^'\\\n]|\\.)*' )
  | (?P<word>      [A-Za-z_$][A-Za-z0-9_$]* )
  | (?P<number>    \.?[0-9](?:[eEpP][+-]|[A-Za-z0-9_.])* )
  | (?P<space>     [\s\\]+ )
  | (?P<unclosed>  ["'] | /\* )
  | (?P<mark>      \.\.\. | -> | . )
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

PAIRS = {"(": ")", "[": "]", "{": "}"}
STORAGE = {"static", "extern", "inline", "_Noreturn", "noreturn", "register", "__inline__"}
ATTRIBUTE = {"__attribute__", "__attribute", "_Alignas", "alignas", "__asm__", "asm"}
TAGGED = {"struct", "union", "enum"}


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a C file, comments and preprocessor lines included, spaces left out."""
    found = []
    for match in LEXEMES.finditer(text):
        if match.lastgroup == "space":
            continue
        if match.lastgroup == "unclosed":
            line = text.count("\n", 0, match.start()) + 1
            raise KitError(f"line {line}: {match[0]} is never closed")
        found.append(Token(Kind(match.lastgroup), match[0], match.start(), match.end()))
    return tuple(found)


def code(text: str) -> list[Token]:
    """The tokens that a compiler would see: no comments, no directives, one branch of each #if."""
    branches = Branches()
    seen = []
    for token in tokens(text):
        if token.kind is Kind.DIRECTIVE:
            branches.take(token.text)
        elif token.kind is not Kind.COMMENT and branches.active:
            seen.append(token)
    return seen


class Branches:
    """Which branch of the conditionals around a place counts."""

    def __init__(self) -> None:
        self.taken: list[bool] = []     # for each open #if: did one of its branches count yet
        self.counts: list[bool] = []    # ... and is this one it

    @property
    def active(self) -> bool:
        return all(self.counts)

    def take(self, directive: str) -> None:
        words = re.findall(r"\w+", directive) + ["", ""]
        name, wanted = words[0], words[1] != "0"
        if name in ("if", "ifdef", "ifndef"):
            self.taken.append(wanted)
            self.counts.append(wanted)
        elif name in ("elif", "else") and self.taken:
            self.counts[-1] = wanted and not self.taken[-1]
            self.taken[-1] = self.taken[-1] or wanted
        elif name == "endif" and self.taken:
            self.taken.pop()
            self.counts.pop()


def functions(text: str) -> list[Function]:
    """Every function that the file defines, in order."""
    found = []
    for head, body in declarations(text):
        function = as_function(head, body) if body else None
        if function:
            found.append(function)
    return found


def find_function(text: str, name: str) -> Function:
    """The definition of `name`; an error when there is none, or more than one."""
    found = [function for function in functions(text) if function.name == name]
    if len(found) != 1:
        raise KitError(f"{name}() is not defined" if not found else f"{name}() is defined twice")
    return found[0]


def global_names(text: str) -> set[str]:
    """The names that a file gives to the linker: functions and variables that are not static."""
    names = set()
    for head, body in declarations(text):
        function = as_function(head, body) if body else None
        if function:
            names |= set() if function.is_static else {function.name}
        elif not {"static", "extern", "typedef"} & {token.text for token in head}:
            names |= variable_name(head)
    return names


def declarations(text: str) -> list[tuple[list[Token], list[Token]]]:
    """The file-level declarations, each as head and body; only a function has a body.

    The head of anything else is all of it but the final semicolon.
    """
    seen = code(text)
    found, head, index = [], [], 0
    while index < len(seen):
        token = seen[index]
        if token.text == ";":
            found.append((head, []))
            head = []
        elif token.text in PAIRS:
            after = skip_group(seen, index)
            if token.text == "{" and parameter_list(head):
                found.append((head, seen[index:after]))
                head = []
            else:
                head += seen[index:after]
            index = after
            continue
        else:
            head.append(token)
        index += 1
    return found


def skip_group(seen: list[Token], opening: int) -> int:
    """The index after the bracket that closes the one at `opening`."""
    depth = 0
    for index in range(opening, len(seen)):
        if seen[index].kind is Kind.MARK:
            depth += (seen[index].text in PAIRS) - (seen[index].text in PAIRS.values())
        if depth == 0:
            return index + 1
    raise KitError(f"a '{seen[opening].text}' is never closed")


def skip_group_back(seen: list[Token], closing: int) -> int:
    """The index of the bracket that the one at `closing` closes."""
    depth = 0
    for index in range(closing, -1, -1):
        if seen[index].kind is Kind.MARK:
            depth += (seen[index].text in PAIRS.values()) - (seen[index].text in PAIRS)
        if depth == 0:
            return index
    raise KitError(f"a '{seen[closing].text}' is never opened")


def parameter_list(head: list[Token]) -> slice | None:
    """Where the parameters stand in the head of a function; None when it is no function's."""
    if any(token.text == "=" for token in top_level(head)):
        return None
    end = len(head)
    while end > 0:
        if head[end - 1].kind is Kind.WORD:             # an attribute hidden behind a macro
            end -= 1
        elif head[end - 1].text == ")":
            opening = skip_group_back(head, end - 1)
            if opening < 2 or head[opening - 1].kind is not Kind.WORD:
                return None
            if head[opening - 1].text in ATTRIBUTE:
                end = opening - 1
            elif head[opening - 2].text in TAGGED:
                return None
            else:
                return slice(opening, end)
        else:
            return None
    return None


def top_level(head: list[Token]) -> list[Token]:
    """The tokens outside of all brackets."""
    outside, index = [], 0
    while index < len(head):
        if head[index].text in PAIRS:
            index = skip_group(head, index)
        else:
            outside.append(head[index])
            index += 1
    return outside


def as_function(head: list[Token], body: list[Token]) -> Function | None:
    """Reads the head of a definition."""
    place = parameter_list(head)
    if place is None:
        return None
    name = head[place.start - 1]
    before = without_attributes(head[:place.start - 1])
    type_words = [token.text for token in before if token.text not in STORAGE]
    inside = head[place.start + 1:place.stop - 1]
    return Function(
        name=name.text, start=head[0].start, body_start=body[0].start, end=body[-1].end,
        return_type=" ".join(type_words), parameters=parameter_names(inside),
        is_static=any(token.text == "static" for token in before))


def without_attributes(seen: list[Token]) -> list[Token]:
    """Leaves out __attribute__((...)) and its like."""
    kept, index = [], 0
    while index < len(seen):
        if seen[index].text in ATTRIBUTE and index + 1 < len(seen):
            index = skip_group(seen, index + 1)
        else:
            kept.append(seen[index])
            index += 1
    return kept


def parameter_names(inside: list[Token]) -> tuple[str, ...]:
    """The names in a parameter list, without its outer parentheses."""
    names = (parameter_name(part) for part in split_at_commas(without_attributes(inside)))
    return tuple(name for name in names if name)


def split_at_commas(seen: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    index = 0
    while index < len(seen):
        after = skip_group(seen, index) if seen[index].text in PAIRS else index + 1
        if seen[index].text == ",":
            parts.append([])
        else:
            parts[-1] += seen[index:after]
        index = after
    return parts


def parameter_name(part: list[Token]) -> str | None:
    """The name that a parameter declares; None for `void` and `...`."""
    declarator = pointer_declarator(part) or part
    outside = top_level(declarator)
    words = [token.text for token in outside if token.kind is Kind.WORD]
    return words[-1] if words and words != ["void"] else None


def pointer_declarator(part: list[Token]) -> list[Token] | None:
    """What stands in the first parentheses of `int (*name)(long)`."""
    for index, token in enumerate(part[:-1]):
        if token.text == "(" and part[index + 1].text in ("*", "("):
            inside = part[index + 1:skip_group(part, index) - 1]
            return pointer_declarator(inside) or inside
    return None


def variable_name(head: list[Token]) -> set[str]:
    """The variable that a declaration defines; nothing for a prototype, type or assertion."""
    value = next((token for token in top_level(head) if token.text == "="), None)
    head = without_attributes(head[:head.index(value)] if value else head)
    pointer = pointer_declarator(head)
    if pointer is None and any(token.text == "(" for token in head):
        return set()
    words = [token for token in top_level(pointer or head) if token.kind is Kind.WORD]
    least = 3 if words and words[0].text in TAGGED and not pointer else 1
    return {words[-1].text} if len(words) >= least else set()
