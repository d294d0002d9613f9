"""The models and judges of stage 02 against histories that are made up."""

from __future__ import annotations

import random
import unittest
from types import SimpleNamespace
from typing import Any, Optional

import support  # noqa: F401  pylint: disable=unused-import  (import paths)
from grader.expect import Failure
from grader.splitmix import MASK, SplitMix64
from judges.stage02 import contexts, frames, queues, shares, ticks
from judges.stage02.history import finished, judge_complete
from judges.stage02.frames_model import FrameMap, frames_of
from judges.stage02.queue_model import Links, Queues, Sleepers, chain
from judges.stage02.shares import Moment, judge_shares
from judges.stage02.task_load import simulate


def slow_lowest_run(frame_map: FrameMap, count: int, alignment: int) -> Optional[int]:
    """As FrameMap.lowest_run(), frame by frame."""
    for first in range(0, frame_map.limit - count + 1, alignment):
        if all(frame_map.free >> frame & 1 for frame in range(first, first + count)):
            return first
    return None


class Completeness(unittest.TestCase):
    def test_nothing_is_left_out(self) -> None:
        judge_complete("", 64, 64)
        for doing, made in (("", 0), ("", 63), ("", 65), ("a call", 64)):
            with self.assertRaisesRegex(Failure, "the test's own notes in memory are wrong"):
                judge_complete(doing, made, 64)

    def test_rounds_that_count(self) -> None:
        flags = [(True, True), (True, False), (False, True), (False, False)]
        self.assertEqual(finished(SimpleNamespace(begun=begun, finished=done)
                                  for begun, done in flags), 1)

    def test_workers_follow_from_the_seed(self) -> None:
        counts = {len(shares.first_states(seed)) for seed in range(100)}
        self.assertEqual(counts, {3, 4, 5, 6})


class Frames(unittest.TestCase):
    def test_lowest_run(self) -> None:
        numbers = random.Random(1)
        for _ in range(300):
            limit = numbers.randint(1, 90)
            free = numbers.getrandbits(limit) | numbers.getrandbits(limit)
            frame_map = FrameMap(free, limit)
            count, alignment = numbers.randint(1, 12), 1 << numbers.randint(0, 5)
            self.assertEqual(frame_map.lowest_run(count, alignment),
                             slow_lowest_run(frame_map, count, alignment), (bin(free), count))

    def test_runs_that_cannot_be(self) -> None:
        frame_map = FrameMap((1 << 64) - 1, 64)
        self.assertIsNone(frame_map.lowest_run(65, 1))
        self.assertIsNone(frame_map.lowest_run((1 << 64) - 1, 1))
        self.assertEqual(frame_map.lowest_run(1, 1 << 63), 0)
        self.assertIsNone(FrameMap(0xFFFE, 16).lowest_run(1, 1 << 63))

    def test_taking_and_giving_back(self) -> None:
        frame_map = FrameMap(0xFF0, 16)
        frame_map.take(4, 3)
        self.assertEqual(list(frames_of(frame_map.free)), [7, 8, 9, 10, 11])
        frame_map.release(5, 1)
        self.assertEqual(frame_map.free, 0xFA0)

    def test_picture(self) -> None:
        self.assertEqual(FrameMap(0x0F0, 12).picture(5),
                         "frames 0 to 11, '.' free, '#' not: ####....####")


def step(kind: str, **fields: Any) -> SimpleNamespace:
    """A finished step of the frame tests."""
    defaults = {"why": "GUEST_ORDINARY", "error": "ERROR_NONE", "count": 1, "alignment": 1,
                "address": 0, "finished": True}
    values = defaults | fields
    values["bitmap"] = SimpleNamespace(raw=lambda: values["bits"].to_bytes(512, "little"))
    values.setdefault("free_count", values["bits"].bit_count())
    for name in ("why", "error"):
        values[name] = SimpleNamespace(name=values[name])
    return SimpleNamespace(kind=SimpleNamespace(name=kind), **values)


