#!/usr/bin/python3
"""Doxygen's filter: a source file as Doxygen should read it, line for line.

C: what headers hold becomes part of their folder's group; entry points get a call graph.
NASM: becomes C. A label of .text with a comment above it becomes a documented function, its calls
and jumps become calls. With --show only the comments change, for Doxygen's listing of the source.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docsite.groups import group_of     # noqa: E402

# A call graph helps where something begins: the kernel, and what comes from the CPU.
BEGINNINGS = r"(?:kernel_main|trap_dispatch|\w+_enter)"
HEAD = rf"(?:\w+ )+\**({BEGINNINGS})\("
PROTOTYPE = re.compile(rf"^{HEAD}[^;{{]*;", re.MULTILINE)
COMMENTED = re.compile(rf"^( ?\*/|/\*\*.*\*/)\n({HEAD})", re.MULTILINE)

LABEL = re.compile(r"(\w+):")
TRANSFER = re.compile(r"\s+(?:call|jmp)\s+(\w+)\s*(?:;|$)")
PARAGRAPH = re.compile(r"([A-Z]\w*(?: \w+){0,4}): ")


def main(arguments: list[str]) -> int:
    path = Path(arguments[-1])
    text = path.read_text(encoding="utf-8", errors="replace")
    if "--show" in arguments:
        text = shown_nasm(text)
    else:
        text = READERS[path.suffix](text.replace("Vol. ", "Vol.&#160;"), path)
    sys.stdout.write(text)
    return 0


def header_as_c(text: str, path: Path) -> str:
    """All of it belongs to the group; prototypes ask for a graph too, as the group shows those.

    What is added shares a line with what is there, so that line numbers stay right.
    """
    text = PROTOTYPE.sub(r"/** @callgraph */ \g<0>", text)
    return f"/** @addtogroup {group_of(path)} */ /** @{{ */ {text}/** @}} */\n"


def c_as_c(text: str, path: Path) -> str:
    """The file belongs to the group, and so does a beginning that no header declares."""
    declared_here = {match[1] for match in PROTOTYPE.finditer(text)}

    def ask(match: re.Match[str]) -> str:
        group = f"@ingroup {group_of(path)} " if match[3] in declared_here else ""
        return f"{match[1].removesuffix('*/')} @callgraph {group}*/\n{match[2]}"

    return file_in_group(COMMENTED.sub(ask, text), path)


def file_in_group(text: str, path: Path) -> str:
    if text.startswith("/**\n"):
        return f"/** @ingroup {group_of(path)}\n" + text.removeprefix("/**\n")
    return text


def linker_script_as_c(text: str, path: Path) -> str:
    """Its first comment is all that Doxygen can make sense of."""
    comment = text.split("*/")[0].removeprefix("/*")
    return file_in_group(f"/**\n * @file{comment}*/\n", path)


# --- NASM


def nasm_as_c(text: str, path: Path) -> str:
    """The file's first comment describes the file; each one above a label that label."""
    out: list[str] = []
    comment: list[str] = []
    section, inside = "", False
    for line in text.splitlines() + [""]:
        if line.startswith(";"):
            comment.append(line.removeprefix(";").removeprefix(" "))
            continue
        label = LABEL.match(line)
        if line.startswith("section "):
            section = line.split()[1]
        if inside and (comment or label or line.startswith("section ")):
            out[-1] += "}"
            inside = False
        if comment and not out:
            out += as_comment(comment, f"@file^^@ingroup {group_of(path)}^^")
        elif comment and label and section == ".text":
            declared = prototype(label[1], path)
            out += as_comment(comment, "" if declared else f"@ingroup {group_of(path)}^^")
            out.append(f"{declared or f'void {label[1]}(void)'} {{")
            inside, comment = True, []
            continue
        else:
            out += [""] * len(comment)
        if inside and (transfer := TRANSFER.match(line)):
            out.append(f"{transfer[1]}();")
        else:
            out.append("")
        comment = []
    return "\n".join(out[:-1]) + ("}" if inside else "") + "\n"


def as_comment(lines: list[str], command: str) -> list[str]:
    """As many lines of C comment as there were of NASM's."""
    first = re.sub(r"^[a-z]\w*: (\w)", lambda match: match[1].upper(), lines[0])
    texts = [first, *(PARAGRAPH.sub(r"@par \1:^^", line) if PARAGRAPH.match(line) else line
                      for line in lines[1:])]
    texts[0] = f"/** {command}{first}"
    texts[-1] += " */"
    return [text.replace("^^", r"\ilinebr ") for text in texts]


def prototype(label: str, path: Path) -> str | None:
    """How a header declares a label, if one does."""
    kernel = next((each for each in path.resolve().parents if each.name == "kernel"), path.parent)
    declared = re.compile(rf"^([\w \*]+\b{label}\([^;]*\));", re.MULTILINE)
    for header in sorted(kernel.rglob("*.h")):
        if match := declared.search(header.read_text(encoding="utf-8", errors="replace")):
            return match[1]
    return None


def shown_nasm(text: str) -> str:
    """Comments as Doxygen's listing knows them; docsite/finish.py turns them back."""
    return re.sub(r"^((?:[^;'\"\n]|'[^'\n]*'|\"[^\"\n]*\")*);", r"\1//", text, flags=re.MULTILINE)


READERS = {".c": c_as_c, ".h": header_as_c, ".asm": nasm_as_c, ".ld": linker_script_as_c}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
