"""Models of what the console driver does: a terminal, and a line that is edited.

They are written from the comments in drivers/console/terminal.h and line.h, not from the code, and
in another way: the line is a list of characters, the terminal never forgets a row.
"""

import re
from dataclasses import dataclass, field

COLUMNS, ROWS = 80, 25
LINE_BYTES = 1000
HISTORY = 32
PLAIN = 0x07
ADAPTER = (0, 4, 2, 6, 1, 5, 3, 7)      # ANSI's colours as the adapter numbers them
GLYPHS = {chr(code): code for code in range(0x20, 0x7F)}
GLYPHS |= {bytes([code]).decode("cp437"): code for code in range(0x80, 0x100)}

SEQUENCE = re.compile(rb"\x1b\[([<-?]?)([0-9;]*)([@-~])")
CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}"
                       rb"|[\xf0-\xf4][\x80-\xbf]{0,3}|[\x20-\x7e\x80-\xff]")


@dataclass
class Colours:
    """What SGR has set."""

    front: int = 7
    back: int = 0
    bold: bool = False
    reverse: bool = False

    def attribute(self) -> int:
        """As the adapter has it."""
        front, back = self.front % 8, self.back % 8
        if self.reverse:
            front, back = back, front
        bright = self.bold or self.front >= 8
        return ADAPTER[back] * 16 + ADAPTER[front] + 8 * bright

    def set(self, numbers: list[int]) -> None:
        while numbers:
            number = numbers.pop(0)
            if number in (38, 48):
                del numbers[:4 if numbers[:1] == [2] else 2]
            else:
                self.set_one(number)

    def set_one(self, number: int) -> None:
        if number == 0:
            self.front, self.back, self.bold, self.reverse = 7, 0, False, False
        elif number in (1, 22):
            self.bold = number == 1
        elif number in (7, 27):
            self.reverse = number == 7
        elif 30 <= number <= 37 or number == 39:
            self.front = {39: 7}.get(number, number - 30)
        elif 40 <= number <= 47 or number == 49:
            self.back = {49: 0}.get(number, number - 40)
        elif 90 <= number <= 97:
            self.front = number - 90 + 8
        elif 100 <= number <= 107:
            self.back = number - 100


