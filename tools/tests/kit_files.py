"""The kit's own files, as one who reads or measures them wants to have them."""

from functools import lru_cache
from pathlib import Path

from support import ROOT

from stagetool.layout import files_below

NOT_OURS = {".git", "build"}
PYTHON_LINE = "#!/usr/bin/python3"
SHELL_LINE = "#!/bin/sh"


@lru_cache(maxsize=None)
def all_texts() -> dict[str, str]:
    """Every text file of the kit, by its path in it."""
    found = {}
    for place in sorted(ROOT.iterdir()):
        if place.name not in NOT_OURS:
            for file in files_below(place):
                found[file.relative_to(ROOT).as_posix()] = text_of_file(file)
    return {path: text for path, text in found.items() if text is not None}


def text_of_file(file: Path) -> str | None:
    """What a file says; None when it is no text."""
    data = file.read_bytes()
    return None if b"\0" in data else data.decode("utf-8")


def is_wrong_solution(path: str) -> bool:
    """A wrong solution is a piece of a file, which is whole only in its place."""
    return path.startswith("solutions/") and "/wrong/" in path


def c_files() -> list[str]:
    return [path for path in all_texts()
            if path.endswith((".c", ".h")) and not is_wrong_solution(path)]


def asm_files() -> list[str]:
    return [path for path in all_texts()
            if path.endswith(".asm") and not is_wrong_solution(path)]


def python_files() -> list[str]:
    return [path for path, text in all_texts().items()
            if path.endswith(".py") or text.startswith(PYTHON_LINE)]


def shell_files() -> list[str]:
    return [path for path, text in all_texts().items() if text.startswith(SHELL_LINE)]


def kernel_files() -> list[str]:
    """The finished kernel's C files."""
    return [path for path in c_files() if path.startswith("kernel/")]
