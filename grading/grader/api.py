"""Everything that the tests in grading/tests/ use."""

from __future__ import annotations

from .boot import Boot
from .catalogue import test
from .expect import (Failure, expect, expect_equal, expect_line, expect_no_line, listed, shown)
from .image.views import address_of, cast, fields, has, has_field
from .invariants import check_invariants
from .machine.limits import Limits
from .program_boot import ProgramBoot
from .run import Run
from .snapshot import Snapshot
from .splitmix import SplitMix64
from .story import End
from .threads import current_thread, threads_of

__all__ = ["Boot", "End", "Failure", "Limits", "ProgramBoot", "Run", "Snapshot", "SplitMix64",
           "address_of", "cast", "check_invariants", "current_thread", "expect", "expect_equal",
           "expect_line", "expect_no_line", "fields", "has", "has_field", "listed", "shown", "test",
           "threads_of"]
