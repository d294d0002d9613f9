"""The console driver on the host: who asks /dev/console for what, and the keyboard."""

import random
import unittest
from dataclasses import dataclass, field

from console_host import (CANCEL, CLOSE, CONSOLE, CONTROL, DRAIN, EAGAIN, EINTR, EINVAL, ENOSYS,
                          ENOTDIR, ENOTTY, GET_SIZE, LINES, OPEN, O_NONBLOCK, RAW, SEEDS,
                          SET_MODE, WRITE_MAX, Answer, Edit, Script, is_found)

QUEUE_OUT, QUEUE_IN = 16384, 4096
WAITS = 224         # MANAGER_CALLS of manager_proto.h


@dataclass
class Reader:
    """A read that waits."""

    tag: int
    size: int
    impatient: bool = False
    interrupted: bool = False


@dataclass
class Console:
    """Who reads what. Lines have letters alone: how they are edited is another test's affair."""

    queue: list[int] = field(default_factory=list)
    line: bytes = b""           # that is being edited, or was, and is being read
    done: bool = False
    mode: int = LINES
    readers: list[Reader] = field(default_factory=list)

    def type(self, byte: int) -> None:
        if byte == 28:      # Ctrl-\ acts in both modes
            self.mode = LINES
        if byte == 28 or byte == 3 and self.mode == LINES:
            self.queue, self.line, self.done = [], b"", False
            for reader in self.readers:
                reader.interrupted = True
        elif len(self.queue) < QUEUE_IN:
            self.queue.append(byte)

    def edit(self) -> None:
        while self.queue and not self.done and self.mode == LINES:
            byte = self.queue.pop(0)
            self.done = byte in (4, 13)
            # Ctrl-C can be among them if it was typed in the other mode: no key of the editor.
            self.line += {3: b"", 4: b"", 13: b"\n"}.get(byte, bytes([byte]))

    def read(self, size: int) -> bytes | None:
        self.edit()
        if self.done:
            data, self.line = self.line[:size], self.line[size:]
            self.done = bool(self.line)
            return data
        if self.mode == RAW and self.queue:
            data = bytes(self.queue[:size])
            del self.queue[:size]
            return data
        return None

    def set_mode(self, mode: int) -> None:
        self.mode = mode
        self.done = self.done or (mode == RAW and bool(self.line))

    def answers(self) -> list[Answer]:
        """All that can be answered."""
        found = []
        for reader in self.readers[:]:
            is_first = all(other.interrupted for other in
                           self.readers[:self.readers.index(reader)])
            data = None if reader.interrupted or not is_first else self.read(reader.size)
            if data is not None:
                found.append(Answer(reader.tag, 0, len(data), data))
            elif reader.interrupted or reader.impatient:
                found.append(Answer(reader.tag, EINTR if reader.interrupted else EAGAIN, 0, b""))
            else:
                continue
            self.readers.remove(reader)
        return found