class FrameSteps(unittest.TestCase):
    """Frames 4 to 11 are free, then one call."""

    def judge(self, **fields: Any) -> FrameMap:
        return frames._judge_steps([step("GUEST_PREPARED", bits=0xFF0), step(**fields)],
                                   FrameMap(0, 16))

    def assert_fails(self, pattern: str, **fields: Any) -> None:
        with self.assertRaises(Failure) as caught:
            self.judge(**fields)
        self.assertRegex(caught.exception.text().replace("\n", " "), pattern)

    def take(self, **fields: Any) -> dict[str, Any]:
        """A right answer for two frames, with something changed."""
        return {"kind": "GUEST_TAKE", "count": 2, "address": 0x4000, "bits": 0xFC0} | fields

    def release(self, **fields: Any) -> dict[str, Any]:
        """A right answer for frame 2, with something changed."""
        return {"kind": "GUEST_RELEASE", "address": 0x2000, "bits": 0xFF4} | fields

    def test_right_answers(self) -> None:
        self.assertEqual(self.judge(**self.take()).free, 0xFC0)
        self.assertEqual(self.judge(**self.release()).free, 0xFF4)
        self.judge(**self.take(count=9, error="ERROR_NO_MEMORY", bits=0xFF0))
        self.judge(**self.take(alignment=3, error="ERROR_INVALID_ARGUMENT", bits=0xFF0))
        self.judge(**self.release(why="GUEST_IMAGE", error="ERROR_INVALID_ARGUMENT", bits=0xFF0))

    def test_wrong_frames(self) -> None:
        self.assert_fails("wrong frames.*it is free, but there is a lower one",
                          **self.take(address=0x5000))
        self.assert_fails("frame 3 is not free", **self.take(address=0x3000))
        self.assert_fails("past the last one", **self.take(address=1 << 63))
        self.assert_fails("6 is no multiple of 4", **self.take(alignment=4, address=0x6000))
        self.assert_fails("no multiple of 4096", **self.take(address=0x4001))

    def test_wrong_errors(self) -> None:
        self.assert_fails("expected: ERROR_NO_MEMORY", **self.take(count=9))
        self.assert_fails("expected: ERROR_INVALID_ARGUMENT: the count is 0", **self.take(count=0))
        self.assert_fails("expected: ERROR_NOT_ALLOCATED: these frames were given back",
                          **self.release(why="GUEST_TWICE"))

    def test_wrong_state(self) -> None:
        self.assert_fails("handed out .*bitmap is wrong.*frame 5 not free", **self.take(bits=0xFE0))
        self.assert_fails("frame 6 free, as it was", **self.take(bits=0xF80))
        self.assert_fails(r"refused .ERROR_NO_MEMORY.*bitmap is wrong",
                          **self.take(count=9, error="ERROR_NO_MEMORY", bits=0))
        self.assert_fails("free_count is wrong.*expected: 6, .*before: 8",
                          **self.take(free_count=7))
        self.assert_fails("took back frame 2 .*free_count", **self.release(free_count=8))

    def test_one_by_one(self) -> None:
        all_free = [frame * 4096 for frame in range(4, 12)]
        frames._singles(all_free, FrameMap(0xFF0, 16), complete=True)
        frames._singles(all_free[:3], FrameMap(0xFF0, 16), complete=False)
        for addresses, pattern in ((all_free[1:], "refused while.*frame 4"),
                                   (all_free + [0x4000], "more than once.*frame 4"),
                                   ([0x3000], "frame 3 is not free"), ([1 << 60], "past the last")):
            with self.assertRaises(Failure) as caught:
                frames._singles(addresses, FrameMap(0xFF0, 16), complete=True)
            self.assertRegex(caught.exception.text().replace("\n", " "), pattern)


class QueueModel(unittest.TestCase):
    def test_links(self) -> None:
        model = Queues([[3, 1], []])
        model.insert(0, 5, 1)
        self.assertEqual(model.lists, [[3, 5, 1], []])
        self.assertEqual(model.links(5), Links(0, 1, 3))
        self.assertEqual(model.links(1), Links(0, None, 5))
        model.remove(5)
        self.assertEqual((model.links(5), model.links(3)), (Links(None, None, None),
                                                            Links(0, 1, None)))
        model.remove(5)
        self.assertEqual(model.lists, [[3, 1], []])

    def test_sleepers(self) -> None:
        model = Sleepers()
        for thread, tick in enumerate((7, 5, 7, 6)):
            model.sleep(thread, tick)
        self.assertEqual(model.sleepers, [1, 3, 0, 2])
        model.wake_due(6)
        self.assertEqual((model.ready, model.sleepers), ([1, 3], [0, 2]))
        model.wake_due(100)
        self.assertEqual((model.ready, model.sleepers), ([1, 3, 0, 2], []))

    def test_links_that_go_round(self) -> None:
        self.assertEqual(list(chain(1, {1: 2, 2: 3, 3: 1})), [1, 2, 3])
        self.assertEqual(list(chain(None, {})), [])

    def test_names(self) -> None:
        names = queues.Names({0x10: 0, 0x20: 1}, {0x90: 0}, ("queue 0",))
        self.assertEqual([names.thread(at) for at in (0, 0x20, 0x30)],
                         ["NULL", "thread 1", "0x30, which is no thread"])
        self.assertEqual([names.queue(at) for at in (0, 0x90, 0x91)],
                         ["NULL", "queue 0", "0x91, no queue"])


