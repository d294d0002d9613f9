"""Text from a guest, made fit for files that others parse."""

from __future__ import annotations

ALLOWED = "\n\t"


def printable(text: str) -> str:
    """The text with control characters shown as \\xNN (XML, for one, has no way to hold them)."""
    return "".join(character if character.isprintable() or character in ALLOWED
                   else f"\\x{ord(character):02x}" for character in text)
