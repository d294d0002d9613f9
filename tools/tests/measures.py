"""Figures of source code: how long its functions are, how deep they nest, how much is comment."""

import json
from collections import defaultdict
from dataclasses import dataclass

from support import run

from stagetool import csource
from stagetool.csource import Kind, Token

C_AND_PYTHON = ("--languages=C,Python", "--kinds-C=f", "--kinds-Python=fm", "--map-C=+.h")


@dataclass(frozen=True)
class Function:
    """A function, and how many lines it has from its head to its end."""

    path: str
    name: str
    lines: int


def function_lengths(paths: list[str]) -> dict[str, list[Function]]:
    """The functions of C and Python files, by language."""
    done = run("ctags", "--output-format=json", "--fields=+nel", "-f", "-", *C_AND_PYTHON, *paths)
    if done.returncode != 0:
        raise AssertionError(f"ctags failed:\n{done.stderr}")
    found = defaultdict(list)
    for tag in map(json.loads, done.stdout.splitlines()):
        if "end" in tag:
            found[tag["language"]].append(
                Function(tag["path"], tag["name"], tag["end"] - tag["line"] + 1))
    return found


def comment_share(folder: str) -> float:
    """Which part of a folder's lines with something in them are comments."""
    total = count_lines(folder)
    return total["comment"] / (total["comment"] + total["code"])


def count_lines(folder: str) -> dict[str, int]:
    """The lines of C and assembly in a folder: "code", "comment", "blank"."""
    done = run("cloc", "--quiet", "--json", "--skip-uniqueness",
               "--force-lang=Assembly,inc", "--include-lang=C,C/C++ Header,Assembly", folder)
    return dict(json.loads(done.stdout)["SUM"])


def percentile(numbers: list[int], share: float) -> int:
    """The smallest of the numbers that at least this share of them does not exceed."""
    ordered = sorted(numbers)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]


def nesting(text: str, function: csource.Function) -> int:
    """How deep the braces of a C function go; its own are the first level."""
    depth = deepest = 0
    for token in tokens_of(text, function):
        if token.kind is Kind.MARK and token.text in "{}":
            depth += 1 if token.text == "{" else -1
            deepest = max(deepest, depth)
    return deepest


def tokens_of(text: str, function: csource.Function) -> list[Token]:
    return [token for token in csource.tokens(text)
            if function.body_start <= token.start < function.end]


def comment_above(text: str, function: csource.Function) -> str:
    """The comment that stands right above a function; "" when something else does."""
    before = [token for token in csource.tokens(text) if token.end <= function.start]
    if not before or before[-1].kind is not Kind.COMMENT:
        return ""
    return before[-1].text if text[before[-1].end:function.start].count("\n") == 1 else ""
