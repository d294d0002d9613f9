"""The console driver on the host, without its devices: what it shows and what it lets be read is
compared with models, for keys, bytes and requests that are chosen at random from a seed."""

import random
import unittest
from dataclasses import dataclass

from console_host import CONSOLE, SEEDS, HostTeeth, Script, Told
from console_models import COLUMNS, KEYS, Line, Terminal
from mutation import Mutation

CHARACTERS = "abcdefghij klmno  pqrst\tuvwxyzABCXYZ0123456789.-/_äöüßé€→漢😀"


@dataclass
class Step:
    """What should be after a key: the line that is shown and the bells so far."""

    key: str
    prompt: bytes
    text: str
    cursor: int
    bells: int
    done: bytes | None
    tag: int


class Editing:
    """Somebody at a prompt."""

    def __init__(self, seed: int, longest_prompt: int, *without: str) -> None:
        self.random = random.Random(seed)
        self.keys = [key for key in [*KEYS, "left", "left", "up", "up", "down", "home"]
                     if key not in without]
        self.longest_prompt = longest_prompt
        self.script = Script()
        self.line = Line()
        self.steps: list[Step] = []
        self.prompt = b""
        self.begin()

    def begin(self) -> None:
        """Writes a prompt, and reads."""
        self.prompt = b"." * self.random.randrange(self.longest_prompt) + b">"
        self.script.write(self.prompt)
        self.tag = self.script.read()

    def press(self, key: str) -> None:
        ways = KEYS.get(key, (key.encode(),))
        self.script.type(self.random.choice(ways))
        self.script.look()
        done = self.line.press(key)
        self.note(key, done)
        if done is not None:
            self.begin()

    def note(self, key: str, done: bytes | None) -> None:
        self.steps.append(Step(key, self.prompt, "".join(self.line.text), self.line.cursor,
                               self.line.bells, done, self.tag))

    def interfere(self) -> None:
        """Another program writes: the line goes on in a new place."""
        self.prompt = b"." * self.random.randrange(self.longest_prompt)
        self.script.write(b"another program\n" + self.prompt)
        self.script.look()
        self.note("another program", None)

    def paste(self, length: int) -> None:
        for _ in range(length):
            self.press(self.random.choice(CHARACTERS))

    def go(self, count: int) -> None:
        """Presses keys: mostly characters, at times many of one kind."""
        for _ in range(count):
            what = self.random.random()
            if what < 0.02:
                self.paste(self.random.randrange(300))
            elif what < 0.03:
                self.interfere()
            elif what < 0.05:
                for _ in range(self.random.randrange(100)):
                    self.press("left")
            elif what < 0.6:
                self.press(self.random.choice(CHARACTERS))
            else:
                self.press(self.random.choice(self.keys))


