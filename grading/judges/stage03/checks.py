"""Which memory a program may access (guest/03-syscalls/user_check.c)."""

from __future__ import annotations

from typing import Optional

from grader.expect import Failure
from grader.image.views import Struct
from grader.machine.paging import PAGE
from grader.snapshot import Snapshot
from judges.stage02.history import finished

ROUNDS = 1500               # in guest/03-syscalls/user_check.c
START, END = 0x1000, 0x7FFF_FFFF_F000       # MEMORY_START, MEMORY_END
UNMAPPED = 0x100            # RIGHTS_NONE
READ, WRITE = 1, 2
ERRORS = {0: "ERROR_NONE", 8: "ERROR_BAD_ADDRESS"}
OF_A_PAGE, SLACK = 4, 8     # look-ups that may be made of each page, and besides


class Pages:
    """The pages that are mapped, and their rights."""

    def __init__(self, areas: dict[int, list[int]]) -> None:
        self._areas = areas

    def rights(self, page: int) -> int:
        """What a page allows; 0 where none is mapped."""
        for start, rights in self._areas.items():
            number = (page - start) // PAGE
            if 0 <= number < len(rights):
                return 0 if rights[number] == UNMAPPED else rights[number]
        return 0

    def refusal(self, address: int, size: int, rights: int) -> Optional[str]:
        """Why a piece of memory may not be accessed so; None if it may."""
        if size == 0:
            return None
        if address < START or address + size > END:
            return f"it is not all between MEMORY_START ({START:#x}) and MEMORY_END ({END:#x})"
        for page in range(address - address % PAGE, address + size, PAGE):
            if rights & ~self.rights(page):
                found = self.rights(page)
                return f"its page {page:#x} is " + ("not mapped" if not found else
                                                    "mapped without the right to write")
        return None

    def pages_until(self, address: int, size: int, rights: int) -> int:
        """How many pages have to be looked up before it is certain."""
        if size == 0 or address < START or address + size > END:
            return 0
        for count, page in enumerate(range(address - address % PAGE, address + size, PAGE), 1):
            if rights & ~self.rights(page):
                return count
        return (address % PAGE + size + PAGE - 1) // PAGE


def judge_checks(snapshot: Snapshot) -> str:
    """Each verdict against the model's; see history.Judge."""
    kernel = snapshot.kernel
    areas = kernel.guest_areas
    pages = Pages({areas[i].start: [int(rights) for rights in areas[i].rights]
                   for i in range(len(areas))})
    for number, made in enumerate(kernel.guest_check_rounds):
        access = "write to" if made.rights & WRITE else "read"
        what = f"user_check({made.address:#x}, {made.size:#x}, to {access}), call {number + 1}"
        if not made.finished:
            return f"{what}," if made.begun else ""
        _judge_check(what, made, pages)
    return ""


def checks_made(snapshot: Snapshot) -> int:
    """The calls that came to an end."""
    return finished(snapshot.kernel.guest_check_rounds)


def _judge_check(what: str, made: Struct, pages: Pages) -> None:
    refusal = pages.refusal(made.address, made.size, made.rights)
    error = 8 if refusal else 0
    if made.error != error:
        why = refusal or ("no byte is touched" if made.size == 0 else
                          "each page of it is mapped with the rights")
        verdict = "refused memory that may be accessed" if not refusal else \
            "allowed memory that may not be accessed" if made.error == 0 else "has the wrong error"
        raise Failure(f"{what}: {verdict}", expected=f"{ERRORS[error]}: {why}",
                      got=ERRORS.get(made.error, f"error {made.error}"))
    most = OF_A_PAGE * pages.pages_until(made.address, made.size, made.rights) + SLACK
    if made.lookups > most:
        raise Failure(f"{what}: goes on looking when its verdict is certain",
                      expected=f"at most {most} look-ups", got=str(made.lookups))
