"""The models and judges of stage 04, and the check of messages, against states that are made up."""

from __future__ import annotations

import unittest
from types import SimpleNamespace
from typing import Any

import support  # noqa: F401  (the import paths)
from fake_ipc import FakeKernel, Link
from grader.expect import Failure
from grader.invariants import CHECKS
from grader.splitmix import MASK, SplitMix64
from judges.stage04 import exchange, exercises, scenes
from judges.stage04.world import (ANSWERING, CALLING, FOREVER, READY, READY_QUEUE, RECEIVING,
                                  RUNNING, SENDING, WORDS, Thread, World, compare)


def world(**queues: list[int]) -> World:
    """Four threads; 0 runs. The registers of thread n begin with n * 100."""
    threads = [Thread(RUNNING if number == 0 else "THREAD_JOINING", 0, "NULL", "notification_none",
                      number * 11, ["empty"] * 2,
                      {name: number * 100 + at
                       for at, name in enumerate((*WORDS, "rax", "rdi", "rsi", "rdx"))})
               for number in range(4)]
    names = {"senders": exercises.SENDERS, "receivers": exercises.RECEIVERS,
             "waiters": exercises.WAITERS, "ready": READY_QUEUE}
    lists = {name: list(queues.get(key, [])) for key, name in names.items()}
    made = World(500, threads, lists, [], [0, 0], [None, None])
    for key, state in (("senders", SENDING), ("receivers", RECEIVING)):
        for number in queues.get(key, []):
            made.threads[number].state = state
    return made


def call(*words: int, thread: int = 0, receive_slots: int = 1) -> Any:
    """A round of the test program."""
    endpoint = SimpleNamespace(receive_slots=receive_slots)
    return SimpleNamespace(words=words, thread=thread,
                           before=SimpleNamespace(endpoints=[endpoint]))


class Sending(unittest.TestCase):
    def test_somebody_receives(self) -> None:
        made = world(receivers=[2, 3])
        self.assertEqual(exercises._send(made, call(77, 1, 9)), "ERROR_NONE")
        self.assertEqual(made.queues[exercises.RECEIVERS], [3])
        self.assertEqual((made.threads[2].state, made.threads[0].state), (READY, ANSWERING))
        self.assertEqual(made.threads[2].slots[0], "may answer thread 0")
        self.assertEqual(made.threads[2].registers["rdi"], 77)
        self.assertEqual((made.threads[0].deadline, made.timeouts), (510, [0]))

    def test_nobody_does(self) -> None:
        made = world(senders=[1])
        self.assertEqual(exercises._send(made, call(77, 0, 0)), "ERROR_TIMEOUT")
        self.assertEqual(exercises._send(made, call(77, 0, FOREVER)), "ERROR_NONE")
        self.assertEqual(made.queues[exercises.SENDERS], [1, 0])
        self.assertEqual((made.threads[0].state, made.threads[0].badge), (SENDING, 77))
        self.assertEqual(made.timeouts, [])

    def test_nobody_ever_will(self) -> None:
        refused = call(77, 0, 5, receive_slots=0)
        self.assertEqual(exercises._send(world(), refused), "ERROR_PEER_ENDED")


class Receiving(unittest.TestCase):
    def test_a_caller(self) -> None:
        made = world(senders=[2, 1])
        made.threads[2].state = CALLING
        made.start_timeout(2, 3)
        self.assertEqual(exercises._receive(made, call(0)), "ERROR_NONE")
        self.assertEqual((made.threads[2].state, made.timeouts), (ANSWERING, [2]))
        self.assertEqual(made.threads[0].registers["rdi"], 22)

    def test_signals_come_first(self) -> None:
        made = world(senders=[2])
        made.bits[0], made.bound[0] = 6, 0
        self.assertEqual(exercises._receive(made, call(0)), "ERROR_NONE")
        self.assertEqual((made.bits[0], made.threads[0].registers["rdi"]), (0, 6))
        self.assertEqual(made.queues[exercises.SENDERS], [2])

    def test_nothing(self) -> None:
        made = world()
        self.assertEqual(exercises._receive(made, call(0)), "ERROR_TIMEOUT")
        self.assertEqual(exercises._receive(made, call(4)), "ERROR_NONE")
        self.assertEqual((made.threads[0].state, made.threads[0].deadline), (RECEIVING, 505))


class Timeouts(unittest.TestCase):
    def test_order_and_limits(self) -> None:
        made = world()
        for number, time in ((0, 5), (1, 3), (2, 5), (3, FOREVER - 1)):
            made.start_timeout(number, time)
        self.assertEqual(made.timeouts, [1, 0, 2, 3])
        self.assertEqual([thread.deadline for thread in made.threads], [506, 504, 506, FOREVER])
        made.finish(0)
        self.assertEqual((made.timeouts, made.threads[0].deadline), ([1, 2, 3], 0))


