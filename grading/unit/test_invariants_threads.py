"""The checks of stage 02 against nonsense: whatever stands in the kernel's memory, they answer in
sentences, and never break."""

from __future__ import annotations

import random
import unittest

from support import SmallMachine
from grader.errors import KernelMismatch
from grader.expect import Failure
from grader.image.views import address_of
from grader.invariants import CHECKS, check_invariants

NONSENSE = (0, 5, 0xFFFF_FFFF, 1 << 47, (1 << 64) - 1)
ROUNDS = 200
JOINING = 4


class Garbage(unittest.TestCase):
    """Words of the scheduler's and the allocator's state overwritten."""

    programs = False    # whether the machine's threads run programs

    def setUp(self) -> None:
        self.machine = SmallMachine(self.programs)
        self.kernel = self.machine.snapshot().kernel

    def places(self) -> list[int]:
        """The address of every word of the state that the checks read."""
        found: list[int] = []
        for view in (self.kernel.sched, self.kernel.frames, self.kernel.memory_free,
                     *self.kernel.threads):
            start = address_of(view)
            found += range(start, start + view._type.size & -8, 8)
        return found

    def test_one_word(self) -> None:
        """Nonsense in one word: each check finds it, or it does not matter to that check."""
        for place in self.places():
            before = self.machine.snapshot().memory.read(place, 8)
            for value in NONSENSE:
                self.machine.poke_address(place, value)
                self.judge(f"{value:#x} at {place:#x}")
            self.machine.poke_address(place, int.from_bytes(before, "little"))
        self.assertEqual(self.violations(), [])

    def test_many_words(self) -> None:
        """Much of it overwritten, as by a context that is restored to the wrong place."""
        numbers = random.Random(2)
        places = self.places()
        for turn in range(ROUNDS):
            machine = self.machine = SmallMachine(self.programs)
            for place in numbers.sample(places, 1 + turn % 20):
                machine.poke_address(place, numbers.choice((*places, numbers.getrandbits(64))))
            self.judge(f"round {turn}")

    def judge(self, what: str) -> None:
        """A verdict, good or bad, of all checks; and where the threads stand."""
        snapshot = self.machine.snapshot()
        for look in (lambda: check_invariants(snapshot, *self.checks()),
                     lambda: CHECKS["threads"].standing(snapshot)):
            try:
                look()
            except (Failure, KernelMismatch):
                pass
            except Exception as error:  # pylint: disable=broad-exception-caught
                raise AssertionError(f"{what}: the checks broke: {error!r}") from error

    def checks(self) -> list[str]:
        """Those that look at threads and memory."""
        return ["queues", "threads", "frames", *(["user mode"] if self.programs else [])]

    def violations(self) -> list[str]:
        """What all checks find now."""
        return [sentence for name in self.checks()
                for sentence in CHECKS[name].violations(self.machine.snapshot())]


class GarbageWithPrograms(Garbage):
    """The same, with threads that run programs, one of them in page tables of its own."""

    programs = True


class Joining(unittest.TestCase):
    """Who waits for whose end."""

    def setUp(self) -> None:
        self.machine = SmallMachine()
        self.threads = self.machine.snapshot().kernel.threads
        sched = self.machine.snapshot().kernel.sched
        # Thread "two" leaves the ready queue, and waits for "one".
        self.machine.poke(self.threads[1], "next", 0)
        self.machine.poke(sched.ready, "last", address_of(self.threads[1]))
        self.machine.poke(self.threads[2], "previous", 0)
        self.machine.poke(self.threads[2], "queue", 0)
        self.machine.poke(self.threads[2], "state", JOINING)
        self.machine.poke(self.threads[1], "joiner", address_of(self.threads[2]))

    def found(self) -> list[str]:
        """What the check of the queues finds."""
        return CHECKS["queues"].violations(self.machine.snapshot())

    def test_in_order(self) -> None:
        self.assertEqual(self.found(), [])

    def test_nobody_will_wake_it(self) -> None:
        self.machine.poke(self.threads[1], "joiner", 0)
        self.assertRegex(self.found()[0], '"two" is THREAD_JOINING: expected 1 threads .*, got 0')

    def test_two_would_wake_it(self) -> None:
        self.machine.poke(self.threads[3], "joiner", address_of(self.threads[2]))
        self.assertRegex(self.found()[0], '"two" is THREAD_JOINING: expected 1 threads .*, got 2')

    def test_still_in_a_queue(self) -> None:
        self.machine.poke(self.threads[2], "queue",
                          address_of(self.machine.snapshot().kernel.sched.sleepers))
        self.assertRegex(self.found()[0], '"two" is in no queue: expected its `queue` to be 0x0')


class Bounds(unittest.TestCase):
    """Sizes that cannot be."""

    def test_more_frames_than_memory(self) -> None:
        machine = SmallMachine()
        machine.poke(machine.snapshot().kernel.frames, "limit", 1 << 60)
        self.assertRegex(CHECKS["frames"].violations(machine.snapshot())[0],
                         "expected limit to be within the machine's memory")

    def test_more_ranges_than_fit(self) -> None:
        machine = SmallMachine()
        machine.poke(machine.snapshot().kernel.memory_free, "count", 1 << 40)
        self.assertRegex(CHECKS["frames"].violations(machine.snapshot())[0],
                         "memory_free: expected at most 4 ranges")


if __name__ == "__main__":
    unittest.main()
