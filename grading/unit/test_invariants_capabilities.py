"""The checks of kernels with capabilities: a machine in order, and one thing broken at a time."""

from __future__ import annotations

import random
import unittest
from typing import Any

from small_world import (CNODE_SLOTS, DEVICE, ENDPOINT, EXECUTE, LEVEL, MEMORY, MORE, NOTIFICATION,
                         PORTS, READ, REPLY, SLOT, SPACE, STOPPED, TEXT, THREAD, UNTYPED, WRITE,
                         SmallWorld)
from support import DATA, PAGE, WINDOW_BASE
from grader.capabilities import capabilities_of
from grader.errors import KernelMismatch
from grader.image.views import address_of
from grader.invariants import CHECKS
from grader.machine.paging import PRESENT, USER
from grader.threads import current_thread, identity, page_tables, threads_of

ALL = ("capabilities", "untyped", "mappings", "thread parts", "queues", "ipc")
NONSENSE = (0, 5, 1 << 47, (1 << 64) - 1)
ROUNDS = 200


class World(unittest.TestCase):
    """Each test breaks one thing and looks for what the check of its class says."""

    check = ""

    def setUp(self) -> None:
        self.world = SmallWorld()
        self.slot, self.change = self.world.slot, self.world.change

    def found(self, check: str = "") -> list[str]:
        """What a check finds."""
        return CHECKS[check or self.check].violations(self.world.snapshot())

    def assert_violation(self, pattern: str) -> None:
        """Something is found, and the pattern is among it."""
        self.assertRegex("\n".join(self.found()), pattern)


class Whole(World):
    def test_a_machine_in_order(self) -> None:
        for check in ALL:
            with self.subTest(check):
                self.assertEqual(self.found(check), [])

    def test_threads(self) -> None:
        snapshot = self.world.snapshot()
        threads = threads_of(snapshot)
        self.assertEqual([thread.name.text() for thread in threads],
                         ["idle", "init", "two", "three"])
        self.assertEqual(current_thread(snapshot).name.text(), "init")
        self.assertEqual([whose for whose, _ in page_tables(snapshot)],
                         ["", 'thread "init": ', 'thread "two": '])
        self.assertEqual(identity(threads[2]), identity(threads[3]))
        self.assertNotEqual(identity(threads[1]), identity(threads[2]))

    def test_a_thread_once_however_many_capabilities_it_has(self) -> None:
        self.world.derive(self.slot(50), self.slot(30))
        self.assertEqual(len(threads_of(self.world.snapshot())), 4)
        self.assertEqual(self.found("capabilities"), [])

    def test_an_address_space_without_a_thread(self) -> None:
        self.world.make(50, SPACE)
        self.assertRegex(list(page_tables(self.world.snapshot()))[-1][0],
                         "^the address space at 0x4")

    def test_before_there_is_anything(self) -> None:
        self.world.poke(self.world.kernel.cap_origin, "child", 0)
        self.world.set("root_task", 0)
        self.world.poke_address(address_of(self.world.kernel.capabilities) + 4, 0, 4)
        for check in ("capabilities", "untyped", "thread parts"):
            self.assertEqual(self.found(check), [])

    def test_names(self) -> None:
        places = capabilities_of(self.world.snapshot()).places
        self.assertEqual(places.name(address_of(self.slot(22))), "slot 22 of init")
        self.assertEqual(places.name(address_of(self.world.two.frame)),
                         "a slot in the control block of two")
        self.assertRegex(places.name(self.world.origin), "^the slot at 0xffffffff8")


class Links(World):
    check = "capabilities"

    def test_parent(self) -> None:
        self.change(self.slot(22), parent=address_of(self.slot(20)))
        self.assert_violation("slot 22 of init: expected its parent to be")

    def test_neighbours(self) -> None:
        self.change(self.slot(22), previous=address_of(self.slot(20)))
        self.assert_violation("slot 22 of init: expected the slot before it to be 0x0")
        self.change(self.slot(22), previous=0)
        last = self.world.view("slot", int(self.slot(20).next))
        self.change(last, previous=0)
        self.assert_violation("expected the slot before it to be 0xffff")

    def test_round(self) -> None:
        self.change(self.slot(22), child=address_of(self.slot(20)))
        self.assert_violation("slot 22 of init: a link to .*, which stands in the tree already")

    def test_nowhere(self) -> None:
        self.change(self.slot(22), next=0x1234)
        self.assert_violation("slot 22 of init: a link to 0x1234, where no memory is")


