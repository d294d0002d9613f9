"""gdb's commands for MicroK: `help microk` lists them. `make debug` loads this file.

Each file in commands/ adds its own; what a tree has no file for, it has no command for.
"""

import importlib
import sys
from pathlib import Path

import gdb

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent)]


class MicroK(gdb.Command):
    """What MicroK is doing, by its own data structures.

microk SUBCOMMAND looks into the stopped machine and changes nothing."""

    def __init__(self) -> None:
        super().__init__("microk", gdb.COMMAND_STATUS, prefix=True)


def leave(_event: object) -> None:
    """Leaves the machine stopped when gdb ends: a detached one would run on and print."""
    try:
        gdb.execute("disconnect", to_string=True)
    except gdb.error:
        pass    # it has ended already


MicroK()
gdb.events.gdb_exiting.connect(leave)
for file in sorted((FOLDER / "commands").glob("[!_]*.py")):
    importlib.import_module(f"commands.{file.stem}")
