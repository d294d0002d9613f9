"""The kernel's core on the host, compared with reference models; and the models, with mistakes.

The mistakes are those of the course's wrong solutions, and some in functions that are no exercise.
"""

import os
import subprocess
import unittest
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from real_kit import STAGES, tree_of
from support import ROOT, run, table, work_folder

from stagetool import export, wrong
from stagetool.tree import SOLVED

HARNESS = ROOT / "tools" / "hosttest"
COMPILERS = ("gcc", "clang")
SEEDS = os.environ.get("HOSTTEST_SEEDS", "1 2 3")
LEAST_MUTANTS = 10

# Wrong solutions by stage, and the suite that has to find each.
WRONG = {
    "02-tasks": {
        "frame-release--double-free-accepted": "frames",
        "frame-take--last-frame-unused": "frames",
        "queue-remove--way-back-broken": "queue",
        "sleep--before-its-equals": "system",
        "wake--one-tick-late": "system",
    },
    "03-syscalls": {
        "elf-segment--last-page-missing": "elf",
        "elf-segment--copies-memory-size": "elf",
        "user-check--only-both-ends": "pages",
    },
    "04-ipc": {
        "notification--bound-not-receiving": "system",
        "receive--caller-timeout-stopped": "system",
        "reply--badge-kept": "system",
        "send--closed-ignored": "system",
        "timeout--before-its-equals": "system",
        "wait-finish--reply-left": "system",
    },
}


@dataclass(frozen=True)
class Edit:
    """A mistake that is made by replacing one piece of a file."""

    name: str
    suite: str
    file: str
    right: str
    wrong: str


EDITS = [
    Edit("unmap leaves the TLB alone", "pages", "kernel/arch/x86_64/page_table.c",
         "    *entry = 0;\n    forget(root, address);", "    *entry = 0;"),
    Edit("a space's end leaves its tables", "pages", "kernel/arch/x86_64/page_destroy.c",
         "    page_table_give(table);\n}", "    if (level != 1) {\n"
         "        page_table_give(table);\n    }\n}"),
    Edit("sharing adds rights", "pages", "kernel/mm/space.c",
         "    if ((has & rights) != rights) {\n        return ERROR_NO_RIGHT;\n    }\n", ""),
    Edit("a shared frame is not counted", "pages", "kernel/mm/space.c",
         "    if (!frame_uses_add(frame)) {\n        return ERROR_BUSY;\n    }\n", ""),
    Edit("the second half of a share stays", "pages", "kernel/mm/space.c",
         "to->address, i});", "to->address, i / 2});"),
    Edit("a slot's copy is not counted", "system", "kernel/ipc/slots.c",
         "    count(&content, 1);\n", ""),
    Edit("a saved caller forgets where", "system", "kernel/syscall/reply_save.c",
         "        from->caller->reply = &sched.current->slots[to];\n", ""),
    Edit("a segment's end is not compared", "elf", "kernel/abi/elf.h",
         " && segment->file_size <= size - segment->offset", ""),
    Edit("a killed task's timeout runs on", "system", "kernel/syscall/task_kill.c",
         "    timeout_stop(thread);\n", ""),
    Edit("a killed joiner is woken", "system", "kernel/syscall/task_kill.c",
         "            threads[i].joiner = NULL;\n", ""),
    Edit("senders are not told that nobody receives", "system", "kernel/ipc/slots.c",
         "        endpoint_close(old.endpoint);\n", ""),
]


@lru_cache(maxsize=None)
def work_place() -> Path:
    return work_folder("host-models")


def fresh_tree() -> Path:
    """The newest stage's tree, the same as in the kit."""
    tree = work_place() / "tree"
    if tree.exists():
        export.sync(tree_of(STAGES[-1], SOLVED), tree)
    else:
        export.export(tree_of(STAGES[-1], SOLVED), tree)
    return tree


def build_and_run(compiler: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Builds what has changed, and runs it."""
    return run("make", "-s", "-C", HARNESS, f"TREE={work_place() / 'tree'}",
               f"OUT={work_place() / compiler}", f"CC={compiler}", f"SEEDS={SEEDS}", "run", *words,
               limit=3600)


class HostModels(unittest.TestCase):
    """The kernel does what the models say, and mistakes in it are found: the models have teeth.

    One class, so that one process builds it all.
    """

    expected_seconds = 25

    def test_the_kernel_agrees_with_the_models(self) -> None:
        fresh_tree()
        for compiler in COMPILERS:
            with self.subTest(compiler):
                done = build_and_run(compiler)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_wrong_solutions_are_found(self) -> None:
        for stage, mistakes in WRONG.items():
            for name, suite in mistakes.items():
                path = ROOT / "solutions" / stage / "wrong" / f"{name}.c"
                with self.subTest(name):
                    wrong.splice(wrong.load_wrong(path), fresh_tree())
                    self.expect_found(name, suite)

    def test_other_mistakes_are_found(self) -> None:
        for edit in EDITS:
            with self.subTest(edit.name):
                file = fresh_tree() / edit.file
                text = file.read_text(encoding="utf-8")
                self.assertEqual(text.count(edit.right), 1, f"{edit.file} has changed")
                file.write_text(text.replace(edit.right, edit.wrong), encoding="utf-8")
                self.expect_found(edit.name, edit.suite)

    def test_there_are_enough(self) -> None:
        count = len(EDITS) + sum(len(mistakes) for mistakes in WRONG.values())
        self.assertGreaterEqual(count, LEAST_MUTANTS)

    def expect_found(self, name: str, suite: str) -> None:
        done = build_and_run("gcc", f"SUITE={suite}")
        self.assertIn(f"FAILED: suite {suite}, seed", done.stderr,
                      f"{name} was not found:\n{done.stdout}")
        says = next(iter(done.stderr.splitlines()), "")
        table("mutants of the kernel's core", [{"mutant": name, "suite": suite, "says": says[:70]}])


if __name__ == "__main__":
    unittest.main()
