"""Sources that have the assembler read other files: .incbin and .include, incbin and %include.

The compiler's #include shows in the dependencies (see trespass.py); what the assembler reads does
not. So the text is looked through, without its comments, and such a directive is refused. Only
NASM's %include "file" of a file of kernel/ is let through. Whoever puts a directive together from
pieces, with an assembler's macros say, gets it past this: it saves nobody a container.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Collection, Mapping

KERNEL = "kernel/"
C_SUFFIXES, NASM_SUFFIXES = {".c", ".h", ".inc"}, {".asm", ".inc"}

STRING = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
C_COMMENT = re.compile(rf"({STRING})|/\*.*?\*/|//[^\n]*", re.DOTALL)
NASM_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*'|`(?:\\.|[^`\\\n])*`)|;[^\n]*""")
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))")

GAS = re.compile(r'\.?\bincbin\b|\.include\b(?=\s*\\*["<])', re.IGNORECASE)
NASM = re.compile(r"""\bincbin\b|%\s*include\b(?:[ \t]*(["'`])([^\n]*?)\1)?""", re.IGNORECASE)


def inclusions(taken: Mapping[str, bytes], kernel_files: Collection[str]) -> list[str]:
    """A sentence for each source in which such a directive stands."""
    known = set(kernel_files) | set(taken)
    reasons = []
    for path, data in sorted(taken.items()):
        suffix, text = PurePosixPath(path).suffix, data.decode("latin-1").replace("\r\n", "\n")
        found = (_in_c(text) if suffix in C_SUFFIXES else "") or \
            (_in_nasm(text, path, known) if suffix in NASM_SUFFIXES else "")
        if found:
            reasons.append(f"{path} has the assembler read another file ({found}): only NASM's "
                           "%include of a file in kernel/ is allowed")
    return reasons


def _in_c(text: str) -> str:
    """The directive in a C source's assembler lines; string literals count as they are joined."""
    text = C_COMMENT.sub(lambda match: match[1] or " ", text.replace("\\\n", ""))
    text = ESCAPE.sub(lambda match: chr(int(match[1], 16) if match[1] else int(match[2], 8) & 255),
                      re.sub(r'"\s*"', "", text))
    found = GAS.search(text)
    return found[0] if found else ""


def _in_nasm(text: str, path: str, known: Collection[str]) -> str:
    text = NASM_COMMENT.sub(lambda match: match[1] or " ", text.replace("\\\n", ""))
    for found in NASM.finditer(text):
        if not _is_inside(found[2] or "", path, known):
            return found[0]
    return ""


def _is_inside(name: str, path: str, known: Collection[str]) -> bool:
    """Whether a name that NASM is given is that of a kernel's file."""
    if not name or name.startswith("/") or ".." in name.split("/"):
        return False
    places = (PurePosixPath(), PurePosixPath(KERNEL), PurePosixPath(path).parent)
    return any(str(place / name) in known for place in places)