class LineEditor(unittest.TestCase):
    """What is typed is what is shown, on the serial line and on the screen, and what is read."""

    expected_seconds = 30

    def check(self, editing: Editing, columns: int) -> None:
        terminal = Terminal(columns)
        told = editing.script.run()
        self.assertEqual(len(told), len(editing.steps))
        for number, (step, seen) in enumerate(zip(editing.steps, told)):
            with self.subTest(number=number, key=step.key, columns=columns):
                self.check_step(step, seen, terminal)

    def check_step(self, step: Step, seen: Told, terminal: Terminal) -> None:
        terminal.feed(seen.sent)
        if terminal.columns == COLUMNS:
            self.assertEqual(terminal.seen(), seen.cells)
            self.assertEqual((terminal.row - terminal.top, terminal.column), seen.cursor)
        self.assertEqual(terminal.bells, step.bells)
        self.assertEqual([answer.data for answer in seen.answers if answer.tag == step.tag],
                         [] if step.done is None else [step.done])
        if step.done is None:
            self.check_shown(step, terminal)

    def check_shown(self, step: Step, terminal: Terminal) -> None:
        """The prompt, the line and nothing else; the cursor where it belongs."""
        shown = [ord(" ") if character == "\t" else character for character in step.text]
        shown = [cell if isinstance(cell, int) else self.glyph(cell) for cell in shown]
        before = list(step.prompt[-COLUMNS:])
        first = terminal.place() - step.cursor - len(before)
        expected = before + shown
        self.assertEqual(terminal.text(first, len(expected)), expected)
        rest = terminal.text(first + len(expected), 3 * COLUMNS)
        self.assertEqual(set(rest), {ord(" ")})

    def glyph(self, character: str) -> int:
        try:
            return character.encode("cp437")[0]
        except UnicodeEncodeError:
            return ord("?")

    def test_random_keys(self) -> None:
        for seed in SEEDS:
            editing = Editing(seed, COLUMNS - 1)
            editing.go(700)
            self.check(editing, COLUMNS)

    def test_a_wider_terminal(self) -> None:
        """As long as prompts begin and end within 80 columns: so nothing is left in their row."""
        editing = Editing(4, COLUMNS - 1, "end of file")
        editing.go(400)
        self.check(editing, 132)

    def test_long_prompts(self) -> None:
        editing = Editing(5, 2 * COLUMNS + 2)
        editing.go(400)
        self.check(editing, COLUMNS)

    def test_the_longest_line(self) -> None:
        editing = Editing(6, 20)
        keys = ["ä", "left", "backspace", "ä", "y", "home", "backspace", "enter", "up", "home",
                "delete", "€", "enter"]
        for key in ["x"] * 1002 + keys:
            editing.press(key)
        self.check(editing, COLUMNS)
        self.assertEqual([len(step.done) for step in editing.steps if step.done], [1001, 1000])

    def test_the_whole_history(self) -> None:
        editing = Editing(7, 20)
        for number in range(80):
            for key in [*f"line {number // 2 * 2}", "enter"]:
                editing.press(key)
        for key in ["new"[i] for i in range(3)] + ["up"] * 34 + ["x"] + ["down"] * 34 + ["enter"]:
            editing.press(key)
        self.check(editing, COLUMNS)
        self.assertEqual(editing.steps[-1].done, b"new\n")

    def test_broken_characters_and_sequences_are_nothing(self) -> None:
        script = Script()
        tag = script.read()
        script.type(b"a\xc3b\xe2\x82c\x1b[1\rd\xed\xa0\x80e\xc0\x80\x1b\x1b[Df\n")
        script.look()
        self.assertEqual([answer.data for answer in script.run()[0].answers], [b"abc\n"])
        script.lines = script.lines[1:]
        self.assertEqual(tag, 1)