class Contents(World):
    check = "capabilities"

    def test_what_no_tree_has(self) -> None:
        for allows, pattern in ((0, "expected no empty slot in the tree"),
                                (REPLY, "allows = 0x100"),
                                (UNTYPED | ENDPOINT, "expected one kind of capability")):
            self.change(self.slot(22), allows=allows)
            self.assert_violation(f"slot 22 of init: .*{pattern}")

    def test_no_object(self) -> None:
        self.change(self.slot(22), start=0x1000)
        self.assert_violation("slot 22 of init .*: expected an object, got 0x1000")

    def test_the_size_of_a_cnode(self) -> None:
        self.change(self.slot(28), badge=9)
        self.assert_violation("slot 28 of init .*number of slots, 8 .*, got 9")

    def test_a_slot_in_memory_that_is_used_again(self) -> None:
        stray = self.world.view("slot", WINDOW_BASE + MEMORY + 0xF0000)
        self.world.derive(stray, self.slot(22))
        self.assert_violation("is in the tree: expected it in a CNode or a control block")

    def test_slots_that_are_not_in_the_tree(self) -> None:
        self.change(self.slot(50), allows=ENDPOINT, start=self.slot(20).start)
        self.assert_violation("slot 50 of init .*: expected it in the derivation tree")
        self.change(self.slot(50), allows=REPLY, start=address_of(self.world.two))
        self.assert_violation("slot 50 of init .*: expected a caller whose `reply` it is")
        self.change(self.world.root.caller, allows=REPLY, start=address_of(self.world.three))
        self.assert_violation("the control block of init .*: expected a caller whose")

    def test_slot_0(self) -> None:
        self.world.derive(self.slot(0), self.slot(20))
        self.assert_violation("slot 0 of init .*: expected slot 0 of a space to hold nothing")

    def test_counts(self) -> None:
        for slot, kind, field in ((20, "endpoint", "slots"), (20, "endpoint", "receive_slots"),
                                  (23, "notification", "slots"), (28, "cnode", "capabilities"),
                                  (29, "space", "capabilities"), (30, "thread", "capabilities")):
            thing = self.world.view(kind, self.slot(slot).start)
            before = getattr(thing, field)
            self.change(thing, **{field: before + 1})
            with self.subTest(kind):
                self.assert_violation(f"(?i)the {kind} at .*: expected {field} to be {before}, "
                                      f"as many as there are, got {before + 1}")
            self.change(thing, **{field: before})
        self.world.poke_address(address_of(self.world.kernel.capabilities) + 8, 3, 4)
        self.assert_violation("interrupt line 2: expected its count of capabilities to be 0, got 3")


class Descent(World):
    check = "capabilities"

    def refused(self, number: int, pattern: str, **changes: int) -> None:
        """A capability that is changed is more than its parent is."""
        before = {field: int(getattr(self.slot(number), field)) for field in changes}
        self.change(self.slot(number), **changes)
        with self.subTest(pattern):
            self.assert_violation(f"slot {number} of init .*, which comes from .*: "
                                  f"expected .*{pattern}")
        self.change(self.slot(number), **before)

    def test_rights(self) -> None:
        self.refused(22, r"no right that the original lacks \(s-g\), got srg", allows=ENDPOINT)
        self.refused(12, r"\(r-x\), got rwx", allows=READ | WRITE | EXECUTE)

    def test_badges(self) -> None:
        self.refused(22, "badge, 0x10, got 0x11", badge=0x11)
        self.refused(22, "badge, 0x10, got 0x0", badge=0)

    def test_objects(self) -> None:
        self.refused(22, "the same object", start=self.slot(27).start)
        self.refused(22, "a copy, .*got notification from endpoint", allows=NOTIFICATION)
        self.refused(24, "made from untyped memory, got ports", allows=PORTS)

    def test_parts(self) -> None:
        start = self.slot(24).start
        self.refused(25, "some of the original's pages", start=start - PAGE)
        self.refused(25, "some of the original's pages", pages=4)
        self.refused(25, "some of the original's pages", pages=0)
        self.refused(25, "plain memory; got a device's memory", allows=READ | DEVICE)
        self.refused(11, "some of the original's ports", badge=0x10000)
        self.refused(11, "some of the original's ports", start=0x65)


