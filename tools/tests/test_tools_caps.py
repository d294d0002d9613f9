"""gdb's commands where threads are objects made from memory, and `microk caps`."""

import re
import unittest
from pathlib import Path

from built import built, tool
from real_kit import STAGES
from support import run, work_folder

from derivation.graph import graph, ranges
from derivation.slots import Slot
from derivation.tree import Places, Run, Tree

WITH_CAPABILITIES = next((stage for stage in STAGES if "untyped_retype" in stage.message_calls),
                         None)
ANSWER = ("break reply_give if sched.ticks > 20", "continue")
NAMED = r"\w+ \(0x[0-9a-f]+\)"      # a thread and its number
# A caller and who is about to answer it wait for each other.
CIRCLE = ("set var server->state = THREAD_ANSWERING", "set var server->reply = &caller->caller")
NODE = re.compile(r'(?m)^ +s[0-9a-f]+ \[label="(?:[^"\n]*?: )?(?:(\d+) × )?(\w+)')


@unittest.skipUnless(WITH_CAPABILITIES, "needs capabilities")
class Live(unittest.TestCase):
    expected_seconds = 15

    def shown(self, *commands: str) -> str:
        """What gdb prints while these commands run."""
        done = tool(built(WITH_CAPABILITIES), "run.py", "debug", "--batch", *commands)
        self.assertNotRegex(done.stdout + done.stderr, "Python Exception|Traceback")
        return done.stdout + done.stderr

    def at_answer(self, *commands: str) -> str:
        """The same, where a task is about to be answered."""
        return self.shown(*ANSWER, *commands).split("Breakpoint 1, ")[1]

    def test_before_there_are_any(self) -> None:
        shown = self.shown("break sched_init", "continue", "microk threads", "microk caps",
                           "microk caps init", "microk caps --graph")
        self.assertIn("there are no threads yet", shown)
        self.assertIn("microk caps: there are no threads yet", shown)
        self.assertIn("microk caps: there is no thread 'init'", shown)
        self.assertIn("microk caps: expected --graph and the name of a file", shown)

    def test_threads_and_queues(self) -> None:
        shown = self.at_answer("microk threads", "microk queues", "microk registers init",
                               "microk registers 0x0")
        self.assertRegex(shown, r"\n\* +0x[0-9a-f]+  \w+ +RUNNING ")
        self.assertRegex(shown, r"\n  0x[0-9a-f]+  idle +READY .* idle_program ")
        self.assertEqual(len(re.findall(r"\n[* ] +0x[0-9a-f]+  init +[A-Z]+ ", shown)), 1)
        self.assertRegex(shown, r"\nready\[\d+\]: ")
        self.assertRegex(shown, r"\nthread init \(0x[0-9a-f]+\), saved at 0xffff8000")
        self.assertIn("there are no saved registers named '0x0'", shown)
        self.assertNotIn("BROKEN", shown)

    def test_waits(self) -> None:
        shown = self.at_answer("microk waits", *CIRCLE, "microk waits")
        plain, circle = shown.split("\ntick ")[1:]
        self.assertRegex(plain, rf"\n  names \(.*\) +RECEIVING +for a message|"
                                rf"\n  {NAMED} +ANSWERING +for (?:names|init)")
        self.assertRegex(plain, rf"\n  {NAMED} +ANSWERING +for {NAMED} to answer")
        self.assertNotIn("DEADLOCK", plain)
        self.assertRegex(circle, rf"\nDEADLOCK: ({NAMED}) -> ({NAMED}) -> \1\n")

    def test_a_list(self) -> None:
        shown = self.at_answer("microk caps", "microk caps init", "microk caps nobody")
        own, init = shown.split("\n    slot  kind ")[1:]
        self.assertRegex(own, rf"\n  cspace  CNode +of {NAMED}, \d+ slots\n")
        self.assertRegex(own, rf"\n   space  space +of {NAMED}\n")
        self.assertRegex(init, r"\n       4  CNode +of init \(0x[0-9a-f]+\), 4096 slots\n")
        self.assertRegex(init, r"\n       6  thread +init \(0x[0-9a-f]+\)\n")
        self.assertRegex(init, r"\n      10  frame +rw-  +device's memory 0xb8000, 32 KB\n")
        self.assertRegex(init, r"\n      32  untyped +0x[0-9a-f]+, \d+ [KM]B, .* free\n")
        self.assertRegex(init, r"\n +\d+  endpoint +s[r-]g ")
        self.assertIn("microk caps: there is no thread 'nobody'", shown)

    def test_a_picture(self) -> None:
        file = work_folder("caps") / "caps.dot"
        shown = self.at_answer(f"microk caps --graph {file}", "microk caps --graph /nowhere/caps")
        count, spaces = map(int, re.search(r"(\d+) capabilities in (\d+) capability spaces",
                                           shown).groups())
        self.assertIn("microk caps: /nowhere/caps: No such file or directory", shown)
        text = file.read_text(encoding="utf-8")
        drawn = [(int(number or 1), kind) for number, kind in NODE.findall(text)]
        self.assertEqual(sum(number for number, kind in drawn if kind != "reply"), count)
        self.assertIn(("reply"), [kind for _, kind in drawn])
        self.assertGreaterEqual(text.count("subgraph"), spaces)
        done = run("dot", "-Tsvg", file, "-o", file.with_suffix(".svg"))
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_a_broken_tree(self) -> None:
        file = work_folder("caps") / "caps.dot"
        shown = self.at_answer("set var cap_origin.child->previous = cap_origin.child",
                               f"microk caps --graph {file}")
        self.assertRegex(shown, "BROKEN: slot .*: expected the slot before it to be 0x0, got "
                                "0xffff")


