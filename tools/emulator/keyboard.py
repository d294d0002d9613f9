"""A PC keyboard with US layout: which key is which character (IBM PS/2 Hardware Interface Technical
Reference, scan code set 1)."""

from __future__ import annotations

# By the code of the first key of each row: what the keys send alone, and with shift.
ROWS = {0x02: ("1234567890-=", "!@#$%^&*()_+"), 0x10: ("qwertyuiop[]", "QWERTYUIOP{}"),
        0x1E: ("asdfghjkl;'`", "ASDFGHJKL:\"~"), 0x2B: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
        0x39: (" ", " "), 0x1C: ("\r", "\r"), 0x0F: ("\t", "\t"), 0x0E: ("\x7f", "\x7f"),
        0x01: ("\x1b", "\x1b"), 0x37: ("*", "*"), 0x56: ("\\", "|")}
SHIFT = 0x2A


def keys_for(character: str) -> list[int]:
    """The codes of the keys that are held down together for a character.

    ValueError: no key sends it."""
    for first, (plain, shifted) in ROWS.items():
        if character in plain:
            return [first + plain.index(character)]
        if character in shifted:
            return [SHIFT, first + shifted.index(character)]
    raise ValueError(f"no key of the keyboard sends {character!r}")
