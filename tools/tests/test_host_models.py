"""The kernel's core on the host, compared with reference models; and the models, with mistakes.

The mistakes are those of the course's wrong solutions, and some in functions that are no exercise.
"""

import os
import subprocess
import unittest
from functools import lru_cache
from pathlib import Path

from mutation import Mutation, Teeth
from real_kit import STAGES, tree_of
from support import ROOT, run, table, work_folder

from stagetool import export, wrong
from stagetool.manifest import Stage
from stagetool.tree import SOLVED

HARNESS = ROOT / "tools" / "hosttest"
COMPILERS = ("gcc", "clang")
SEEDS = os.environ.get("HOSTTEST_SEEDS", "1 2 3")
LEAST_MUTANTS = 12      # of stage 05's kernel, and of the newest one

# The suites for tasks, their memory and IPC are about stage 05's kernel; what has changed since has
# suites of its own, for the newest one.
STAGE_OF = dict.fromkeys(("pages", "system", "elf", "map", "frames"), 5)

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
    "06-capabilities": {
        "derivation--last-child": "derivation",
        "derivation--previous-not-set": "derivation",
        "lookup--wrong-kind-lacks-rights": "derivation",
        "mint--badge-overwritten": "derivation",
        "mint--part-beyond-the-frame": "derivation",
        "mint--rights-added": "derivation",
        "retype--not-aligned": "derivation",
        "revoke--cnodes-never-emptied": "derivation",
        "revoke--grandchildren-spared": "derivation",
        "revoke--siblings-too": "derivation",
        "transfer--receiver-withholds": "derivation",
        "transfer--sender-loses-its-own": "derivation",
        "transfer--withheld-ignored": "derivation",
    },
}


# Of functions that are no exercise, with the suites that have to find them.
MUTATIONS = [
    Mutation("unmap leaves the TLB alone", "pages", "kernel/arch/x86_64/page_table.c",
             "    *entry = 0;\n    forget(root, address);", "    *entry = 0;"),
    Mutation("a space's end leaves its tables", "pages", "kernel/arch/x86_64/page_destroy.c",
             "    page_table_give(table);\n}",
             "    if (level != 1) {\n"
             "        page_table_give(table);\n    }\n}"),
    Mutation("sharing adds rights", "pages", "kernel/mm/space.c",
             "    if ((has & rights) != rights) {\n        return ERROR_NO_RIGHT;\n    }\n", ""),
    Mutation("a shared frame is not counted", "pages", "kernel/mm/space.c",
             "    if (!frame_uses_add(frame)) {\n        return ERROR_BUSY;\n    }\n", ""),
    Mutation("the second half of a share stays", "pages", "kernel/mm/space.c",
             "to->address, i});", "to->address, i / 2});"),
    Mutation("a slot's copy is not counted", "system", "kernel/ipc/slot_table.c",
             "    count(&content, 1);\n", ""),
    Mutation("a saved caller forgets where", "system", "kernel/syscall/reply_save.c",
             "        from->caller->reply = &sched.current->slots[to];\n", ""),
    Mutation("a segment's end is not compared", "elf", "kernel/abi/elf.h",
             " && segment->file_size <= size - segment->offset", ""),
    Mutation("a killed task's timeout runs on", "system", "kernel/syscall/task_kill.c",
             "    timeout_stop(thread);\n", ""),
    Mutation("a killed joiner is woken", "system", "kernel/syscall/task_kill.c",
             "            threads[i].joiner = NULL;\n", ""),
    Mutation("senders are not told that nobody receives", "system", "kernel/ipc/slot_table.c",
             "        while (endpoint_close(old.endpoint)) {\n        }\n", ""),
    Mutation("a line keeps its notification", "derivation", "kernel/object/irq.c",
             "        if (!cap_clear(&bound[line])) {\n            return false;\n        }\n", ""),
    Mutation("a CNode's slots stay when it goes", "derivation", "kernel/cap/delete.c",
             "    if (cnode->cursor < cnode->count) {",
             "    if (cnode->cursor + 1 < cnode->count) {"),
    Mutation("a CNode's memory is free before it is empty", "derivation", "kernel/cap/delete.c",
             "    tree_move(&cnode->self, last);\n",
             "    tree_remove(last);\n"
             "    *last = (struct slot){0};\n"),
    Mutation("a deleted capability's children go with it", "derivation", "kernel/cap/delete.c",
             "        tree_adopt(slot->child, slot->parent);\n        return false;\n",
             "        cap_clear(slot->child);\n        return false;\n"),
    Mutation("a thread keeps a part that is taken away", "derivation", "kernel/object/object.c",
             "        thread_lose(thread);\n", ""),
    Mutation("a closed endpoint's receivers wait on", "derivation", "kernel/ipc/endpoint.c",
             "sender != NULL ? sender : endpoint->receivers.first", "sender"),
    Mutation("an untyped that begins anew is not cleared", "derivation", "kernel/object/untyped.c",
             "        untyped->pages = 0;\n", ""),
    Mutation("a new address space has an old serial number", "derivation", "kernel/object/space.c",
             "++spaces_made << SERIAL_FRAME_BITS", "spaces_made << SERIAL_FRAME_BITS"),
    Mutation("a copy of a frame is mapped where the first one is", "derivation",
             "kernel/cap/derive.c",
             "    to->extra = 0;\n    if (content.allows & SLOT_FRAME) {\n"
             "        to->badge = 0;\n    }\n",
             ""),
    Mutation("a frame that did not fit stays in part", "derivation", "kernel/object/frame.c",
             "            unmap_pages(space, address, i);\n", ""),
    Mutation("a thread's end leaves its parts", "derivation", "kernel/object/thread.c",
             "    cap_clear(&thread->space);\n", ""),
    Mutation("a stopped sleeper's time runs on", "levels", "kernel/object/thread.c",
             "    timeout_stop(thread); /* it may sleep */\n", ""),
    Mutation("a sleep ends like a wait in vain", "levels", "kernel/ipc/sleep_wake_due.c",
             "has_slept ? ERROR_NONE : ERROR_TIMEOUT", "has_slept ? ERROR_TIMEOUT : ERROR_TIMEOUT"),
    Mutation("who waits for an answer does not raise", "levels", "kernel/task/sched.c",
             "        if (thread->caller.allows != SLOT_REPLY) {\n            break;\n        }\n",
             "        break;\n"),
    Mutation("who lines up does not raise", "levels", "kernel/ipc/priority.c",
             "            server->inherited = level;\n", ""),
    Mutation("a loan is not handed on", "levels", "kernel/ipc/priority.c",
             "        thread = server;\n", "        break;\n"),
    Mutation("a server has the first sender's level", "levels", "kernel/ipc/priority.c",
             "        highest = level > highest ? level : highest;\n    }\n    return highest;\n"
             "}\n\n/** An endpoint's server",
             "        return level;\n    }\n    return highest;\n}\n\n/** An endpoint's server"),
    Mutation("who receives does not serve", "levels", "kernel/ipc/message.c",
             "        priority_serve(sched.current, slot->endpoint);\n", ""),
    Mutation("a new level is not lent", "levels", "kernel/ipc/priority.c",
             "    sched_reorder(thread);\n    lend(thread);\n", "    sched_reorder(thread);\n"),
    Mutation("who is preempted goes to the end", "levels", "kernel/task/sched.c",
             "        make_ready(sched.current, true);\n",
             "        make_ready(sched.current, false);\n"),
    Mutation("a quantum has no end", "levels", "kernel/task/sched.c",
             "    return highest_ready() >= (int)", "    return highest_ready() > (int)"),
    Mutation("a signal does not preempt", "levels", "kernel/syscall/notification_signal.c",
             "        sched_preempt();\n", ""),
]


