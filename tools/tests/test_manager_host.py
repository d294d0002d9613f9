"""Resource managers on the host: the loop of user/lib/manager_run.c, and the example."""

import ctypes
import random
import unittest
from functools import lru_cache
from pathlib import Path

from console_host import FOLDERS, HARNESS, SEEDS, HostTeeth, build, mistake, work_place
from mutation import Mutation
from support import ROOT, run

RUN = "user/lib/manager_run.c"
STEPS = "100000"
TEXT_MAX = 4096
ENOSPC = 28


@lru_cache(maxsize=None)
def manager(mutation: Mutation | None) -> Path:
    """The loop as a program of the host, between handlers and a server that are chance."""
    sources = [HARNESS.parent / "manager/manager.c", HARNESS.parent / "random.c", ROOT / RUN]
    return build("manager", sources, mutation)


class Managers(unittest.TestCase):
    """user/lib/manager_run.c: each request is answered once."""

    expected_seconds = 10

    def test_random_requests(self) -> None:
        for seed in SEEDS:
            done = run(manager(mistake.get()), str(seed), STEPS)
            self.assertEqual(done.returncode, 0, done.stderr)
            numbers = [int(word) for word in done.stdout.split()[1::2]]
            self.assertGreater(min(numbers), 0, f"not all has happened: {done.stdout}")


MUTATIONS = [
    Mutation("there is room for one request too few", Managers("test_random_requests"), RUN,
             "#define HELD_MAX (MANAGER_WAITING_MAX + 1)",
             "#define HELD_MAX (MANAGER_WAITING_MAX)"),
    Mutation("a request is fetched while others are held", Managers("test_random_requests"), RUN,
             "        if (held_count == 0 && failure == 0) {", "        if (failure == 0) {"),
    Mutation("what was cancelled is answered", Managers("test_random_requests"), RUN,
             "        *place = 0;\n        if (handlers->cancel", "        if (handlers->cancel"),
    Mutation("an answer is given twice", Managers("test_random_requests"), RUN,
             "        *place = 0;\n        send(tag, result, bytes);",
             "        send(tag, result, bytes);"),
    Mutation("who is one too many waits for ever", Managers("test_random_requests"), RUN,
             "        send(call->tag, -EAGAIN, NULL);", "        ;"),
]


class Mistakes(HostTeeth, unittest.TestCase):
    """These tests have teeth."""

    expected_seconds = 20
    mutations = MUTATIONS
    program = staticmethod(manager)


class MyDevice(unittest.TestCase):
    """The example of a resource manager keeps a text as a file would."""

    expected_seconds = 3

    @classmethod
    def setUpClass(cls) -> None:
        library = work_place() / "mydevice.so"
        done = run("gcc", "-std=c11", "-shared", "-fPIC", "-Dmain=mydevice_main", *FOLDERS,
                   "-idirafter", ROOT / "user/libc", "-Wl,--defsym,manager_run=0",
                   "-Wl,--defsym,files_endpoint=0", ROOT / "user/utilities/mydevice.c",
                   "-o", library)
        if done.returncode:
            raise AssertionError(done.stderr)
        device = ctypes.CDLL(str(library), mode=ctypes.RTLD_LOCAL)
        for function in (device.mydevice_read, device.mydevice_write):
            function.restype = ctypes.c_int64
            function.argtypes = [ctypes.c_uint64, ctypes.c_uint64, ctypes.c_char_p, ctypes.c_size_t]
        cls.device = device

    def read(self, offset: int, size: int) -> bytes:
        room = ctypes.create_string_buffer(b"\x55" * (size + 8), size + 8)
        count = self.device.mydevice_read(0, offset, room, size)
        self.assertEqual(room.raw[count:], b"\x55" * (size + 8 - count))
        return room.raw[:count]

    def test_random_reads_and_writes(self) -> None:
        chance, text = random.Random(1), b""
        offsets = [0, 1, 100, TEXT_MAX - 1, TEXT_MAX, TEXT_MAX + 1, 2**32, 2**63, 2**64 - 1]
        for _ in range(3000):
            offset = chance.choice(offsets + [chance.randrange(TEXT_MAX), len(text)])
            if chance.random() < 0.5:
                size = chance.choice([0, 1, 10, 4032])
                self.assertEqual(self.read(offset, size), text[offset:offset + size])
            else:
                data = chance.randbytes(chance.choice([0, 1, 5, 100]))
                append = chance.randrange(2)
                place = len(text) if append else offset
                room = max(TEXT_MAX - place, 0)
                expected = min(len(data), room) if room or not data else -ENOSPC
                self.assertEqual(self.device.mydevice_write(append, offset, data, len(data)),
                                 expected)
                if expected > 0:
                    text = text.ljust(place, b"\0")
                    text = text[:place] + data[:expected] + text[place + expected:]
        self.assertEqual(self.read(0, TEXT_MAX), text)


if __name__ == "__main__":
    unittest.main()