class Signals(unittest.TestCase):
    def test_the_first_waiter(self) -> None:
        made = world(waiters=[3, 2])
        exercises._signal(made, call(0))
        self.assertEqual(made.queues[exercises.WAITERS], [3, 2])
        exercises._signal(made, call(9))
        self.assertEqual((made.queues[exercises.WAITERS], made.bits[0]), ([2], 0))
        self.assertEqual(made.threads[3].registers["rdx"], 9)

    def test_nobody_waits(self) -> None:
        made = world()
        made.bound[0] = 1
        exercises._signal(made, call(9))
        exercises._signal(made, call(6))
        self.assertEqual(made.bits[0], 15)


class Comparing(unittest.TestCase):
    def test_the_first_difference_is_told(self) -> None:
        made = world(receivers=[2])
        facts = dict(made.facts())
        compare("nothing", made, facts, "")
        for name, wrong in (("thread 2's state", READY), ("thread 2's queue", "NULL"),
                            ("thread 1's saved RDI (the badge)", "0x0")):
            with self.assertRaisesRegex(Failure, f"after it, {name.split('(')[0]}"):
                compare("it", made, facts | {name: wrong}, "")


class Exchanges(unittest.TestCase):
    def test_digests_differ(self) -> None:
        digests = {exchange.digest_of(SplitMix64(seed), badge, 5, 8)
                   for seed in (1, 2) for badge in (1, 2)}
        self.assertEqual(len(digests), 4)
        self.assertTrue(all(0 <= digest <= MASK for digest in digests))

    def test_turns(self) -> None:
        exchange.judge_turns([2, 1, 3] * 4, 3, 4)
        for served in ([1, 2, 3, 1, 3, 2], [1, 1, 1, 2, 2, 2], [1, 2, 3]):
            with self.assertRaises(Failure):
                exchange.judge_turns(served, 3, 2)


class Waits(unittest.TestCase):
    def test_times(self) -> None:
        scenes._judge_wait("ipc_recv", 5, scenes.TIMEOUT, 5.9)
        scenes._judge_wait("notification_wait", FOREVER, scenes.NONE, 51.0)
        for asked, error, took in ((5, 11, 4.8), (5, 11, 9.0), (5, 0, 5.5), (0, 11, 4.0),
                                   (FOREVER, 11, 51.0), (FOREVER, 0, 10.0)):
            with self.assertRaises(Failure):
                scenes._judge_wait("ipc_recv", asked, error, took)

    def test_plan(self) -> None:
        plan = scenes._planned(SplitMix64(3))
        self.assertEqual(len(plan), 15)
        self.assertEqual([kind for kind, _ in plan[:6]], [0, 0, 0, 1, 1, 1])


