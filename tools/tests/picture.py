"""Pictures of a text screen: PNG files, and the characters that they show."""

import struct
import zlib
from pathlib import Path

COLUMNS, ROWS = 80, 25
SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 6: 4}   # by PNG's colour types, with 8 bits each

Cell = tuple[bytes, ...]        # a character's lines


def lines_of(file: Path) -> tuple[list[bytes], int]:
    """The lines of a picture, and the bytes of each pixel (PNG, ISO 15948)."""
    data = file.read_bytes()
    if not data.startswith(SIGNATURE):
        raise AssertionError(f"{file}: no PNG file")
    at, packed, header = len(SIGNATURE), b"", b""
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8:at + 8 + size]
        header, packed = body if kind == b"IHDR" else header, packed + body * (kind == b"IDAT")
        at += size + 12
    width, _, depth, colours, *_, interlaced = struct.unpack(">IIBBBBB", header)
    if depth != 8 or interlaced:
        raise AssertionError(f"{file}: {depth} bits, interlaced: {interlaced}")
    return unfiltered(zlib.decompress(packed), width, CHANNELS[colours]), CHANNELS[colours]


def unfiltered(raw: bytes, width: int, pixel: int) -> list[bytes]:
    size = width * pixel
    before, lines = bytes(size), []
    for at in range(0, len(raw), size + 1):
        kind, line = raw[at], bytearray(raw[at + 1:at + 1 + size])
        for i in range(size if kind else 0):
            left = line[i - pixel] if i >= pixel else 0
            corner = before[i - pixel] if i >= pixel else 0
            line[i] = line[i] + predicted(kind, left, before[i], corner) & 0xFF
        before = bytes(line)
        lines.append(before)
    return lines


def predicted(kind: int, left: int, above: int, corner: int) -> int:
    """What a filter of PNG has taken away."""
    if kind == 4:
        distances = {0: abs(above - corner), 1: abs(left - corner),
                     2: abs(left + above - 2 * corner)}
        return (left, above, corner)[min(distances, key=distances.__getitem__)]
    return (0, left, above, (left + above) // 2)[kind]


def cells_of(file: Path) -> list[list[Cell]]:
    """The cells of a screen, row by row."""
    lines, pixel = lines_of(file)
    height, width = len(lines) // ROWS, len(lines[0]) // pixel // COLUMNS * pixel
    return [[tuple(line[column * width:(column + 1) * width]
                   for line in lines[row * height:(row + 1) * height])
             for column in range(COLUMNS)] for row in range(ROWS)]


def font_of(pictures: dict[Path, list[str]]) -> dict[Cell, str]:
    """What each cell means, learnt from pictures of which the text is known. One that means two
    characters, or a character with two forms, is an error: then a picture shows something else.
    The cursor is no character: it stands behind the last row's text."""
    font: dict[Cell, str] = {}
    for file, rows in pictures.items():
        last = max(i for i, row in enumerate(rows) if row)
        for i, row in enumerate(cells_of(file)):
            for column, cell in enumerate(row):
                if (i, column) != (last, len(rows[last]) + 1):
                    character = rows[i][column:column + 1] or " "
                    if font.setdefault(cell, character) != character:
                        raise AssertionError(f"{file}: {character} looks like {font[cell]}")
    if len(set(font.values())) != len(font):
        raise AssertionError("a character has two forms")
    return font


def text_of(file: Path, font: dict[Cell, str]) -> list[str]:
    """The rows of a picture, without blanks at their ends. What is not known is a blank: the
    cursor."""
    return ["".join(font.get(cell, " ") for cell in row).rstrip() for row in cells_of(file)]
