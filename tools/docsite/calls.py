"""The page of all system calls, from the list of their numbers and the calls' files."""

import re
from pathlib import Path

KERNEL = Path("kernel")
LABEL, TITLE = "system-calls", "System calls"
ENTRY = re.compile(r"CALL\((\d+), \w+, (\w+)\)")

PAGE = """\
# {title} {{#{label}}}

RAX holds the number, RDI, RSI, RDX and R10 the arguments; the error comes back in RAX, a value in
RDX. Message calls (`ipc_...`) have registers of their own. The functions' pages say what each call
takes, does and refuses.

| number | call | does |
|---|---|---|
{rows}
"""


def page(tree: Path) -> str:
    """The page's text; empty for a tree without system calls."""
    lists = list((tree / KERNEL / "generated").glob("calls.*"))
    if not lists:
        return ""
    rows = [f"| {number} | @ref syscall_{name} \"{name}\" | {brief(tree, name)} |"
            for number, name in ENTRY.findall(lists[0].read_text(encoding="utf-8"))]
    return PAGE.format(title=TITLE, label=LABEL, rows="\n".join(rows))


def brief(tree: Path, name: str) -> str:
    """What the first line of a call's file says about it."""
    text = (tree / KERNEL / "syscall" / f"{name}.c").read_text(encoding="utf-8")
    found = re.search(rf"^ \* {name}: (.*?)\.?$", text, re.MULTILINE)
    return found[1] if found else ""