class Ipc(unittest.TestCase):
    """The check of messages: each test breaks one thing in a machine in order."""

    def setUp(self) -> None:
        self.kernel = kernel = FakeKernel()
        kernel.name_endpoint(1, 1, 0, 7)
        kernel.name_endpoint(2, 1, 0, 1)
        kernel.name_endpoint(0, 1, 1, 2)
        kernel.name_notification(1, 2, 0)
        kernel.wait(0, "RECEIVING", kernel.endpoints[1].receivers)
        kernel.wait(2, "CALLING", kernel.endpoints[0].senders)
        kernel.answering(3, 1, 0)
        kernel.timeouts((2, 10), (3, 12))
        kernel.bind(1, 0)

    def violations(self) -> list[str]:
        """What the check finds."""
        return CHECKS["ipc"].violations(self.kernel.snapshot())

    def assert_violation(self, pattern: str) -> None:
        """Something is found, and the pattern is among it."""
        self.assertRegex("\n".join(self.violations()), pattern)

    def test_in_order(self) -> None:
        self.assertEqual(self.violations(), [])

    def test_state_and_queue(self) -> None:
        self.kernel.threads[2].state.name = "THREAD_RECEIVING"
        self.assert_violation('"t2" is THREAD_RECEIVING: expected it in the receivers of one '
                              "object, got senders")
        self.kernel.threads[2].state.name = "THREAD_READY"
        self.assert_violation('"t2" is THREAD_READY: expected it in no queue')

    def test_a_waiting_thread_in_no_queue(self) -> None:
        self.kernel.threads[1].state.name = "THREAD_WAITING"
        self.assert_violation('"t1" is THREAD_WAITING: expected it in the waiters.*got none')

    def test_queue_field(self) -> None:
        self.kernel.threads[2].queue = Link(self.kernel.endpoints[1].senders)
        self.assert_violation('"t2" is in a queue at .*: expected its `queue` to be that')
        self.kernel.threads[3].queue = Link(self.kernel.endpoints[1].senders)
        self.assert_violation('"t3" is THREAD_ANSWERING: expected its `queue` to be NULL')

    def test_links(self) -> None:
        self.kernel.endpoints[0].senders.last = Link(None)
        self.assert_violation("queue endpoint 0.senders: expected `last`")

    def test_both_queues(self) -> None:
        self.kernel.wait(1, "RECEIVING", self.kernel.endpoints[0].receivers)
        self.assert_violation('endpoint 0: expected no thread in one of its queues, got .*"t1"')

    def test_answers(self) -> None:
        self.kernel.threads[0].slots[2] = (0x100, 0, self.kernel.threads[3]._address)
        self.assert_violation('"t3" is THREAD_ANSWERING: expected 1 slots .*, got 2')
        self.kernel.threads[0].slots[2] = (0x100, 0, self.kernel.threads[2]._address)
        self.assert_violation('"t2" is THREAD_CALLING: expected 0 slots .*, got 1')

    def test_the_way_back_of_an_answer(self) -> None:
        self.kernel.threads[3].reply = Link(None, 0x77)
        self.assert_violation('"t3" is THREAD_ANSWERING: expected its `reply`.*got 0x77')

    def test_timeouts(self) -> None:
        self.kernel.timeouts((2, 13), (3, 12))
        self.assert_violation(r'earlier deadlines first, got thread "t3" \(tick 12\) behind tick '
                              "13")
        self.kernel.timeouts((2, 10))
        self.assert_violation('"t3" has the deadline 12: expected it in the list')
        self.kernel.timeouts((2, 10), (3, 12))
        self.kernel.threads[3].deadline = 0
        self.assert_violation('"t3" has the deadline 0: expected it not in the list')
        self.kernel.threads[3].next_deadline = Link(self.kernel.threads[2])
        self.assert_violation("the links go round")

    def test_a_deadline_of_nobody_who_waits(self) -> None:
        self.kernel.timeouts((1, 5), (2, 10), (3, 12))
        self.assert_violation('"t1" is THREAD_READY: expected it to have no deadline')

    def test_sleepers_have_a_queue_of_their_own_or_a_timeout(self) -> None:
        self.kernel.timeouts((1, 5), (2, 10), (3, 12))
        self.kernel.threads[1].state.name = "THREAD_SLEEPING"
        self.assert_violation('"t1" is THREAD_SLEEPING: expected it to have no deadline')
        self.kernel.sched._type.members = {}
        self.assertEqual(self.violations(), [])

    def test_bits(self) -> None:
        self.kernel.name_notification(2, 2, 1)
        self.kernel.wait(1, "WAITING", self.kernel.notifications[1].waiters)
        self.assertEqual(self.violations(), [])
        self.kernel.notifications[1].bits = 5
        self.assert_violation('notification 1: expected no bits while thread "t1" waits')

    def test_bound(self) -> None:
        self.kernel.notifications[0].bound = Link(self.kernel.threads[2])
        self.assert_violation('"t1" has bound a notification: expected that to name the thread')
        self.assert_violation('notification 0 is bound by thread "t2"')
        self.kernel.threads[0].bound = Link(None, 0x55)
        self.assert_violation('"t0": expected `bound` to be a notification, got 0x55')

    def test_counts(self) -> None:
        self.kernel.endpoints[0].slots = 3
        self.kernel.endpoints[0].receive_slots = 0
        self.assert_violation("endpoint 0: expected slots to be 2, as many as there are, got 3")
        self.assert_violation("endpoint 0: expected receive_slots to be 1")
        self.kernel.threads[0].slots[1] = (0x10, 0, 0x123)
        self.assert_violation("a slot names the object 0x123")

    def test_what_is_left_of_a_free_object(self) -> None:
        self.kernel.notifications[1].bits = 4
        self.assert_violation("notification 1, which no slot names: expected nothing in its bits")
        self.kernel.notifications[0].slots = 0
        self.kernel.threads[1].slots[2] = (0, 0, 0)
        self.assert_violation("notification 0, which no slot names: expected nothing in its bound")
        self.kernel.wait(1, "WAITING", self.kernel.notifications[0].waiters)
        self.assert_violation("notification 0, which .* in its waiters and bound")


if __name__ == "__main__":
    unittest.main()