class Contexts(unittest.TestCase):
    def test_flags(self) -> None:
        self.assertEqual(list(contexts._flags(0x602, 0x203)),
                         ["CF is 1 instead of 0", "DF is 0 instead of 1"])


class Ticks(unittest.TestCase):
    """One tick from a state: who is ready afterwards."""

    def state(self, **fields: Any) -> ticks.State:
        values = {"ticks": 9, "current": 1, "current_state": "THREAD_RUNNING", "quantum": 3,
                  "ticks_used": 5, "ready": [2], "sleepers": {4: 10, 5: 11}}
        return ticks.State(**(values | fields))

    def test_in_the_middle_of_a_turn(self) -> None:
        after = ticks._expected(self.state())
        self.assertEqual(after, self.state(ticks=10, quantum=2, ticks_used=6, ready=[2, 4],
                                           sleepers={5: 11}))

    def test_the_end_of_a_turn(self) -> None:
        for quantum in (0, 1):
            after = ticks._expected(self.state(quantum=quantum, sleepers={}))
            self.assertEqual((after.ready, after.current_state, after.quantum),
                             ([2, 1], "THREAD_READY", 0))

    def test_only_the_one_that_wakes_is_ready(self) -> None:
        after = ticks._expected(self.state(quantum=1, ready=[]))
        self.assertEqual(after.ready, [4, 1])

    def test_alone(self) -> None:
        after = ticks._expected(self.state(quantum=1, ready=[], sleepers={}))
        self.assertEqual((after.ready, after.current_state), ([], "THREAD_RUNNING"))

    def test_the_idle_thread(self) -> None:
        after = ticks._expected(self.state(current=0, quantum=0))
        self.assertEqual(after.ready, [2, 4])


class Shares(unittest.TestCase):
    """Four busy threads between two moments, 120 ticks apart."""

    def judge(self, **fields: Any) -> None:
        start = Moment(0, 100, [25] * 4, 0, [1000] * 4)
        values = {"instructions": 120 * shares.TICK_INSTRUCTIONS, "ticks": 220, "used": [55] * 4,
                  "others": 0, "work": [151000, 152000, 150000, 149000]}
        judge_shares(start, Moment(**(values | fields)))

    def assert_fails(self, pattern: str, **fields: Any) -> None:
        with self.assertRaises(Failure) as caught:
            self.judge(**fields)
        self.assertRegex(caught.exception.text().replace("\n", " "), pattern)

    def test_fair(self) -> None:
        self.judge()
        self.judge(used=[65, 55, 45, 55])

    def test_unfair(self) -> None:
        self.assert_fails("the work .* is not shared equally", work=[601000, 1000, 1000, 1000])
        self.assert_fails("the time charged .* is not shared equally", used=[85, 45, 45, 45])
        self.assert_fails("do not add up", others=7)
        self.assert_fails("sched.ticks does not count", ticks=340)
        self.assert_fails("not shared equally.*got: +0, 0, 0 and 0", work=[1000] * 4)

    def test_how_far_a_generator_has_come(self) -> None:
        numbers = SplitMix64(77)
        for _ in range(1234):
            numbers.next()
        self.assertEqual(shares._draws(77, numbers._state), 1234)


class Load(unittest.TestCase):
    def test_the_seed_decides(self) -> None:
        one, same, other = simulate(5), simulate(5), simulate(6)
        self.assertEqual(one, same)
        self.assertNotEqual(one.sums, other.sums)
        self.assertTrue(all(0 <= total <= MASK for total in one.sums))

    def test_within_the_bounds_of_the_test_program(self) -> None:
        """tasks.c has room for 64 tasks, and 256 naps are looked at."""
        loads = [simulate(seed) for seed in range(300)]
        self.assertLessEqual(max(load.tasks for load in loads), 60)
        self.assertLess(max(load.naps for load in loads), 256)
        self.assertTrue(all(load.moments for load in loads))


if __name__ == "__main__":
    unittest.main()