class Untyped(World):
    check = "untyped"

    def test_beyond_what_is_used(self) -> None:
        self.change(self.slot(26), extra=0)
        self.assert_violation("slot 27 of init .*: expected its object in what has been used of "
                              "slot 26")
        self.change(self.slot(26), extra=0x5000)
        self.assert_violation("slot 26 .*: expected its first free byte within its 0x4000 bytes")

    def test_alignment(self) -> None:
        self.change(self.slot(27), start=self.slot(27).start + 8)
        self.assert_violation("slot 27 of init .*: expected its object at a multiple of 64")

    def test_pages(self) -> None:
        self.change(self.slot(33), badge=0x40001)
        self.assert_violation("slot 33 of init .*: expected whole pages")
        self.change(self.slot(26), pages=5)
        self.assert_violation(r"slot 26 .*: expected `pages` not to be more .* \(4\), got 5")

    def test_one_over_another(self) -> None:
        self.change(self.slot(26), start=self.slot(24).start)
        self.assert_violation("expected two objects apart")

    def test_copies_of_one_object_that_is_left(self) -> None:
        """The capability that was made first has been deleted: its children are the untyped's."""
        self.world.derive(self.slot(50), self.slot(24), start=self.slot(24).start + 2 * PAGE,
                          pages=2)
        for first, copies in ((24, (25, 50)), (20, (21,))):
            for copy in copies:
                child = int(self.slot(copy).child)
                self.remove(copy)
                self.world.insert(self.slot(copy), address_of(self.slot(32)))
                self.change(self.slot(copy), child=child)
            self.remove(first)
        self.assertEqual(self.found(), [])

    def remove(self, number: int) -> None:
        """Takes a slot out of the tree."""
        slot = self.slot(number)
        if slot.previous:
            self.change(slot.previous.target, next=int(slot.next))
        else:
            self.change(slot.parent.target, child=int(slot.next))
        if slot.next:
            self.change(slot.next.target, previous=int(slot.previous))

    def test_what_the_kernel_began_with(self) -> None:
        self.change(self.slot(33), start=MORE - PAGE)
        self.assert_violation("slot 33 .*slot 32 .*: expected two objects apart")
        self.change(self.slot(33), start=0x100000)
        self.assert_violation("slot 33 .*: expected it not to have the kernel's image")

    def test_the_sum(self) -> None:
        self.change(self.slot(33), badge=0x3F000)
        self.assert_violation("got 0x13f000 of that: 0x1000 bytes are lost")
        self.change(self.slot(33), badge=0x41000)
        self.assert_violation("0x1000 bytes too many")
        self.change(self.world.info, memory_total=0x700001)
        self.assert_violation("memory_total to be what the boot loader told of, 0x700000, got")
        self.change(self.world.kernel.memory_free, count=7)
        self.assert_violation("memory_free: expected no run that is left, .*got 7")


