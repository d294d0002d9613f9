"""The kernel's variables read from a stopped machine, with the kernel's own names and types.

    kernel.threads[3].state.name       an enumeration's value by name
    kernel.threads[3].context.rip      a number
    kernel.current.name.text()         through a pointer, an array of char as text

Numbers, enumerations and pointers are Python ints (with something added); structures and arrays
read their memory when a part of them is asked for.
"""

from __future__ import annotations

from typing import Any, Iterator, Protocol

from ..errors import KernelMismatch
from .dwarf import DebugInfo
from .types import ArrayType, CType, EnumType, IntegerType, PointerType, StructType


class Memory(Protocol):
    """What views read from."""

    def read(self, address: int, length: int) -> bytes:
        """`length` bytes from a virtual address on."""

    def text(self, address: int, limit: int = 256) -> str:
        """The NUL-terminated string at an address."""


class KernelView:
    """The kernel's global variables as attributes."""

    def __init__(self, debug_info: DebugInfo, memory: Memory) -> None:
        self._debug_info = debug_info
        self._memory = memory

    def __getattr__(self, name: str) -> Any:
        found = self._debug_info.variable(name)
        if found is None:
            raise KernelMismatch(f"the kernel has no variable {name}")
        return value_at(found[1], found[0], self._memory)

    def _has(self, name: str) -> bool:
        return self._debug_info.variable(name) is not None

    def _cast(self, type_name: str, address: int) -> Any:
        found = self._debug_info.type(type_name)
        if found is None:
            raise KernelMismatch(f"the kernel has no type '{type_name}'")
        return value_at(found, address, self._memory)


def has(kernel: KernelView, name: str) -> bool:
    """Whether the kernel has a variable of this name (an earlier stage may not)."""
    return kernel._has(name)  # pylint: disable=protected-access


def cast(kernel: KernelView, type_name: str, address: int) -> Any:
    """What stands at an address, taken as a type: cast(kernel, "struct thread", 0xffff...)."""
    return kernel._cast(type_name, address)  # pylint: disable=protected-access


class EnumValue(int):
    """An enumeration's value, with its name."""

    name: str

    def __new__(cls, value: int, names: dict[int, str]) -> "EnumValue":
        made = super().__new__(cls, value)
        made.name = names.get(value, f"(no such value: {value})")
        return made

    def __str__(self) -> str:
        return self.name


class Pointer(int):
    """An address that knows what it points at."""

    _target: Any
    _memory: Memory

    def __new__(cls, address: int, target: CType | None, memory: Memory) -> "Pointer":
        made = super().__new__(cls, address)
        made._target, made._memory = target, memory
        return made

    @property
    def target(self) -> Any:
        """What stands there."""
        if self._target is None:
            raise KernelMismatch("a pointer to void or to a function has no target to read")
        return value_at(self._target, int(self), self._memory)

    def text(self) -> str:
        """The string that a `char *` points at."""
        return self._memory.text(int(self))

    def __getitem__(self, index: int) -> Any:
        return value_at(self._target, int(self) + index * self._target.size, self._memory)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.target, name)


class Struct:
    """A structure or union in guest memory; its fields are its attributes."""

    def __init__(self, type_: StructType, address: int, memory: Memory) -> None:
        self._type, self._address, self._memory = type_, address, memory

    def __getattr__(self, name: str) -> Any:
        member = self._type.members.get(name)
        if member is None:
            raise KernelMismatch(f"'{self._type.name}' has no field {name}")
        address = self._address + member.offset
        if member.bits:
            word = int.from_bytes(self._memory.read(address, member.type.size), "little")
            return word >> member.shift & (1 << member.bits) - 1
        return value_at(member.type, address, self._memory)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Struct) and other._address == self._address

    def __hash__(self) -> int:
        return hash(self._address)


def address_of(view: "Struct | Array") -> int:
    """Where a structure or an array stands."""
    return view._address  # pylint: disable=protected-access


def has_field(view: "Struct | Array", name: str) -> bool:
    """Whether it is a structure with a field of this name (in an earlier or later stage it may not
    be)."""
    return name in getattr(view._type, "members", ())  # pylint: disable=protected-access


def fields(view: Struct) -> dict[str, Any]:
    """A structure's fields by name."""
    return {name: getattr(view, name) for name in view._type.members}  # pylint: disable=W0212


class Array:
    """An array in guest memory."""

    def __init__(self, type_: ArrayType, address: int, memory: Memory) -> None:
        self._type, self._address, self._memory = type_, address, memory

    def __len__(self) -> int:
        return self._type.count

    def __getitem__(self, index: int) -> Any:
        if self._type.count and not 0 <= index < self._type.count:
            raise IndexError(f"{self._type.name} has no element {index}")
        element = self._type.element
        return value_at(element, self._address + index * element.size, self._memory)

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))

    def raw(self) -> bytes:
        """The whole array's bytes."""
        return self._memory.read(self._address, self._type.size)

    def text(self) -> str:
        """An array of char up to its first NUL."""
        return self.raw().partition(b"\0")[0].decode("utf-8", "replace")


def value_at(type_: CType, address: int, memory: Memory) -> Any:
    """What stands at an address, by its type."""
    if isinstance(type_, StructType):
        return Struct(type_, address, memory)
    if isinstance(type_, ArrayType):
        return Array(type_, address, memory)
    data = memory.read(address, type_.size)
    if isinstance(type_, PointerType):
        return Pointer(int.from_bytes(data, "little"), type_.target, memory)
    if isinstance(type_, EnumType):
        return EnumValue(int.from_bytes(data, "little", signed=type_.signed), type_.names)
    if isinstance(type_, IntegerType):
        value = int.from_bytes(data, "little", signed=type_.signed)
        return bool(value) if type_.is_bool else value
    raise KernelMismatch(f"a value of type '{type_.name}' cannot be read")
