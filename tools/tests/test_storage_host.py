"""The storage driver on the host, with a machine that is none: what clients are told, what is in
their memory and on the disks is compared with a model, while disk and bus master fail."""

import random
import unittest
from dataclasses import dataclass

from storage_host import (CLIENTS, COMMAND_TIME, DMA, EAGAIN, EBUSY, EINVAL, EIO, ENODEV, FLUSH,
                          INFO, MANY, MEMORY, MEMORY_PAGES, Machine, PAGE, PIO, QUEUE, READ,
                          REAP, RESET_PAUSE, SECTOR, SECTORS_MAX, SEEDS, SIGNAL, SUBMIT, Told,
                          WRITE, reaped)


class Requests(unittest.TestCase):
    """What is asked for gets its answer at once, and what is wrong gets an error."""

    expected_seconds = 20

    def test_disks_that_are_there_and_others(self) -> None:
        machine = Machine("disk 0 1000 1 1", "cd 1", "master")
        asked = [machine.ask(5, INFO, disk) for disk in (0, 1, 2, MANY)]
        told = machine.run()
        self.assertEqual([told[i].label for i in asked], [0, ENODEV, ENODEV, ENODEV])
        model = b"".join(word.to_bytes(8, "little") for word in told[0].words[2:7])
        self.assertEqual(told[0].words[:2], [1000, 1])
        self.assertEqual(model, b"".join(b"M" + bytes([ord("a") + i]) for i in range(20)))

    def test_sizes_of_disks(self) -> None:
        for sectors, lba48, expected in ((1, 0, 1), (70000, 0, 70000), (2**33, 1, 2**33)):
            machine = Machine(f"disk 1 {sectors} {lba48} 1")
            machine.ask(5, INFO, 1)
            self.assertEqual(machine.run()[0].words[:2], [expected, 0])

    def test_what_is_wrong_is_refused(self) -> None:
        wrong = [(EINVAL, (READ, 0, 0, 0, 0)), (EINVAL, (READ, 0, 0, SECTORS_MAX + 1, 0)),
                 (EINVAL, (READ, 0, 0, 1, 1)), (EINVAL, (READ, 0, 0, 1, 16 * PAGE)),
                 (EINVAL, (READ, 0, 0, 2, 16 * PAGE - SECTOR)), (EINVAL, (READ, 0, 0, 1, -512)),
                 (EINVAL, (READ, 0, 1000, 1, 0)), (EINVAL, (READ, 0, 999, 2, 0)),
                 (EINVAL, (READ, 0, MANY, 1, 0)), (EINVAL, (READ, 0, 0, MANY, 0)),
                 (EINVAL, (READ, 0, 0, 2**56, 0)), (EINVAL, (0, 0, 0, 1, 0)),
                 (EINVAL, (4, 0, 0, 1, 0)), (EINVAL, (MANY, 0, 0, 1, 0)),
                 (ENODEV, (READ, 1, 0, 1, 0)), (ENODEV, (FLUSH, 1, 0, 1, 0)),
                 (ENODEV, (READ, MANY, 0, 1, 0)), (0, (READ, 0, 999, 1, 16 * PAGE - SECTOR)),
                 (0, (FLUSH, 0, MANY, MANY, MANY))]
        machine = Machine(*DMA)
        machine.client(5, 1)
        asked = [machine.ask(5, SUBMIT, *(word % 2**64 for word in words)) for _, words in wrong]
        unknown = [machine.ask(5, label) for label in (0, 6, 2**32 - 1)]
        told = machine.run()
        self.assertEqual([told[i].label for i in asked], [error for error, _ in wrong])
        self.assertEqual([told[i].label for i in unknown], [EINVAL] * 3)

    def test_memory_and_signals(self) -> None:
        machine = Machine(*DMA)
        machine.frame(1, 16)
        machine.frame(2, MEMORY_PAGES + 1)
        cases = [(EINVAL, machine.ask(5, SUBMIT, READ, 0, 0, 1, 0)),
                 (EINVAL, machine.ask(5, MEMORY)), (EINVAL, machine.ask(5, SIGNAL)),
                 (EINVAL, machine.give(5, MEMORY, "frame 1 1")),
                 (EINVAL, machine.give(5, MEMORY, "frame 2 3")),
                 (EINVAL, machine.give(5, MEMORY, "signal 1 7")),
                 (EINVAL, machine.give(5, SIGNAL, "frame 1 7")),
                 (EINVAL, machine.give(5, SIGNAL, "signal 1 2")),
                 (EINVAL, machine.ask(5, SUBMIT, READ, 0, 0, 1, 0)),
                 (0, machine.give(5, MEMORY, "frame 1 3")),
                 (0, machine.ask(5, SUBMIT, READ, 0, 0, 1, 0)),
                 (EBUSY, machine.give(5, MEMORY, "frame 1 3")),
                 (0, machine.give(5, SIGNAL, "signal 1 1"))]
        machine.do("run")
        cases += [(0, machine.give(5, MEMORY, "frame 1 3")),
                  (EINVAL, machine.ask(6, SUBMIT, READ, 0, 0, 1, 0)), (0, machine.ask(6, REAP))]
        told = machine.run()
        self.assertEqual([told[i].label for _, i in cases], [error for error, _ in cases])

    def test_a_queue_has_an_end_and_each_client_its_own(self) -> None:
        machine = Machine(*DMA)
        machine.client(5, 1)
        machine.client(6, 2)
        asked = [machine.ask(5, SUBMIT, READ, 0, 2 * i, 1, 0, i) for i in range(QUEUE + 1)]
        other = machine.ask(6, SUBMIT, READ, 0, 5, 1, 0, 77)
        machine.do("run")
        still = machine.ask(5, SUBMIT, READ, 0, 0, 1, 0)        # finished, but not told
        taken = [machine.ask(5, REAP) for _ in range(QUEUE // 3 + 2)]
        again = machine.ask(5, SUBMIT, READ, 0, 0, 1, 0)
        mine = machine.ask(6, REAP)
        told = machine.run()
        self.assertEqual([told[i].label for i in asked], [0] * QUEUE + [EAGAIN])
        self.assertEqual((told[other].label, told[still].label, told[again].label),
                         (0, EAGAIN, 0))
        self.assertEqual(reaped(told[mine]), [(77, 0)])
        self.assertEqual([pair for i in taken for pair in reaped(told[i])],
                         [(i, 0) for i in range(QUEUE)])

    def test_places_of_clients_that_have_gone_are_used_again(self) -> None:
        machine = Machine(*DMA)
        for i in range(CLIENTS):
            machine.client(10 + i, 1 + i)
        machine.frame(12, 1)
        full = machine.give(99, MEMORY, "frame 12 3")
        machine.do("gone 3 3")
        after = machine.give(99, MEMORY, "frame 12 3")
        more = machine.give(98, SIGNAL, "signal 13 3")
        told = machine.run()
        self.assertEqual([told[i].label for i in (full, after, more)], [EBUSY, 0, EBUSY])


class Transfers(unittest.TestCase):
    """Data, by both ways."""

    expected_seconds = 20

    def test_to_and_fro(self) -> None:
        for machine_lines in (DMA, PIO, ("disk 0 1000 0 1", "master"), ("disk 0 1000 0 1",)):
            with self.subTest(machine=machine_lines):
                self.check_to_and_fro(machine_lines)

    def check_to_and_fro(self, machine_lines: tuple[str, ...]) -> None:
        some = random.Random(1).randbytes(SECTORS_MAX * SECTOR)
        machine = Machine(*machine_lines)
        machine.client(5, 1, 64)
        machine.do(f"poke 1 1024 {some.hex()}")
        machine.ask(5, SUBMIT, WRITE, 0, 100, SECTORS_MAX, 1024, 1)
        machine.ask(5, SUBMIT, FLUSH, 0, 0, 0, 0, 2)
        machine.ask(5, SUBMIT, READ, 0, 110, 3, 131072 + 512, 3)
        signalled = machine.do("run")
        done = machine.ask(5, REAP)
        after = machine.do("mapped")
        disk = machine.do(f"get 0 100 {len(some)}")
        memory = machine.do(f"peek 1 {131072} {5 * SECTOR}")
        for compiler in ("gcc", "clang"):
            told = machine.run(compiler)
            self.assertEqual(reaped(told[done]), [(1, 0), (2, 0), (3, 0)])
            self.assertEqual(set(told[signalled].signals), {1})
            self.assertEqual(told[after].mapped, 0)
            self.assertEqual(told[disk].data, some)
            self.assertEqual(told[memory].data, bytes(SECTOR) + some[10 * SECTOR:13 * SECTOR]
                             + bytes(SECTOR))
            self.assertEqual([line for each in told for line in each.log
                              if "failed" in line or "no answer" in line], [])

    def test_places_far_back(self) -> None:
        """All 28 bits of a sector's number, and more where a disk knows such commands."""
        sectors = 2**28 + 1000
        for lba48, dma, places in ((0, 1, (2**24 + 3, 2**28 - 100)), (0, 0, (2**27 + 2**24,)),
                                   (1, 1, (2**28 - 2, 2**28 - 1, 2**28 + 5)),
                                   (1, 0, (2**28 - 1, 2**28 + 998))):
            machine = Machine(f"disk 0 {sectors if lba48 else 2**28 - 1} {lba48} {dma}", "master")
            machine.client(5, 1)
            for i, place in enumerate(places):
                machine.do(f"put 0 {place + 1} {i + 1:02x}aa")
                machine.ask(5, SUBMIT, READ, 0, place, 2, 1024 * i, i)
            machine.do("run")
            seen = [machine.do(f"peek 1 {1024 * i + 512} 2") for i in range(len(places))]
            told = machine.run()
            self.assertEqual([told[i].data for i in seen],
                             [bytes([i + 1, 0xAA]) for i in range(len(places))])
            self.assertNotIn("failed", str([each.log for each in told]))

    def test_memory_that_the_bus_master_cannot_reach(self) -> None:
        machine = Machine(*DMA)
        machine.client(5, 1, 16, 0xFFFF8000)        # half of it is above 4 GB
        machine.do("put 0 7 aabb")
        for offset in (0, 32768):
            machine.ask(5, SUBMIT, READ, 0, 7, 1, offset, offset)
        machine.do("run")
        seen = [machine.do(f"peek 1 {offset} 2") for offset in (0, 32768)]
        told = machine.run()
        self.assertEqual([told[i].data for i in seen], [b"\xaa\xbb"] * 2)

    def test_neighbours_are_done_by_one_command(self) -> None:
        """With one interrupt for all: the first command is under way when the others come."""
        machine = Machine(*DMA)
        machine.client(5, 1)
        for i in range(9):
            machine.ask(5, SUBMIT, READ, 0, 100 + i, 1, 512 * i, i)
        steps = [machine.do("step") for _ in range(3)]
        told = machine.run()
        self.assertEqual([len(told[i].signals) for i in steps], [1, 1, 0])

    def test_a_command_takes_no_more_than_it_can(self) -> None:
        machine = Machine("disk 0 1000 0 1", "master")
        machine.client(5, 1, 3 * SECTORS_MAX * SECTOR // PAGE)
        machine.ask(5, SUBMIT, READ, 0, 900, 1, 0, 9)       # the others come meanwhile
        for i in range(3):
            machine.ask(5, SUBMIT, READ, 0, SECTORS_MAX * i, SECTORS_MAX,
                        SECTORS_MAX * SECTOR * i, i)
        machine.do(f"put 0 {3 * SECTORS_MAX - 1} abcd")
        machine.do("run")
        seen = machine.do(f"peek 1 {(3 * SECTORS_MAX - 1) * SECTOR} 2")
        self.assertEqual(machine.run()[seen].data, b"\xab\xcd")


class Faults(unittest.TestCase):
    """A disk that fails, or does not answer, or a client that goes in the middle of it."""

    expected_seconds = 20

    def start(self, lines: tuple[str, ...], *faults: str, sectors: int = 4) -> Machine:
        """A client that reads every other of the sectors from 10 on, on a machine with faults."""
        machine = Machine(*lines)
        machine.client(5, 1)
        for fault in faults:
            machine.do(fault)
        for i in range(sectors):
            machine.ask(5, SUBMIT, READ, 0, 10 + 2 * i, 1, 512 * i, i)
        return machine

    def finish(self, machine: Machine, sectors: int = 4) -> tuple[list[tuple[int, int]], str]:
        """Lets time pass; tags and errors, and the log."""
        for _ in range(sectors * 4):
            for line in ("run", f"time {COMMAND_TIME}", f"time {RESET_PAUSE}"):
                machine.do(line)
        machine.do("run")
        asked = [machine.ask(5, REAP) for _ in range(sectors // 3 + 1)]
        told = machine.run()
        return ([pair for i in asked for pair in reaped(told[i])],
                "\n".join(line for each in told for line in each.log))

    def test_a_sector_that_cannot_be_read(self) -> None:
        for lines in (DMA, PIO):
            errors, log = self.finish(self.start(lines, "bad 0 14"))
            self.assertEqual(errors, [(0, 0), (1, 0), (2, EIO), (3, 0)])
            self.assertRegex(log, r"disk 0: read of 1 sectors at 14 by PIO failed: "
                                  r"status 51, error 40")
            self.assertNotIn("no DMA any more", log)

    def test_a_bus_master_that_fails(self) -> None:
        errors, log = self.finish(self.start(DMA, "failing 1"))
        self.assertEqual(errors, [(i, 0) for i in range(4)])
        self.assertEqual(log.count("by DMA failed"), 1)
        errors, log = self.finish(self.start(DMA, "failing 99", sectors=9), 9)
        self.assertEqual(errors, [(i, 0) for i in range(9)])
        self.assertIn("no DMA any more", log)
        self.assertLessEqual(log.count("by DMA failed"), 3)

    def test_a_disk_that_does_not_answer_once(self) -> None:
        for lines in (DMA, PIO):
            errors, log = self.finish(self.start(lines, "silent 1"))
            self.assertEqual(errors, [(i, 0) for i in range(4)])
            self.assertEqual(log.count("got no answer"), 1)

    def test_a_disk_that_does_not_answer_twice(self) -> None:
        errors, log = self.finish(self.start(PIO, "silent 2"))
        self.assertEqual(errors, [(0, EIO), (1, 0), (2, 0), (3, 0)])
        self.assertEqual(log.count("got no answer"), 2)

    def test_a_disk_that_hangs_for_good(self) -> None:
        for lines in (DMA, PIO):
            errors, _ = self.finish(self.start(lines, "stuck 1"))
            self.assertEqual(errors, [(i, EIO) for i in range(4)])

    def test_interrupts_without_a_reason(self) -> None:
        for lines in (DMA, PIO):
            machine = Machine(*lines)
            machine.client(5, 1)
            machine.do("put 0 10 aa")
            machine.do("interrupt")
            machine.ask(5, SUBMIT, READ, 0, 10, 2, 0, 7)
            early = machine.ask(5, REAP)
            machine.do("run")
            machine.do("interrupt")
            late = machine.ask(5, REAP)
            seen = machine.do("peek 1 0 1")
            told = machine.run()
            self.assertEqual((reaped(told[early]), reaped(told[late]), told[seen].data),
                             ([], [(7, 0)], b"\xaa"))

    def test_a_client_that_goes_harms_nobody(self) -> None:
        for lines in (DMA, PIO):
            for steps in range(5):
                with self.subTest(lines=lines, steps=steps):
                    self.check_client_goes(lines, steps)

    def check_client_goes(self, lines: tuple[str, ...], steps: int) -> None:
        """One client goes after some steps of its transfer; the other one gets its data."""
        machine = Machine(*lines)
        machine.client(5, 1)
        machine.client(6, 2)
        machine.do("put 0 50 abcd")
        for i in range(3):
            machine.ask(5, SUBMIT, READ, 0, 10 + 2 * i, 4, 0, i)
        machine.ask(6, SUBMIT, READ, 0, 50, 2, 1024, 9)
        for _ in range(steps):
            machine.do("step")
        machine.do("gone 1 1")
        machine.do("run")
        done = machine.ask(6, REAP)
        seen = machine.do("peek 2 1024 2")
        signals = machine.do("run")
        told = machine.run()
        self.assertEqual((reaped(told[done]), told[seen].data), ([(9, 0)], b"\xab\xcd"))
        self.assertEqual(told[signals].signals, [])

    def test_windows_run_out_only_for_memory_that_is_gone(self) -> None:
        """Each of these clients goes while a sector is moved, and spoils a window: with the last
        one there is no PIO any more, and an error says so."""
        machine = Machine(*PIO)
        for i in range(5):
            machine.client(10 + i, 1 + i)
            machine.ask(10 + i, SUBMIT, READ, 0, 10, 2, 0, i)
            machine.do("step")
            machine.do(f"gone {1 + i} {1 + i}")
            machine.do("run")
        machine.client(99, 9)
        machine.ask(99, SUBMIT, READ, 0, 10, 1, 0, 1)
        machine.do("run")
        asked = machine.ask(99, REAP)
        self.assertEqual(reaped(machine.run()[asked]), [(1, EIO)])


class Workload(unittest.TestCase):
    """Several clients ask for anything, in any order, on two disks; each has its own sectors."""

    expected_seconds = 30

    SHARE = 60          # sectors of a client on each disk

    def test_all_is_as_the_model_says(self) -> None:
        for seed in SEEDS:
            for faults in (False, True):
                with self.subTest(seed=seed, faults=faults):
                    Random(seed, faults).check(self)


class Random:
    """A workload, and a model of what it does."""

    def __init__(self, seed: int, faults: bool) -> None:
        self.random = random.Random(seed)
        self.faults = faults
        self.machine = Machine(f"disk 0 1000 1 {seed % 2}", "disk 1 1000 0 1", "master")
        self.clients = [Asker(self, 10 + i, 1 + i) for i in range(3)]
        for _ in range(600):
            self.one()
        for _ in range(3 * QUEUE if faults else 1):
            self.machine.do("run")
            self.machine.do(f"time {COMMAND_TIME}")
            self.machine.do(f"time {RESET_PAUSE}")
        self.machine.do("run")
        for client in self.clients:
            for _ in range(QUEUE // 3 + 1):
                client.reap()
            client.look()

    def one(self) -> None:
        what, some = self.random.random(), self.random.randrange
        client = self.random.choice(self.clients)
        if what < 0.5:
            client.submit()
        elif what < 0.65:
            client.reap()
        elif what < 0.9:
            self.machine.do(self.random.choice(("step", "run")))
        elif self.faults:
            self.machine.do(self.random.choice((
                "interrupt", f"silent {some(3)}", f"failing {some(3)}",
                f"time {some(2 * COMMAND_TIME)}", f"time {RESET_PAUSE}")))

    def check(self, test: unittest.TestCase) -> None:
        told = self.machine.run()
        for client in self.clients:
            client.check(test, told, self.faults)


@dataclass
class Wish:
    """A request as the client knows it."""

    asked: int
    operation: int
    disk: int
    first: int
    sectors: int
    offset: int
    data: bytes


class Asker:
    """A client whose requests never overlap in its memory while they are under way: each has its
    own piece of it."""

    PIECE = 16 * SECTOR

    def __init__(self, random_run: Random, name: int, frame: int) -> None:
        self.random, self.machine = random_run.random, random_run.machine
        self.name, self.frame = name, frame
        self.wishes: list[Wish] = []
        self.reaps: list[int] = []
        self.peeks: dict[int, int] = {}
        self.machine.client(name, frame, 2 * QUEUE * 2, frame * 0x400000 + 0xF000)

    def submit(self) -> None:
        number = len(self.wishes)
        if number >= QUEUE:     # so that no piece is used twice
            return
        some = self.random.randrange
        operation = self.random.choice((READ, WRITE, WRITE, READ, FLUSH))
        disk, sectors = some(2), some(1, 15)
        first = (self.name - 10) * Workload.SHARE + some(Workload.SHARE - 15)
        last = self.wishes[-1] if self.wishes else None
        if last and last.operation != FLUSH and some(3) == 0 and \
                last.first + last.sectors + sectors <= (self.name - 9) * Workload.SHARE:
            operation, first = last.operation, last.first + last.sectors
            disk = disk if some(4) == 0 else last.disk
        offset = number * self.PIECE
        data = self.random.randbytes(sectors * SECTOR) if operation == WRITE else b""
        if data:
            self.machine.do(f"poke {self.frame} {offset} {data.hex()}")
        asked = self.machine.ask(self.name, SUBMIT, operation, disk, first, sectors, offset,
                                 number)
        self.wishes.append(Wish(asked, operation, disk, first, sectors, offset, data))

    def reap(self) -> None:
        self.reaps.append(self.machine.ask(self.name, REAP))

    def look(self) -> None:
        """At what all reads have brought."""
        for number, wish in enumerate(self.wishes):
            if wish.operation == READ:
                self.peeks[number] = self.machine.do(
                    f"peek {self.frame} {wish.offset} {wish.sectors * SECTOR}")

    def check(self, test: unittest.TestCase, told: list[Told], faults: bool) -> None:
        """Requests are answered in order, each once; a read gives what was written last. What a
        write that failed has left is not known until the next one."""
        test.assertTrue(all(told[wish.asked].label == 0 for wish in self.wishes))
        pairs = [pair for i in self.reaps for pair in reaped(told[i])]
        test.assertEqual([tag for tag, _ in pairs], list(range(len(self.wishes))))
        test.assertLessEqual({error for _, error in pairs}, {0, EIO} if faults else {0})
        disk: dict[tuple[int, int], bytes | None] = {}
        for (number, error), wish in zip(pairs, self.wishes):
            for i in range(wish.sectors if wish.operation != FLUSH else 0):
                place = (wish.disk, wish.first + i)
                part = slice(i * SECTOR, (i + 1) * SECTOR)
                if wish.operation == WRITE:
                    disk[place] = wish.data[part] if error == 0 else None
                elif error == 0 and (known := disk.get(place, bytes(SECTOR))) is not None:
                    test.assertEqual(told[self.peeks[number]].data[part], known)
