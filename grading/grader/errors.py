"""Who is to blame when something goes wrong: the machinery, or the kernel that is graded."""

from __future__ import annotations

import traceback
from pathlib import Path


class InfrastructureError(Exception):
    """Something that the grader needs is missing or broken; the message is one clear line.
    It must never look like a student's failure."""


class MachineLost(InfrastructureError):
    """QEMU ended, or no longer answers."""


class KernelMismatch(Exception):
    """The graded kernel lacks something that the grader looks for by name; a sentence."""


class BadAddress(KernelMismatch):
    """No memory (or, for virtual addresses, no mapping) at an address; a sentence."""


LONGEST = 300       # characters of an exception's text: a hostile kernel may have a say in it


def told(error: BaseException) -> str:
    """One line about an exception that nobody expected, and where it was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    text = " ".join(str(error)[:LONGEST].split())
    return (f"{type(error).__name__}: {text} "
            f"({Path(frame.filename).name}:{frame.lineno}, {frame.name})")


def broken(error: BaseException) -> str:
    """One line about a mistake in the grader's own code."""
    return f"the grader itself broke: {told(error)}"