class Session:
    """Random typing and reading, and what should come of it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.script = Script()
        self.console = Console()
        self.expected: list[list[Answer]] = []

    def serve(self) -> None:
        found = self.console.answers()
        self.script.look()
        self.expected.append(found)

    def read(self) -> None:
        size = self.random.choice([1, 3, 100, WRITE_MAX, 10**9])
        impatient = self.random.random() < 0.2
        tag = self.script.read(size, O_NONBLOCK if impatient else 0)
        self.console.readers.append(Reader(tag, min(size, WRITE_MAX), impatient))
        self.serve()

    def cancel(self) -> None:
        self.serve()
        if self.console.readers:
            reader = self.random.choice(self.console.readers)
            self.console.readers.remove(reader)
            self.script.ask(CANCEL, reader.tag)
            self.serve()

    def type(self) -> None:
        data = bytes(self.random.choices(b"abcdefghij\r\r\x04\x03\x1c",
                                         [20] * 12 + [5, 1, 1], k=self.random.randrange(1, 30)))
        for byte in data:
            self.console.type(byte)
        self.script.type(data)

    def change_mode(self) -> None:
        mode = self.random.choice([LINES, RAW])
        self.serve()
        self.console.set_mode(mode)
        answer = Answer(self.script.ask(CONTROL, SET_MODE, mode), 0, 0, b"")
        self.script.look()
        self.expected.append([answer] + self.console.answers())

    def go(self, count: int) -> None:
        for _ in range(count):
            what = self.random.random()
            if what < 0.4:
                self.type()
            elif what < 0.75 and len(self.console.readers) < WAITS:
                self.read()
            elif what < 0.85:
                self.cancel()
            elif what < 0.9:
                self.change_mode()
            else:
                self.serve()
        self.serve()


class Requests(unittest.TestCase):
    expected_seconds = 10

    def test_random_readers(self) -> None:
        for seed in SEEDS:
            session = Session(seed)
            session.go(1500)
            for number, (told, expected) in enumerate(zip(session.script.run(), session.expected,
                                                          strict=True)):
                with self.subTest(seed=seed, number=number):
                    self.assertEqual(sorted(told.answers, key=lambda answer: answer.tag),
                                     sorted(expected, key=lambda answer: answer.tag))

    def test_nothing_that_is_written_is_lost(self) -> None:
        """Writers wait while the line is slow; no more than the queue is on its way."""
        for seed in SEEDS:
            chance, script, written = random.Random(seed), Script(), []
            for _ in range(50):
                written.append(bytes(chance.choices(b"abc\n\n", k=chance.randrange(WRITE_MAX + 1))))
                script.write(written[-1])
            rates = [chance.choice([0, 1, 15, 500, 5000]) for _ in range(200)]
            for rate in rates:
                script.serve()
                script.send(rate)
                script.lines.append("screen")
            script.look()
            taken, sent = 0, b""
            for told in script.run():
                sent += told.sent
                for answer in told.answers:
                    self.assertEqual((answer.tag, answer.error, answer.result),
                                     (taken + 1, 0, len(written[taken])))
                    taken += 1
                shown = b"".join(written[:taken]).replace(b"\n", b"\r\n")
                self.assertLessEqual(len(shown) - len(sent), QUEUE_OUT)
            self.assertEqual(taken, len(written))
            self.assertEqual(sent, b"".join(written).replace(b"\n", b"\r\n"))

    def test_what_is_typed_ahead_is_kept_as_far_as_there_is_room(self) -> None:
        script, typed = Script(), b"".join(b"line %d\r" % number for number in range(600))
        script.type(typed)
        script.look()
        for _ in range(600):
            script.read()
        script.lines[-600:] = [line for order in script.lines[-600:] for line in
                               (order, "serve", "send 1000000")]
        script.look()
        first, last = script.run()
        self.assertEqual(first.full, len(typed) - QUEUE_IN)
        self.assertEqual(first.sent, b"")       # nothing is shown before somebody reads
        read = b"".join(answer.data for answer in last.answers)
        self.assertEqual(read, typed[:QUEUE_IN].rpartition(b"\r")[0].replace(b"\r", b"\n") + b"\n")

    def test_the_keyboard_rings_when_there_is_no_room(self) -> None:
        script = Script()
        script.type(b"x" * (QUEUE_IN - 2))
        script.codes(b"\xe0\x48\xe0\xc8" + b"\x1e\x9e" * 3)     # up needs three bytes, a one
        script.look()
        self.assertEqual(script.run()[0].sent, b"\a" * 2)

    def test_one_reader_too_many(self) -> None:
        script = Script()
        for _ in range(WAITS + 2):
            script.read()
        script.look()
        self.assertEqual([(answer.tag, answer.error) for answer in script.run()[0].answers],
                         [(WAITS + 1, EAGAIN), (WAITS + 2, EAGAIN)])

    def test_the_last_resort_acts_while_bytes_are_read_raw(self) -> None:
        script = Script()
        script.ask(CONTROL, SET_MODE, RAW)
        script.look()
        script.type(b"left\x03\x1c\x03line\r")
        script.read()
        script.look()
        look = script.run()[-1]
        self.assertEqual([answer.data for answer in look.answers if answer.data], [b"line\n"])

    def test_other_requests(self) -> None:
        script = Script()
        script.ask(OPEN, 0)
        script.ask(OPEN, O_NONBLOCK)
        script.ask(OPEN, 0, 1, b"x")
        script.ask(CLOSE)
        script.ask(CONTROL, GET_SIZE)
        script.ask(CONTROL, SET_MODE, 2)
        script.ask(CONTROL, 99)
        script.ask(77)
        script.read(0)
        script.ask(CANCEL, 1234)
        script.look()
        self.assertEqual([(answer.tag, answer.error, answer.result)
                          for answer in script.run()[0].answers],
                         [(1, 0, 0), (2, 0, O_NONBLOCK), (3, ENOTDIR, 0), (4, 0, 0),
                          (5, 0, 80 << 16 | 25), (6, EINVAL, 0), (7, ENOTTY, 0), (8, ENOSYS, 0),
                          (9, 0, 0)])

    def test_draining_waits_for_the_line(self) -> None:
        script = Script()
        script.write(b"x" * 100)
        drain = script.ask(CONTROL, DRAIN)
        script.lines += ["serve", "send 99", "serve", "screen"]
        script.look()
        first, second = script.run()
        self.assertEqual([answer.tag for answer in first.answers], [1])
        self.assertEqual([(answer.tag, answer.error) for answer in second.answers], [(drain, 0)])

    def test_control_c_while_the_output_is_full(self) -> None:
        script = Script()
        reader = script.read()
        for _ in range(6):
            script.write(b"x" * WRITE_MAX)
        script.serve()
        script.type(b"abc\x03")
        script.lines.append("screen")
        script.look()
        script.look()
        first, second, third = script.run()
        self.assertEqual((first.interrupts, second.interrupts), (1, 0))
        found = {answer.tag: answer.error for told in (first, second, third)
                 for answer in told.answers}
        self.assertEqual(found[reader], EINTR)
        self.assertEqual(len(found), 7)


# The keys of a US keyboard by their codes of set 1: what they send alone, and with shift.
ROWS = {0x02: ("1234567890-=", "!@#$%^&*()_+"), 0x10: ("qwertyuiop[]", "QWERTYUIOP{}"),
        0x1E: ("asdfghjkl;'`", "ASDFGHJKL:\"~"), 0x2B: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
        0x39: (" ", " "), 0x1C: ("\r", "\r"), 0x0F: ("\t", "\t"), 0x0E: ("\x7f", "\x7f"),
        0x01: ("\x1b", "\x1b"), 0x37: ("*", "*"), 0x56: ("\\", "|")}
MIDDLE = {0x47: "\x1b[H", 0x48: "\x1b[A", 0x49: "\x1b[5~", 0x4B: "\x1b[D", 0x4D: "\x1b[C",
          0x4F: "\x1b[F", 0x50: "\x1b[B", 0x51: "\x1b[6~", 0x52: "\x1b[2~", 0x53: "\x1b[3~",
          0x1C: "\r", 0x35: "/"}
PAD = dict(zip(range(0x47, 0x54), "789-456+1230."))
SHIFT, CONTROL_KEY, ALT, CAPS, NUM = 0x2A, 0x1D, 0x38, 0x3A, 0x45


def with_control(character: str) -> str:
    upper = character.upper()
    return chr(ord(upper) - 64) if "@" <= upper <= "_" else {" ": "\0"}.get(character, character)


class Keyboard(unittest.TestCase):
    """Raw mode shows what keys send."""

    def sends(self, codes: list[int]) -> str:
        script = Script()
        script.ask(CONTROL, SET_MODE, RAW)
        script.serve()
        script.codes(bytes(codes))
        script.read()
        script.look()
        return script.run()[0].answers[-1].data.decode()

    def tap(self, *codes: int) -> list[int]:
        """Keys that are pressed one after the other, and released."""
        pressed: list[int] = []
        for code in codes:
            pressed += [0xE0] * (code > 0xFF) + [code & 0xFF]
        for code in reversed(codes):
            pressed += [0xE0] * (code > 0xFF) + [code & 0xFF | 0x80]
        return pressed

    def each(self, *held: int, but: str = "") -> tuple[str, str, str]:
        """All keys of the rows but some, with others held: what comes, and the tables' two
        texts."""
        keys = [(first + place, key, row[1][place]) for first, row in ROWS.items()
                for place, key in enumerate(row[0]) if key not in but]
        codes = [code for code, _, _ in keys]
        plain = "".join(key for _, key, _ in keys)
        shifted = "".join(key for _, _, key in keys)
        return self.sends([code for key in codes for code in self.tap(*held, key)]), plain, shifted

    def test_letters(self) -> None:
        sent, plain, _ = self.each()
        self.assertEqual(sent, plain)

    def test_shift(self) -> None:
        for shift in (SHIFT, 0x36):
            sent, _, shifted = self.each(shift)
            self.assertEqual(sent, shifted)

    def test_control(self) -> None:
        for control in (CONTROL_KEY, 0x100 | CONTROL_KEY):
            sent, plain, _ = self.each(control, but="\\")     # that one acts at once
            self.assertEqual(sent, "".join(map(with_control, plain)))

    def test_alt(self) -> None:
        for alt in (ALT, 0x100 | ALT):
            sent, plain, _ = self.each(alt)
            self.assertEqual(sent, "".join(f"\x1b{character}" for character in plain))

    def test_caps_lock(self) -> None:
        codes = self.tap(CAPS) + self.tap(0x1E) + self.tap(SHIFT, 0x1E) + self.tap(0x02)
        self.assertEqual(self.sends(codes + self.tap(CAPS) + self.tap(0x1E)), "Aa1a")

    def test_the_middle_block(self) -> None:
        codes = [code for key in MIDDLE for code in self.tap(0x100 | key)]
        self.assertEqual(self.sends(codes), "".join(MIDDLE.values()))

    def test_old_shifts_around_the_middle_block(self) -> None:
        self.assertEqual(self.sends([0xE0, 0x2A, 0xE0, 0x4B, 0x1E, 0xE0, 0xCB, 0xE0, 0xAA]),
                         "\x1b[Da")

    def test_the_number_pad(self) -> None:
        codes = [code for key in PAD for code in self.tap(key)]
        keys = "".join(MIDDLE.get(key, PAD[key] if PAD[key] in "-+" else "") for key in PAD)
        self.assertEqual(self.sends(codes), keys)
        self.assertEqual(self.sends(self.tap(NUM) + codes), "".join(PAD.values()))

    def test_function_keys(self) -> None:
        codes = [code for key in range(0x3B, 0x45) for code in self.tap(key)]
        self.assertEqual(self.sends(codes), "\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[18~"
                                            "\x1b[19~\x1b[20~\x1b[21~")

    def test_keys_that_mean_nothing(self) -> None:
        pause = [0xE1, 0x1D, 0x45, 0xE1, 0x9D, 0xC5]
        self.assertEqual(self.sends(pause + [0xE0, 0x37, 0xE0, 0xB7, 0x46, 0xC6, 0x00, 0xFF, 0x7F]
                                    + self.tap(0x1E) + self.tap(0x47)), "a\x1b[H")

    def test_any_codes(self) -> None:
        for seed in SEEDS:
            script = Script()
            script.codes(random.Random(seed).randbytes(5000))
            script.look()
            self.assertEqual(len(script.run()), 1)


# Each with the test that has to find it.
MISTAKES = [
    (Edit("requests are fetched without room", f"{CONSOLE}/requests.c",
          "#define ROOM (LINE_ECHO_MAX + 2 * FILE_DATA_MAX)", "#define ROOM FILE_DATA_MAX"),
     Requests("test_nothing_that_is_written_is_lost")),
    (Edit("who came last reads first", f"{CONSOLE}/requests.c",
          "        if (finish(&waits[i])) {\n            remove_wait(i);",
          "        if (finish(&waits[wait_count - 1 - i])) {\n"
          "            remove_wait(wait_count - 1 - i);"), Requests("test_random_readers")),
    (Edit("Ctrl-C forgets the second reader", f"{CONSOLE}/requests.c",
          "    for (unsigned i = 0; i < wait_count; i++) {\n        waits[i].is_interrupted",
          "    for (unsigned i = 0; i < wait_count && i < 1; i++) {\n"
          "        waits[i].is_interrupted"), Requests("test_random_readers")),
    (Edit("a line is read once", f"{CONSOLE}/input.c",
          "    if (given == line.length) {\n", "    if (true) {\n"),
     Requests("test_random_readers")),
    (Edit("Caps Lock is a shift", f"{CONSOLE}/keymap.c",
          "    if (is_letter(character) && (keymap->locks", "    if ((keymap->locks"),
     Keyboard("test_caps_lock")),
    (Edit("old shifts count", f"{CONSOLE}/keymap.c",
          "return is_extended ? 0 : KEYMAP_SHIFT_LEFT;", "return KEYMAP_SHIFT_LEFT;"),
     Keyboard("test_old_shifts_around_the_middle_block")),
]


class Mistakes(unittest.TestCase):
    """These tests have teeth."""

    expected_seconds = 40

    def test_mistakes_are_found(self) -> None:
        for edit, test in MISTAKES:
            with self.subTest(edit.name):
                self.assertTrue(is_found(edit, test), "was not found")


if __name__ == "__main__":
    unittest.main()