@lru_cache(maxsize=None)
def work_place() -> Path:
    return work_folder("host-models")


def stage_for(suite: str) -> Stage:
    """The stage whose kernel a suite is about."""
    number = STAGE_OF.get(suite, STAGES[-1].number)
    return next(stage for stage in STAGES if stage.number == number)


def fresh_tree(stage: Stage) -> Path:
    """A stage's tree, the same as in the kit."""
    tree = work_place() / stage.name
    if tree.exists():
        export.sync(tree_of(stage, SOLVED), tree)
    else:
        export.export(tree_of(stage, SOLVED), tree)
    return tree


def build_and_run(compiler: str, stage: Stage, *words: str) -> subprocess.CompletedProcess[str]:
    """Builds what has changed, and runs it."""
    return run("make", "-s", "-C", HARNESS, f"TREE={work_place() / stage.name}",
               f"OUT={work_place() / f'{compiler}-{stage.name}'}", f"CC={compiler}",
               f"SEEDS={SEEDS}", "run", *words, limit=3600)


class HostModels(Teeth, unittest.TestCase):
    """The kernel does what the models say, and mistakes in it are found: the models have teeth.

    One class, so that one process builds it all.
    """

    expected_seconds = 60
    mutations = MUTATIONS

    def test_the_kernel_agrees_with_the_models(self) -> None:
        for stage in map(stage_for, ("system", "levels")):
            fresh_tree(stage)
            for compiler in COMPILERS:
                with self.subTest(compiler, stage=stage.name):
                    done = build_and_run(compiler, stage)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_wrong_solutions_are_found(self) -> None:
        for stage, mistakes in WRONG.items():
            for name, suite in mistakes.items():
                path = ROOT / "solutions" / stage / "wrong" / f"{name}.c"
                with self.subTest(name):
                    wrong.splice(wrong.load_wrong(path), fresh_tree(stage_for(suite)))
                    self.expect_failure(name, suite)

    def test_there_are_enough(self) -> None:
        found = [mutation.finder for mutation in MUTATIONS]
        found += [suite for mistakes in WRONG.values() for suite in mistakes.values()]
        old = sum(suite in STAGE_OF for suite in found)
        self.assertGreaterEqual(min(old, len(found) - old), LEAST_MUTANTS)

    def expect_found(self, mutation: Mutation[str]) -> None:
        with mutation.made(fresh_tree(stage_for(mutation.finder))):
            self.expect_failure(mutation.name, mutation.finder)

    def expect_failure(self, name: str, suite: str) -> None:
        done = build_and_run("gcc", stage_for(suite), f"SUITE={suite}", "MORE=-w")
        self.assertIn(f"FAILED: suite {suite}, seed", done.stderr,
                      f"{name} was not found:\n{done.stdout}{done.stderr}")
        says = next(iter(done.stderr.splitlines()), "")
        table("mutants of the kernel's core", [{"mutant": name, "suite": suite, "says": says[:70]}])


if __name__ == "__main__":
    unittest.main()