class Screen(unittest.TestCase):
    """What is written looks on the screen as on a terminal."""

    expected_seconds = 10

    def piece(self, chance: random.Random) -> bytes:
        """Something to write: text, a control character, or a sequence."""
        what = chance.random()
        if what < 0.5:
            letters = chance.choice(["abc XYZ", CHARACTERS.replace("\t", ""), "█▒│äÄ£ñ"])
            return "".join(chance.choices(letters, k=chance.randrange(30))).encode()
        if what < 0.65:
            return chance.choice([b"\n", b"\r", b"\b", b"\t", b"\x07", b"\0", b"\x18"])
        if what < 0.7:
            return chance.choice([b"\xc3 ", b"\x80", b"\xff\xfe", b"\xe2\x82\r", b"\xf0\x9f"])
        numbers = [str(chance.choice([0, 1, 2, 3, 5, 7, 12, 24, 25, 27, 38, 48, 79, 80, 200, 99999,
                                      chance.randrange(30, 50), chance.randrange(90, 110)]))
                   for _ in range(chance.randrange(5))]
        mark = "?" if chance.random() < 0.1 else ""
        final = chance.choice("ABCDEFGHJKdfmmmmmsuhlzSTPX@")
        return f"\x1b[{mark}{';'.join(numbers)}{final}".encode()

    def test_random_bytes(self) -> None:
        for seed in SEEDS:
            chance, script, terminal = random.Random(seed), Script(), Terminal()
            pieces = []
            for _ in range(700):
                pieces.append(self.piece(chance))
                script.write(pieces[-1])
                script.look()
            for number, (piece, seen) in enumerate(zip(pieces, script.run())):
                with self.subTest(seed=seed, number=number, piece=piece):
                    terminal.feed(piece.replace(b"\n", b"\r\n"))
                    self.assertEqual(seen.sent, piece.replace(b"\n", b"\r\n"))
                    self.assertEqual((terminal.row - terminal.top, terminal.column), seen.cursor)
                    self.assertEqual(terminal.hidden, seen.hidden)
                    self.assertEqual(terminal.seen(), seen.cells)

    def test_any_bytes(self) -> None:
        """Bytes without sense do no harm: the sanitizers watch."""
        pieces = [b"\x1b", b"\x1b[", b"\x1b[?", b"\x1b]", b";", b";" * 9, b"99999999999", b"48",
                  b"m", b"\xe2", b"\x80", b"\n"]
        for seed in SEEDS:
            chance, script = random.Random(seed), Script()
            for _ in range(300):
                script.write(b"".join(chance.choice(pieces) if chance.random() < 0.7
                                      else chance.randbytes(1) for _ in range(200)))
                script.look()
            self.assertEqual(len(script.run()), 300)

    def test_a_title_is_not_shown(self) -> None:
        script = Script()
        script.write(b"a\x1b]0;title\x07b\x1b]2;t\x1b\\c\x1b(Bd\x1b7\x1b[5;5H\x1b8e")
        script.look()
        self.assertEqual(script.run()[0].cells[:12:2], b"abcde ")
        script.write(b"\x1bcf")
        script.look()
        self.assertEqual(script.run()[1].cells[:4:2], b"f ")


MUTATIONS = [
    Mutation("a full row is not left", LineEditor("test_random_keys"), f"{CONSOLE}/line_display.c",
             "        if (column_of(line, line->place) == 0) {", "        if (false) {"),
    Mutation("what stood behind the line stays", LineEditor("test_random_keys"),
             f"{CONSOLE}/line_display.c",
             "    if (line->place < line->shown) {", "    if (line->place + 1 < line->shown) {"),
    Mutation("a character is cut in two", LineEditor("test_random_keys"), f"{CONSOLE}/line.c",
             "    } while (place > 0 && utf8_continues((uint8_t)line->text[place]));",
             "    } while (false);"),
    Mutation("the new line is forgotten", LineEditor("test_random_keys"), f"{CONSOLE}/line.c",
             "    if (line->age == 0) {\n        line->new_line.length",
             "    if (line->age == 1) {\n        line->new_line.length"),
    Mutation("the history forgets one too early", LineEditor("test_the_whole_history"),
             f"{CONSOLE}/history.c", "age > HISTORY_ENTRIES)", "age >= HISTORY_ENTRIES)"),
    Mutation("a line is one byte too long", LineEditor("test_the_longest_line"),
             f"{CONSOLE}/line.c",
             "line->length + key->length > LINE_BYTES_MAX",
             "line->length + key->length > LINE_BYTES_MAX + 1"),
    Mutation("the cursor wraps at once", Screen("test_random_bytes"), f"{CONSOLE}/screen.c",
             "    screen->column++;\n",
             "    screen->column++;\n    if (screen->column == SCREEN_COLUMNS) {\n"
             "        screen_next_row(screen);\n        screen->column = 1;\n    }\n"),
    Mutation("one number of a colour too few is skipped", Screen("test_random_bytes"),
             f"{CONSOLE}/terminal_sequence.c", "== 2 ? 4 : 2;", "== 2 ? 4 : 1;"),
    Mutation("a sequence's numbers have no end", Screen("test_any_bytes"), f"{CONSOLE}/terminal.c",
             "    if (terminal->count < TERMINAL_NUMBERS) {\n        terminal->count++;",
             "    {\n        terminal->count++;"),
]


class Mistakes(HostTeeth, unittest.TestCase):
    """These tests have teeth."""

    expected_seconds = 40
    mutations = MUTATIONS


if __name__ == "__main__":
    unittest.main()
