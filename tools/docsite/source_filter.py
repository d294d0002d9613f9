"""A source file as Doxygen should read it, line for line.

C: what headers hold becomes part of their folder's group; entry points get a call graph.
NASM: becomes C. A label of .text with a comment above it becomes a documented function, its calls
and jumps become calls. For Doxygen's listing of the source only its comments change.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from docsite.groups import group_of
from docsite.names import plain, unit_of

# A call graph helps where something begins: the kernel, and what comes from the CPU.
BEGINNINGS = r"(?:kernel_main|trap_dispatch|\w+_enter)"
HEAD = rf"(?:\w+ )+\**({BEGINNINGS})\("
PROTOTYPE = re.compile(rf"^{HEAD}[^;{{]*;", re.MULTILINE)
COMMENTED = re.compile(rf"^( ?\*/|/\*\*.*\*/)\n({HEAD})", re.MULTILINE)
# What has a comment, a definition or a prototype, and its name.
TYPE = r"(?:[A-Za-z_]\w*[ *]+)+\**"
DOCUMENTED = re.compile(rf"^(?: ?\*/|/\*\*.*\*/)\n(?!static\b){TYPE}(\w+)\([^;{{}}]*\)\n\{{",
                        re.MULTILINE)
COMMENTED_PROTOTYPE = re.compile(
    rf"^(/\*\*(?:(?!\*/).)*\*/)\n(?!typedef\b){TYPE}(\w+)\([^;{{}}]*\);",
    re.MULTILINE | re.DOTALL)

LABEL = re.compile(r"(\w+):")
TRANSFER = re.compile(r"\s+(?:call|jmp)\s+(\w+)\s*(?:;|$)")
PARAGRAPH = re.compile(r"([A-Z]\w*(?: \w+){0,4}): ")


@dataclass(frozen=True)
class Tree:
    """What a file's reader has to know of the others."""

    root: Path
    texts: Mapping[PurePosixPath, str]      # by paths in the tree

    def group(self, path: PurePosixPath) -> str:
        return group_of(path, self.root)

    @cached_property
    def documented(self) -> set[tuple[str, str]]:
        """Unit and name of each function that is documented where it is defined."""
        return {(unit_of(path), name) for path, text in self.texts.items() if path.suffix == ".c"
                for name in DOCUMENTED.findall(text)}


def header_as_c(text: str, path: PurePosixPath, tree: Tree) -> str:
    """All of it belongs to the group; prototypes ask for a graph too, as the group shows those.
    What is documented where it is defined needs no second comment.

    What is added shares a line with what is there, so that line numbers stay right.
    """
    def said_once(match: re.Match[str]) -> str:
        known = (unit_of(path), plain(match[2])) in tree.documented
        return match[0].replace("/**", "/* ", 1) if known else match[0]

    text = COMMENTED_PROTOTYPE.sub(said_once, text)
    text = PROTOTYPE.sub(r"/** @callgraph */ \g<0>", text)
    return f"/** @addtogroup {tree.group(path)} */ /** @{{ */ {text}/** @}} */\n"


def c_as_c(text: str, path: PurePosixPath, tree: Tree) -> str:
    """The file belongs to the group, and so does a beginning that no header declares."""
    declared_here = {match[1] for match in PROTOTYPE.finditer(text)}

    def ask(match: re.Match[str]) -> str:
        group = f"@ingroup {tree.group(path)} " if match[3] in declared_here else ""
        return f"{match[1].removesuffix('*/')} @callgraph {group}*/\n{match[2]}"

    return file_in_group(COMMENTED.sub(ask, text), path, tree)


def file_in_group(text: str, path: PurePosixPath, tree: Tree) -> str:
    if text.startswith("/**\n"):
        return f"/** @ingroup {tree.group(path)}\n" + text.removeprefix("/**\n")
    return text


def linker_script_as_c(text: str, path: PurePosixPath, tree: Tree) -> str:
    """Its first comment is all that Doxygen can make sense of."""
    comment = text.split("*/")[0].removeprefix("/*")
    return file_in_group(f"/**\n * @file{comment}*/\n", path, tree)


# --- NASM


def nasm_as_c(text: str, path: PurePosixPath, tree: Tree) -> str:
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
            out += as_comment(comment, f"@file^^@ingroup {tree.group(path)}^^")
        elif comment and label and section == ".text":
            declared = prototype(label[1], path, tree)
            out += as_comment(comment, "" if declared else f"@ingroup {tree.group(path)}^^")
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


def prototype(label: str, path: PurePosixPath, tree: Tree) -> str | None:
    """How a header of the same program declares a label, if one does."""
    declared = re.compile(rf"^([\w \*]+\b{label}\([^;]*\));", re.MULTILINE)
    for header, text in tree.texts.items():
        if header.suffix == ".h" and unit_of(header) == unit_of(path):
            if match := declared.search(text):
                return match[1]
    return None


def shown_nasm(text: str) -> str:
    """Comments as Doxygen's listing knows them; docsite/finish.py turns them back."""
    return re.sub(r"^((?:[^;'\"\n]|'[^'\n]*'|\"[^\"\n]*\")*);", r"\1//", text, flags=re.MULTILINE)


READERS = {".c": c_as_c, ".h": header_as_c, ".asm": nasm_as_c, ".ld": linker_script_as_c}
