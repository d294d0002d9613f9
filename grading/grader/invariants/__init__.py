"""What has to hold in a stopped machine at any moment, whatever the kernel is doing.

Each file of this folder is one check; a tree has those of its stages. It has a function
violations(snapshot), which returns a sentence for each violation: what is expected, what was found,
and where; and NEEDS, a variable of the kernel without which it has nothing to look at. It may have
a function standing(snapshot): lines that help to see why a kernel hangs.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from ..errors import InfrastructureError
from ..expect import Failure, listed
from ..image.views import has
from ..snapshot import Snapshot

SHOWN = 8


def _checks() -> dict[str, ModuleType]:
    """Every check there is: the file page_tables.py is called "page tables"."""
    return {found.name.replace("_", " "): importlib.import_module(f"{__name__}.{found.name}")
            for found in pkgutil.iter_modules(__path__)}


CHECKS = _checks()


def check_invariants(snapshot: Snapshot, *names: str) -> None:
    """Fails with all violations of the named checks; without names, of all that the kernel is far
    enough for."""
    if unknown := set(names) - set(CHECKS):
        raise InfrastructureError(f"there is no check of {listed(sorted(unknown))}")
    found: list[str] = []
    for name, check in CHECKS.items():
        if name in names or not names and has(snapshot.kernel, check.NEEDS):
            found += check.violations(snapshot)
    if found:
        more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
        raise Failure("the machine is in a state that must not be",
                      around=[*found[:SHOWN], *more])