@dataclass
class Terminal:
    """A terminal of some width. Rows that have gone up stay in `rows`, the last 25 are seen."""

    columns: int = COLUMNS
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    top: int = 0
    row: int = 0
    column: int = 0
    hidden: bool = False
    bells: int = 0
    kept: tuple[int, int] = (0, 0)
    colours: Colours = field(default_factory=Colours)

    def __post_init__(self) -> None:
        self.rows = [self.blank(PLAIN) for _ in range(ROWS)]

    def blank(self, attribute: int) -> list[tuple[int, int]]:
        return [(0x20, attribute)] * self.columns

    def seen(self) -> bytes:
        """The cells that are seen, as the adapter's memory has them."""
        return bytes(byte for row in self.rows[self.top:] for cell in row for byte in cell)

    def feed(self, data: bytes) -> None:
        """Takes bytes; sequences and characters are whole, or are none."""
        at = 0
        while at < len(data):
            sequence = SEQUENCE.match(data, at)
            character = CHARACTER.match(data, at)
            if sequence:
                self.do(*sequence.groups())
                at = sequence.end()
            elif character:
                self.put(character.group())
                at = character.end()
            else:
                self.control(data[at])
                at += 1

    def put(self, data: bytes) -> None:
        if self.column == self.columns:
            self.next_row()
            self.column = 0
        code = GLYPHS.get(data.decode("utf-8", errors="replace"), ord("?"))
        self.rows[self.row][self.column] = (code, self.colours.attribute())
        self.column += 1

    def next_row(self) -> None:
        self.row += 1
        if self.row == len(self.rows):
            self.rows.append(self.blank(self.colours.attribute()))
            self.top += 1

    def control(self, byte: int) -> None:
        here = min(self.column, self.columns - 1)
        if byte == 0x07:
            self.bells += 1
        elif byte == 0x08:
            self.column = max(here - 1, 0)
        elif byte == 0x09:
            self.column = min(self.column // 8 * 8 + 8, self.columns - 1)
        elif byte in b"\n\v\f":
            self.next_row()
        elif byte == 0x0D:
            self.column = 0

    def go(self, row: int, column: int) -> None:
        self.row = self.top + max(0, min(row, ROWS - 1))
        self.column = max(0, min(column, self.columns - 1))

    def do(self, mark: bytes, words: bytes, final: bytes) -> None:
        """Does what a sequence says."""
        numbers = [int(word or 0) for word in words.split(b";")]
        if mark:
            if mark == b"?" and numbers[0] == 25 and final in b"hl":
                self.hidden = final == b"l"
        elif final == b"m":
            self.colours.set(numbers)
        elif final in b"JK" and numbers[0] <= 2:
            self.erase(numbers[0], whole=final == b"J")
        elif final == b"s":
            self.kept = (self.row - self.top, self.column)
        elif final == b"u":
            self.go(*self.kept)
        else:
            self.move(final, [number or 1 for number in numbers] + [1])

    def move(self, final: bytes, numbers: list[int]) -> None:
        count = numbers[0]
        row, column = self.row - self.top, min(self.column, self.columns - 1)
        places = {b"A": (row - count, column), b"B": (row + count, column),
                  b"C": (row, column + count), b"D": (row, column - count),
                  b"E": (row + count, 0), b"F": (row - count, 0), b"G": (row, count - 1),
                  b"d": (count - 1, column), b"H": (count - 1, numbers[1] - 1),
                  b"f": (count - 1, numbers[1] - 1)}
        if final in places:
            self.go(*places[final])

    def erase(self, what: int, whole: bool) -> None:
        """0: from the cursor on, 1: up to it, 2: all; of the row, or of the screen."""
        here = self.row * self.columns + min(self.column, self.columns - 1)
        first = (self.top if whole else self.row) * self.columns
        end = (self.top + ROWS if whole else self.row + 1) * self.columns
        first = here if what == 0 else first
        end = here + 1 if what == 1 else end
        for place in range(first, end):
            row, column = divmod(place, self.columns)
            self.rows[row][column] = (0x20, self.colours.attribute())

    def text(self, first: int, count: int) -> list[int]:
        """The characters of places that are counted in rows of 80 columns."""
        found = []
        for place in range(first, first + count):
            row, column = divmod(place, COLUMNS)
            found.append(self.rows[row][column][0] if row < len(self.rows) else 0x20)
        return found

    def place(self) -> int:
        return self.row * COLUMNS + self.column


# The keys of the line editor, each with the ways in which terminals send it.
KEYS = {
    "left": (b"\x1b[D", b"\x1bOD", b"\x02"), "right": (b"\x1b[C", b"\x1bOC", b"\x06"),
    "home": (b"\x1b[H", b"\x1b[1~", b"\x1bOH", b"\x1b[7~", b"\x01"),
    "end": (b"\x1b[F", b"\x1b[4~", b"\x1bOF", b"\x1b[8~", b"\x05"),
    "up": (b"\x1b[A", b"\x10"), "down": (b"\x1b[B", b"\x0e"),
    "backspace": (b"\x7f", b"\x08"), "delete": (b"\x1b[3~",),
    "cut right": (b"\x0b",), "cut left": (b"\x15",), "cut word": (b"\x17",),
    "enter": (b"\r", b"\n"), "end of file": (b"\x04",),
    "other": (b"\x1b[5~", b"\x1b[6~", b"\x1b[2~", b"\x1bx", b"\x1b[15;2~", b"\x1b[?1z", b"\x00",
              b"\x07", b"\x1a", b"\x80", b"\xff", b"\x1b[9999999999~"),
}


@dataclass
class Line:
    """A line that is edited, with its history."""

    text: list[str] = field(default_factory=list)
    cursor: int = 0
    history: list[list[str]] = field(default_factory=list)
    age: int = 0
    new: list[str] = field(default_factory=list)
    bells: int = 0

    def size(self) -> int:
        return len("".join(self.text).encode())

    def begin(self) -> None:
        self.text, self.cursor, self.age = [], 0, 0

    def press(self, key: str) -> bytes | None:
        """What a key, or a character, does. The line, if that finishes it."""
        if key not in KEYS:
            self.insert(key)
        elif key in ("enter", "end of file"):
            return self.finish(key == "enter")
        elif key in ("up", "down"):
            self.recall(self.age + (1 if key == "up" else -1))
        elif key == "other":
            self.bells += 1
        elif key in ("left", "right", "home", "end"):
            self.cursor = {"left": max(self.cursor - 1, 0), "home": 0, "end": len(self.text),
                           "right": min(self.cursor + 1, len(self.text))}[key]
        else:
            self.cut(*self.range_of(key))
        return None

    def insert(self, character: str) -> None:
        if self.size() + len(character.encode()) > LINE_BYTES:
            self.bells += 1
        else:
            self.text.insert(self.cursor, character)
            self.cursor += 1

    def range_of(self, key: str) -> tuple[int, int]:
        """What a key cuts off."""
        cursor, length = self.cursor, len(self.text)
        before = re.search(r"[^ \t]*[ \t]*$", "".join(self.text[:cursor]))
        return {"backspace": (max(cursor - 1, 0), cursor), "cut left": (0, cursor),
                "delete": (cursor, min(cursor + 1, length)), "cut right": (cursor, length),
                "cut word": (before.start() if before else cursor, cursor)}[key]

    def cut(self, first: int, end: int) -> None:
        self.bells += first == end
        del self.text[first:end]
        self.cursor = first

    def recall(self, age: int) -> None:
        if not 0 <= age <= min(len(self.history), HISTORY):
            self.bells += 1
            return
        if self.age == 0:
            self.new = self.text[:]
        self.age = age
        self.text = list(self.history[-age] if age else self.new)
        self.cursor = len(self.text)

    def finish(self, is_whole: bool) -> bytes:
        line = "".join(self.text).encode() + (b"\n" if is_whole else b"")
        if is_whole and self.text and self.history[-1:] != [self.text]:
            self.history.append(self.text[:])
        self.begin()
        return line
