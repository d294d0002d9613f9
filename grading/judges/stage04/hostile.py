"""Tasks that make calls at random (guest/04-ipc/programs/hostile.h): what has to be so whatever
they do."""

from __future__ import annotations

from grader.expect import Failure, expect, expect_equal
from grader.program_boot import ProgramBoot

PROGRAMS = ("hostile", "hostile_a", "hostile_b", "hostile_c", "hostile_echo")
TASKS = PROGRAMS[1:4]
ERROR_NUMBERS = 16          # kernel/abi/error.h: 0 to 15
# What so many calls cannot but meet: none, invalid argument, unknown call, bad address, timeout,
# bad slot, no right, no caller.
LEAST_ERRORS = (0, 1, 7, 8, 11, 13, 14, 15)
JOINED = 4                  # the tasks and the server


def judge_errors(boot: ProgramBoot) -> None:
    """Every call has an answer of the list, and the set-up and the ends went well."""
    expect(not any(boot.values("set-up")), "the set-up of the hostile tasks failed",
           expected="no error", got=str(boot.values("set-up")))
    expect_equal("what task_join() returned for the hostile tasks", boot.values("joined"),
                 [0] * JOINED)
    expect_equal("the statuses of the hostile tasks", boot.values("status"), [0] * JOINED)
    totals = [sum(map(int, counts)) for counts in
              zip(*(boot.program(name).values("errors") for name in TASKS))]
    for number, count in enumerate(totals):
        if number >= ERROR_NUMBERS and count:
            raise Failure("a call returned what is no error",
                          expected=f"0 to {ERROR_NUMBERS - 1}, see abi/error.h",
                          got=f"{number} or more, {count} times")
    missing = [number for number in LEAST_ERRORS if not totals[number]]
    expect(not missing, "hostile calls were not refused as they should have been",
           expected="each of these errors at least once: "
                    + ", ".join(map(str, LEAST_ERRORS)), got=f"never {missing}")