class Mappings(World):
    check = "mappings"

    def tables(self, number: int) -> Any:
        """The page tables of an address space."""
        return self.world.page_tables[self.slot(number).start]

    def test_a_page_without_a_capability(self) -> None:
        self.tables(29).map(TEXT + 2 * PAGE, MORE, DATA | USER)
        self.assert_violation('"two" and .*"three": expected a capability that is mapped at '
                              "0x12000")

    def test_a_capability_without_its_page(self) -> None:
        self.tables(5).map(TEXT + PAGE, 0, 0)
        self.assert_violation("expected a page at 0x11000, where slot 24 of init .* is mapped")

    def test_another_frame(self) -> None:
        self.tables(5).map(TEXT + PAGE, MORE, DATA | USER)
        self.assert_violation("the page at 0x11000 to show 0x4.*slot 24 .*, got 0x500000")

    def test_more_rights(self) -> None:
        for flags in (DATA | USER, PRESENT | USER):
            self.tables(29).map(TEXT, self.slot(25).start, flags)
            self.assert_violation("0x10000 to have no right that slot 25 of init .* lacks")

    def test_two_at_one_place(self) -> None:
        frame = self.slot(25)
        self.world.derive(self.slot(50), frame, badge=frame.badge, extra=frame.extra)
        self.assert_violation("expected one capability for each page, got two for 0x10000")

    def test_half_a_mapping(self) -> None:
        self.change(self.slot(25), extra=0)
        self.assert_violation("slot 25 of init .*: expected it to be mapped at a page, in an "
                              "address space")

    def test_an_address_space_that_is_gone(self) -> None:
        """What a capability remembers of it does no harm."""
        self.world.derive(self.slot(50), self.slot(25), badge=TEXT, extra=0x77 << 24 | 0x777)
        self.assertEqual(self.found(), [])

    def test_the_table_of_living_spaces(self) -> None:
        bits = address_of(self.world.kernel.spaces)
        frame = (self.slot(29).start - WINDOW_BASE) // PAGE
        word = bits + frame // 64 * 8
        before = int.from_bytes(self.world.snapshot().memory.read(word, 8), "little")
        self.world.poke_address(word, before & ~(1 << frame % 64))
        self.assert_violation(f"at {frame * PAGE:#x}: expected its bit in `spaces`")
        self.world.poke_address(word, before | 1 << 63)
        self.assert_violation("`spaces`: expected bits of those address spaces only")

    def test_tables(self) -> None:
        space = self.world.view("space", self.slot(29).start)
        used = space.used
        for wrong, pattern in ((0, "expected 1 to 16 tables in use"), (17, "got 17"),
                               (used - 1, "got 0x4.* too"), (used + 1, "got 0x4.* not hung in")):
            self.change(space, used=wrong)
            self.assert_violation(pattern)
        self.change(space, used=used, serial=space.serial + 1)
        self.assert_violation("expected the lower bits of its serial number")


class Parts(World):
    check = "thread parts"

    def test_what_the_kernel_keeps_at_hand(self) -> None:
        for field in ("slots", "slot_count", "root", "buffer"):
            before = int(getattr(self.world.two, field))
            self.change(self.world.two, **{field: before + SLOT})
            with self.subTest(field):
                self.assert_violation(f'"two": expected its `{field}` to be {before:#x}')
            self.change(self.world.two, **{field: before})

    def test_a_part_of_another_one(self) -> None:
        self.change(self.world.two.space, extra=address_of(self.world.three))
        self.assert_violation('"two": expected its `space` to be a space of this thread')
        self.change(self.slot(29), extra=address_of(self.world.two))
        self.assert_violation("slot 29 of init .*: expected `extra` to be 0")

    def test_a_part_of_another_kind(self) -> None:
        self.change(self.world.two.space, allows=THREAD)
        self.assert_violation('"two": expected its `space` to be a space .*; got a thread')

    def test_a_buffer(self) -> None:
        for changes in ({"allows": READ}, {"pages": 2}, {"allows": READ | WRITE | DEVICE}):
            before = {field: getattr(self.world.two.frame, field) for field in changes}
            self.change(self.world.two.frame, **changes)
            self.assert_violation('"two": expected its buffer to be one page of memory')
            self.change(self.world.two.frame, **before)

    def test_a_part_that_is_missing(self) -> None:
        self.change(self.world.three.cspace, parent=0)
        self.take_out(self.world.three.cspace)
        self.change(self.world.three, slots=0, slot_count=0)
        self.assert_violation('"three" is THREAD_READY: expected it to have all its parts, got no '
                              "cspace")
        self.change(self.world.three, state=STOPPED)
        self.assertEqual([line for line in self.found() if "parts" in line], [])

    def take_out(self, slot: Any) -> None:
        """Empties a slot that is its parent's first child."""
        above = self.slot(28)
        self.change(above, child=int(slot.next))
        self.change(slot.next.target, previous=0)
        self.change(slot, allows=0, extra=0)

    def test_levels(self) -> None:
        three = self.world.three
        self.change(three, outranked_by=0)
        self.assert_violation('"three": expected `outranked_by` to have a bit for each level '
                              "above 5")
        self.change(three, level=32)
        self.assert_violation('"three": expected a level below 32, got 32')
        self.change(three, level=LEVEL + 1, outranked_by=-2 << LEVEL + 1)
        self.assert_violation('"three": expected it to be ready at its level, 6, or higher, got it '
                              "at 5")
        self.change(three, level=LEVEL - 1, outranked_by=-2 << LEVEL - 1)
        self.assertEqual(self.found(), [])
        self.change(self.world.kernel.sched, ready_levels=0)
        self.assert_violation("expected bit 5 of `ready_levels`")

    def test_servers(self) -> None:
        self.change(self.world.endpoint, server=address_of(self.world.two))
        self.assert_violation('"init" serves the endpoint at .*: expected that to name the thread')
        self.assert_violation("expected its `server` to be a thread that serves it")
        self.change(self.world.root, serves=0x123)
        self.assert_violation('"init": expected `serves` to be an endpoint, got 0x123')


