"""C types as the debug information describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional


@dataclass
class CType:
    """What all types have. `name` is the C name, `size` in bytes (0: unknown or void)."""

    name: str
    size: int


@dataclass
class IntegerType(CType):
    """Integers, characters and bool."""

    signed: bool
    is_bool: bool = False
    is_char: bool = False


@dataclass
class EnumType(CType):
    """An enumeration; `names` by value."""

    signed: bool
    names: dict[int, str] = field(default_factory=dict)


@dataclass
class PointerType(CType):
    """A pointer; `target` is None for void and for functions."""

    target: Optional[CType] = None


@dataclass
class ArrayType(CType):
    """An array; `count` is 0 where the declaration leaves it open."""

    element: CType
    count: int


@dataclass
class Member:
    """A field of a structure. A bit field has `bits` > 0, from bit `shift` of the word on."""

    offset: int
    type: CType
    bits: int = 0
    shift: int = 0


@dataclass
class StructType(CType):
    """A structure or union. Members of unnamed inner ones stand among the outer's own."""

    members: dict[str, Member] = field(default_factory=dict)
