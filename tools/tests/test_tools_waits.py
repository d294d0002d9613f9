"""`microk waits`: who waits for whom, looked at where two tasks call each other."""

import unittest

from built import built, tool
from real_kit import STAGES

WITH_MESSAGES = next((stage for stage in STAGES if stage.message_calls), None)
CUT = ("break wait_cancel if thread->state == THREAD_CALLING", "continue")

# Task "names", the second one, may receive where the thread at the breakpoint waits to send.
MAY_RECEIVE = ("set var threads[2].slots[60].allows = SLOT_ENDPOINT_RECEIVE",
               "set var threads[2].slots[60].endpoint = (struct endpoint *)"
               "((char *)thread->queue - (long)&((struct endpoint *)0)->senders)")


@unittest.skipUnless(WITH_MESSAGES, "needs messages")
class Waits(unittest.TestCase):
    expected_seconds = 10

    def shown(self, *commands: str) -> str:
        """What gdb prints while these commands run."""
        done = tool(built(WITH_MESSAGES), "run.py", "debug", "--batch", *commands)
        self.assertNotIn("Python Exception", done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_the_deadlock_of_the_demonstration(self) -> None:
        shown = self.shown(*CUT, "microk waits").split("Breakpoint 1, ")[1]
        self.assertRegex(shown, r"\n  init \(\d+\) +JOINING +for deadlock \(\d+\) to end\n")
        self.assertRegex(shown, r"\n  echo \(\d+\) +RECEIVING +for a message\n")
        self.assertRegex(shown, r"\n  deadlock \((\d+)\) +CALLING +for deadlock_2 \((\d+)\) to "
                                r"receive, until tick (\d+)\n"
                                r"  deadlock_2 \(\2\) +CALLING +for deadlock \(\1\) to receive\n"
                                r"DEADLOCK: deadlock \(\1\) -> deadlock_2 \(\2\) -> "
                                r"deadlock \(\1\)\n"
                                r"  the timeout of deadlock \(\1\) cuts it at tick \3\n")
        self.assertEqual(shown.count("DEADLOCK"), 1)

    def test_one_without_an_end(self) -> None:
        shown = self.shown(*CUT, "set var thread->deadline = 0", "microk waits")
        self.assertRegex(shown, r"DEADLOCK: .*\n  no timeout will cut it\n")

    def test_another_receiver_is_a_way_out(self) -> None:
        shown = self.shown(*CUT, *MAY_RECEIVE, "microk waits")
        self.assertRegex(shown, r"deadlock \(\d+\) +CALLING +for names \(\d+\) or "
                                r"deadlock_2 \(\d+\) to receive, ")
        self.assertNotIn("DEADLOCK", shown)

    def test_a_wait_that_nobody_can_end(self) -> None:
        shown = self.shown(*CUT, "set var thread->state = THREAD_SENDING",
                           "set var thread->queue = 0", "microk waits")
        self.assertRegex(shown, r"deadlock \(\d+\) +SENDING +for somebody to receive, and nobody "
                                r"can, until tick \d+\n")
        self.assertNotIn("DEADLOCK", shown)

    def test_an_answer_is_waited_for(self) -> None:
        shown = self.shown("microk waits", "break reply_give", "continue", "microk waits")
        early, late = shown.split("Breakpoint 1, reply_give")
        self.assertRegex(early, r"tick 0\n|kernel's page tables may not be in force yet")
        self.assertRegex(late, r"\n  \w+ \(\d+\) +ANSWERING +for names \(\d+\) to answer\b")
        self.assertNotIn("DEADLOCK", late)


if __name__ == "__main__":
    unittest.main()