class EarlierChecks(World):
    """Those of earlier stages, where threads are objects."""

    def test_queues(self) -> None:
        self.check = "queues"
        self.change(self.world.three, queue=address_of(self.world.kernel.sched.ready[LEVEL + 1]))
        self.assert_violation('"three" is in queue ready: expected its `queue` to be')
        self.change(self.world.two, state=1)
        self.assert_violation('"two" is THREAD_READY: expected it in queue ready, got it in none')
        self.change(self.world.kernel.sched.ready[9], first=address_of(self.world.root))
        self.assert_violation(r"queue ready\[9\]: expected `last` to be")

    def test_answers(self) -> None:
        self.check = "ipc"
        self.change(self.slot(40), allows=0)
        self.assert_violation('"two" is THREAD_ANSWERING: expected 1 slots that may answer '
                              "it, got 0")
        self.change(self.world.two.caller, allows=REPLY, start=address_of(self.world.two))
        self.assert_violation('"two" is THREAD_ANSWERING: expected its `reply` to be')

    def test_bound(self) -> None:
        self.check = "ipc"
        self.change(self.world.two, bound=self.slot(23).start)
        self.assert_violation('"two" has bound a notification: expected that to name the thread')
        self.change(self.world.two, bound=self.slot(20).start)
        self.assert_violation('"two": expected `bound` to be a notification')

    def test_queues_of_endpoints(self) -> None:
        self.check = "ipc"
        self.change(self.world.endpoint.senders, first=address_of(self.world.two),
                    last=address_of(self.world.two))
        self.assert_violation('"two" is THREAD_ANSWERING: expected it in no queue of an object, '
                              "got senders")


class Garbage(World):
    """Whatever stands in memory, the checks answer in sentences."""

    def test_one_word_of_a_slot(self) -> None:
        for number in (4, 5, 6, 20, 23, 24, 28, 29, 30, 32):
            start = address_of(self.slot(number))
            for place in range(start, start + SLOT, 8):
                before = self.world.snapshot().memory.read(place, 8)
                for value in NONSENSE:
                    self.world.poke_address(place, value)
                    self.judge(f"slot {number}: {value:#x} at {place - start}")
                self.world.poke_address(place, int.from_bytes(before, "little"))

    def test_many_words(self) -> None:
        numbers = random.Random(6)
        start = WINDOW_BASE + MEMORY
        end, slots = start + self.slot(32).extra, start + CNODE_SLOTS + 64 * SLOT
        for turn in range(ROUNDS):
            before = self.world.ram.read(MEMORY, end - start)
            for _ in range(1 + turn % 20):
                self.world.poke_address(numbers.randrange(start, slots, 8),
                                        numbers.choice((numbers.getrandbits(64),
                                                        numbers.randrange(start, end, 64))))
            self.judge(f"round {turn}")
            self.world.ram.write(MEMORY, before)

    def judge(self, what: str) -> None:
        """All checks give a verdict, good or bad."""
        for check in ALL:
            try:
                self.found(check)
            except KernelMismatch:
                pass
            except Exception as error:  # pylint: disable=broad-exception-caught
                raise AssertionError(f"{what}: {check} broke: {error!r}") from error


del World

if __name__ == "__main__":
    unittest.main()