def slot(address: int, parent: int, allows: int = 0x1000, child: int = 0) -> Slot:
    """A slot of which a picture shows something: a frame, if nothing else."""
    return Slot(address, allows, 1, 0, 0x5000, parent, child, 0, 0, 0)


class Pictures(unittest.TestCase):
    """The text of a picture, of trees that are made up."""

    def lines(self, slots: list[Slot], name: str = "init") -> list[str]:
        tree = Tree(0x10, {each.address: each for each in slots})
        places = Places([Run(0x1000, 64, name, True), Run(0x8000, 4, "others", False)])
        return list(graph(tree, [], places, lambda each: f"at {each.thing:#x}"))

    def test_alike_ones_are_one(self) -> None:
        slots = [slot(0x1000 + 64 * number, 0x10) for number in (1, 2, 3, 9)]
        text = "\n".join(self.lines(slots))
        self.assertIn('[label="1-3, 9: 4 × frame r--", shape=box', text)
        self.assertEqual(text.count(" -> "), 1)

    def test_what_differs_is_not(self) -> None:
        slots = [slot(0x1000 + 64 * number, 0x10) for number in range(1, 5)]
        for other in (slot(0x1040, 0x10, allows=0x3000), slot(0x1040, 0x1080),
                      slot(0x8040, 0x10)):
            self.assertNotIn("×", "\n".join(self.lines([other, *slots[1:]])))

    def test_a_parent_stays(self) -> None:
        slots = [slot(0x1000 + 64 * number, 0x10) for number in range(1, 6)]
        slots[0] = slot(0x1040, 0x10, child=0x8040)
        text = "\n".join(self.lines([*slots, slot(0x8040, 0x1040)]))
        self.assertIn("    s1040 -> s8040;", text)
        self.assertIn("2-5: 4 × frame", text)

    def test_strange_names(self) -> None:
        text = "\n".join(self.lines([slot(0x1040, 0x10)], 'a"b\\ <c>' + "x" * 50))
        self.assertIn(r'label="a\"b\\ <c>xxx', text)
        self.assertIn('..."; style', text)
        done = run("dot", "-Tsvg", self.written(text))
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def written(self, text: str) -> Path:
        """A file with a text."""
        file = work_folder("picture") / "picture.dot"
        file.write_text(text, encoding="utf-8")
        return file

    def test_numbers(self) -> None:
        self.assertEqual(ranges((1, 2, 3, 9)), "1-3, 9")
        self.assertEqual(ranges((1, 3, 5, 7, 9)), "1, 3, 5, ...")


if __name__ == "__main__":
    unittest.main()
