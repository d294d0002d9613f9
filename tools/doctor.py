#!/usr/bin/python3
"""Which tools are there, in which version, and what to do about those that are not.

The list is tools/packages.txt. The exit status is 1 when a tool is missing that this folder needs:
the kit needs them all, an exported tree what it takes to do the labs.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from emulator import session

TOOLS = Path(__file__).resolve().parent
LIST = TOOLS / "packages.txt"
GROUPS = ("run", "lab", "kit")      # each needs those before it

VERSION = re.compile(r"\d+\.\d+(?:\.\d+)*")
VERSION_OPTION = {"nasm": "-v", "dot": "-V", "mke2fs": "-V"}
PACKAGE_OF = {"bochs": "bochs"}     # programs that do not tell their version: dpkg does
INSTALL = "sudo apt-get install --no-install-recommends"


class Tool(NamedTuple):
    """A line of the list."""

    group: str
    package: str
    program: str
    tried: str
    purpose: str


class Finding(NamedTuple):
    """What became of looking for a tool."""

    tool: Tool
    version: str    # "" when the tool is missing, "?" when it does not tell

    @property
    def missing(self) -> bool:
        """Whether it is not there at all."""
        return not self.version

    @property
    def tried(self) -> bool:
        """Whether MicroK is developed with this version: 12 stands for 12.2.0, not for 120."""
        return f"{self.version}.".startswith(f"{self.tool.tried}.") or \
            ("." in self.tool.tried and self.version.startswith(self.tool.tried))


def read_list(text: str) -> list[Tool]:
    """The tools in the list; # begins a comment."""
    lines = (line.split("#")[0].split(None, 4) for line in text.splitlines())
    return [Tool(*fields) for fields in lines if fields]


def find(tool: Tool) -> Finding:
    """Looks for a tool and asks for its version: itself, or Debian when it cannot tell."""
    runs = session.find(tool.program)
    if not runs and not (tool.program.startswith("/") and Path(tool.program).exists()):
        return Finding(tool, "")
    if not runs or tool.program in PACKAGE_OF:
        return Finding(tool, package_version(PACKAGE_OF.get(tool.program, tool.package)) or "?")
    printed = output_of(runs, VERSION_OPTION.get(tool.program, "--version"))
    version = VERSION.search(printed)
    return Finding(tool, version.group() if version else "?")


def package_version(package: str) -> str:
    """The version of an installed Debian package, without what Debian adds; "" elsewhere."""
    if not shutil.which("dpkg-query"):
        return ""
    version = VERSION.search(output_of("dpkg-query", "-W", "-f", "${Version}", package))
    return version.group() if version else ""


def output_of(*command: str) -> str:
    """What a command prints, on either stream."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace",
                          check=False).stdout


def line_of(finding: Finding, needed: bool) -> list[str]:
    """The cells of a finding in the table."""
    tool = finding.tool
    if finding.missing:
        verdict = "MISSING" if needed else "missing"
    elif finding.version == "?":
        verdict = "yes"
    else:
        verdict = "yes" if finding.tried else f"untried (tried: {tool.tried})"
    mend = f"{INSTALL} {tool.package}" if finding.missing else ""
    return [tool.package, finding.version, verdict, tool.purpose, mend]


def print_table(rows: list[list[str]]) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def needed_groups(word: str) -> tuple[str, ...]:
    """A group and those that it contains."""
    return GROUPS[:GROUPS.index(word) + 1]


def main() -> int:
    """Print the table and the summary."""
    default = "kit" if (TOOLS.parent / "stages").is_dir() else "lab"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("group", nargs="?", choices=GROUPS, default=default,
                        help="run: to build and boot; lab: to do the labs; kit: to test the kit")
    needed = needed_groups(parser.parse_args().group)

    findings = [find(tool) for tool in read_list(LIST.read_text())]
    print_table([["package", "version", "tried", "what for", "mended by"]]
                + [line_of(finding, finding.tool.group in needed) for finding in findings])
    missing = [finding.tool.package for finding in findings
               if finding.missing and finding.tool.group in needed]
    if missing:
        print(f"doctor: missing: {' '.join(missing)}; tools/setup installs all of them",
              file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
