#!/usr/bin/python3
"""Doxygen's filter: a source file as Doxygen should read it, line for line.

C: the file's contents become members of its folder's group, and entry points get a call graph.
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
END_OF_COMMENT = re.compile(rf"^( ?\*/|/\*\*.*\*/)\n((?:\w+ )*\**{BEGINNINGS}\()", re.MULTILINE)

LABEL = re.compile(r"(\w+):")
TRANSFER = re.compile(r"\s+(?:call|jmp)\s+(\w+)\s*(?:;|$)")
PARAGRAPH = re.compile(r"([A-Z]\w*(?: \w+){0,4}): ")


def main(arguments: list[str]) -> int:
    path = Path(arguments[-1])
    text = path.read_text(encoding="utf-8", errors="replace")
    if "--show" in arguments:
        text = shown_nasm(text)
    elif path.suffix == ".asm":
        text = in_group(nasm_as_c(text.splitlines(), path), path)
    elif path.suffix == ".ld":
        text = in_group("/**\n * @file" + text.split("*/")[0].removeprefix("/*") + "*/\n", path)
    else:
        text = in_group(with_call_graphs(text), path)
    sys.stdout.write(text)
    return 0


def in_group(text: str, path: Path) -> str:
    """Wraps a file into its folder's group; what is added shares a line with what is there."""
    group = group_of(path)
    if text.startswith("/**\n"):
        text = f"/** @ingroup {group}\n" + text.removeprefix("/**\n")
    return f"/** @addtogroup {group} @{{ */ {text}/** @}} */\n"


def with_call_graphs(text: str) -> str:
    def ask(match: re.Match[str]) -> str:
        return f"{match[1].removesuffix('*/')} @callgraph */\n{match[2]}"

    return END_OF_COMMENT.sub(ask, text)


# --- NASM


def nasm_as_c(lines: list[str], path: Path) -> str:
    """The file's first comment describes the file; each one above a label that label."""
    out: list[str] = []
    comment: list[str] = []
    section, inside = "", False
    for line in lines + [""]:
        if line.startswith(";"):
            comment.append(line.removeprefix(";").removeprefix(" "))
            continue
        label = LABEL.match(line)
        if line.startswith("section "):
            section = line.split()[1]
        if inside and (comment or label or line.startswith("section ")):
            out[-1] += "}"
            inside = False
        if comment:
            is_file, is_routine = not out, bool(label) and section == ".text"
            out += as_comment(comment, "@file" if is_file else "", is_file or is_routine)
        if label and section == ".text" and comment:
            out.append(f"{prototype(label[1], path)} {{")
            inside = True
        elif inside and (transfer := TRANSFER.match(line)):
            out.append(f"{transfer[1]}();")
        else:
            out.append("")
        comment = []
    return "\n".join(out[:-1]) + ("}" if inside else "") + "\n"


def as_comment(lines: list[str], command: str, documents: bool) -> list[str]:
    """As many lines of C comment as there were of NASM's."""
    if not documents:
        return [""] * len(lines)
    first = re.sub(r"^[a-z]\w*: (\w)", lambda match: match[1].upper(), lines[0])
    texts = [first, *(PARAGRAPH.sub(r"@par \1:^^", line) if PARAGRAPH.match(line) else line
                      for line in lines[1:])]
    texts[0] = f"/** {command}^^{first}" if command else f"/** {first}"
    texts[-1] += " */"
    return [text.replace("^^", r"\ilinebr ") for text in texts]


def prototype(label: str, path: Path) -> str:
    """How C declares a label, if it does; else it takes what registers hold and returns nothing."""
    kernel = next((each for each in path.resolve().parents if each.name == "kernel"), path.parent)
    declared = re.compile(rf"^([\w \*]+\b{label}\([^;]*\));", re.MULTILINE)
    for header in sorted(kernel.rglob("*.h")):
        if match := declared.search(header.read_text(encoding="utf-8", errors="replace")):
            return match[1]
    return f"void {label}(void)"


def shown_nasm(text: str) -> str:
    """Comments as Doxygen's listing knows them; docsite/finish.py turns them back."""
    return re.sub(r"^((?:[^;'\"\n]|'[^'\n]*'|\"[^\"\n]*\")*);", r"\1//", text, flags=re.MULTILINE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
