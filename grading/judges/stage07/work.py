"""Many operations by several tasks, and a model of them (guest/07-vfs/programs/vfs_work.c)."""

from __future__ import annotations

from typing import Optional, Sequence

from grader.expect import Failure, expect_equal
from grader.program_boot import ProgramBoot
from .disk import Contents, expect_clean
from .model import Entry, File, Worker
from .names import NAMES

PROGRAM = "start"


def judge_work(boot: ProgramBoot, operations: int, workers: int, image: bytes) -> None:
    """Every operation's result; then the disk, as the host sees it."""
    reports = boot.program(PROGRAM)
    models = [Worker(number, reports.seed) for number in range(workers)]
    for model in models:
        _judge_results(model, reports.values(f"w{model.number}"), operations)
    expect_equal("the number that all workers end with", reports.value("ended"), 0)
    expect_equal("what syncfs() gives", reports.value("sync"), 0)
    expect_clean(image, f"after {operations * workers} operations")
    _judge_contents(models, image)


def _judge_results(model: Worker, results: Sequence[object], operations: int) -> None:
    for number in range(operations):
        what, right = model.step()
        if number >= len(results):
            raise Failure(f"task {model.number} did not come to operation {number}: {what}")
        if results[number] != right:
            raise Failure(f"operation {number} of task {model.number} has the wrong result: {what}",
                          expected=_text(right), got=_text(results[number]))


def _text(result: object) -> str:
    return NAMES.get(-result, str(result)) if isinstance(result, int) and result < 0 else \
        str(result)


def _judge_contents(models: Sequence[Worker], image: bytes) -> None:
    got = Contents(image, [f"/w{model.number}" for model in models]).entries
    right: dict[str, Optional[Entry]] = {}
    for model in models:
        right[f"w{model.number}"] = None
        right |= {f"w{model.number}/{path}": entry for path, entry in model.tree().items()}
    for path in sorted(right.keys() | got.keys()):
        if path not in got or path not in right:
            raise Failure(f"the disk {'lacks' if path in right else 'has'} /{path}",
                          expected="what the operations have left", got="as debugfs shows it")
        entry = right[path]
        wanted = bytes(entry.content) if isinstance(entry, File) else entry
        if got[path] != wanted:
            raise Failure(f"/{path} on the disk is not what the operations have left",
                          expected=_what(wanted), got=_what(got[path]),
                          hint=_difference(wanted, got[path]))


def _what(entry: object) -> str:
    return "a directory" if entry is None else f"a file of {len(entry)} bytes" \
        if isinstance(entry, bytes) else f"a link to {entry}"


def _difference(wanted: object, got: object) -> str:
    if not isinstance(wanted, bytes) or not isinstance(got, bytes):
        return ""
    place = next((at for at, pair in enumerate(zip(wanted, got)) if pair[0] != pair[1]),
                 min(len(wanted), len(got)))
    return f"the first byte that differs is at {place}"
