"""Variables and types out of the debug information (DWARF 4), read as far as somebody asks.

The index below takes only the outermost entries of each compilation unit; a type's inside is read
when it is first used. So grading a kernel costs a fraction of a second, whatever its size.
"""

from __future__ import annotations

import threading
from typing import Optional

from elftools.dwarf.compileunit import CompileUnit
from elftools.dwarf.die import DIE
from elftools.dwarf.dwarfinfo import DWARFInfo
from elftools.elf.elffile import ELFFile

from .types import (ArrayType, CType, EnumType, IntegerType, Member, PointerType, StructType)

ENCODING_BOOL = 0x02    # DW_ATE_*, DWARF 4 7.8
ENCODING_SIGNED = 0x05
ENCODING_SIGNED_CHAR = 0x06
ENCODING_UNSIGNED_CHAR = 0x08
OPERATION_ADDRESS = 0x03  # DW_OP_addr, DWARF 4 7.7.1
LANGUAGE_ASSEMBLER = 0x8001
POINTER_SIZE = 8

PREFIXES = {"DW_TAG_structure_type": "struct ", "DW_TAG_union_type": "union ",
            "DW_TAG_enumeration_type": "enum ", "DW_TAG_typedef": "", "DW_TAG_base_type": ""}
TRANSPARENT = ("DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type",
               "DW_TAG_restrict_type", "DW_TAG_atomic_type")


class DebugInfo:
    """Global variables and named types of one kernel. Several threads may ask at once."""

    def __init__(self, elf: ELFFile) -> None:
        self._dwarf: DWARFInfo = elf.get_dwarf_info()
        self._variables: dict[str, DIE] = {}
        self._named: dict[str, DIE] = {}
        self._types: dict[int, CType] = {}
        self._lock = threading.Lock()  # reading on moves the file's position
        for unit in self._dwarf.iter_CUs():
            self._index(unit)

    def variable(self, name: str) -> Optional[tuple[int, CType]]:
        """Address and type of a global (or file-static) variable, or None."""
        die = self._variables.get(name)
        if die is None:
            return None
        location = die.attributes["DW_AT_location"].value
        with self._lock:
            if "DW_AT_type" not in die.attributes and "DW_AT_specification" in die.attributes:
                die = die.get_DIE_from_attribute("DW_AT_specification")
            return int.from_bytes(bytes(location[1:9]), "little"), self._type_of(die)

    def type(self, name: str) -> Optional[CType]:
        """A type by its C name (`struct thread`, `uint64_t`), or None."""
        die = self._named.get(name)
        with self._lock:
            return self._build(die) if die else None

    def _index(self, unit: CompileUnit) -> None:
        top = unit.get_top_DIE()
        language = top.attributes.get("DW_AT_language")
        if language and language.value == LANGUAGE_ASSEMBLER:
            return
        for die in top.iter_children():
            if die.tag == "DW_TAG_variable":
                name = _variable_name(die)
                if name and _has_address(die):
                    self._variables.setdefault(name, die)
            elif die.tag in PREFIXES and "DW_AT_name" in die.attributes \
                    and "DW_AT_declaration" not in die.attributes:
                self._named.setdefault(PREFIXES[die.tag] + _name(die), die)

    def _type_of(self, die: DIE) -> CType:
        if "DW_AT_type" not in die.attributes:
            return CType("void", 0)
        return self._build(die.get_DIE_from_attribute("DW_AT_type"))

    def _build(self, die: DIE) -> CType:
        """The type of an entry, made once. It is registered before its inside is read, so that a
        structure may point at itself."""
        known = self._types.get(die.offset)
        if known is None:
            builder = _BUILDERS.get(die.tag)
            known = builder(self, die) if builder else CType(die.tag, 0)
            self._types[die.offset] = known
        return known

    def _build_alias(self, die: DIE) -> CType:
        return self._type_of(die)

    def _build_integer(self, die: DIE) -> CType:
        encoding = die.attributes["DW_AT_encoding"].value
        return IntegerType(_name(die), _size(die),
                           encoding in (ENCODING_SIGNED, ENCODING_SIGNED_CHAR),
                           encoding == ENCODING_BOOL,
                           encoding in (ENCODING_SIGNED_CHAR, ENCODING_UNSIGNED_CHAR))

    def _build_enum(self, die: DIE) -> CType:
        names = {child.attributes["DW_AT_const_value"].value: _name(child)
                 for child in die.iter_children() if child.tag == "DW_TAG_enumerator"}
        return EnumType(f"enum {_name(die)}", _size(die), min(names, default=0) < 0, names)

    def _build_pointer(self, die: DIE) -> CType:
        pointer = PointerType("pointer", POINTER_SIZE)
        self._types[die.offset] = pointer
        target = self._type_of(die)
        pointer.target = target if target.size or isinstance(target, StructType) else None
        pointer.name = f"{target.name} *"
        return pointer

    def _build_array(self, die: DIE) -> CType:
        counts = [_count(child) for child in die.iter_children()
                  if child.tag == "DW_TAG_subrange_type"] or [0]
        built = self._type_of(die)
        for count in reversed(counts):
            built = ArrayType(f"{built.name}[{count}]", built.size * count, built, count)
        return built

    def _build_struct(self, die: DIE) -> CType:
        if "DW_AT_declaration" in die.attributes:
            complete = self._named.get(PREFIXES[die.tag] + _name(die))
            if complete is not None:
                return self._build(complete)
        built = StructType(PREFIXES[die.tag] + _name(die), _size(die))
        self._types[die.offset] = built
        for child in die.iter_children():
            if child.tag == "DW_TAG_member":
                self._add_member(built, child)
        return built

    def _add_member(self, owner: StructType, die: DIE) -> None:
        offset = _number(die, "DW_AT_data_member_location")
        inner = self._type_of(die)
        if "DW_AT_name" not in die.attributes and isinstance(inner, StructType):
            for name, member in inner.members.items():
                owner.members[name] = Member(offset + member.offset, member.type, member.bits,
                                             member.shift)
            return
        bits = _number(die, "DW_AT_bit_size")
        shift = _number(die, "DW_AT_data_bit_offset")
        if bits and "DW_AT_bit_offset" in die.attributes:  # counted from the other end (DWARF 3)
            shift = 8 * offset + 8 * inner.size - _number(die, "DW_AT_bit_offset") - bits
        if bits:
            unit = 8 * max(inner.size, 1)
            offset, shift = shift // unit * inner.size, shift % unit
        owner.members[_name(die)] = Member(offset, inner, bits, shift)


def _name(die: DIE) -> str:
    attribute = die.attributes.get("DW_AT_name")
    return attribute.value.decode() if attribute else "(unnamed)"


def _variable_name(die: DIE) -> Optional[str]:
    """A variable's definition may leave its name to a declaration before it."""
    if "DW_AT_name" in die.attributes:
        return _name(die)
    if "DW_AT_specification" in die.attributes:
        return _name(die.get_DIE_from_attribute("DW_AT_specification"))
    return None


def _has_address(die: DIE) -> bool:
    location = die.attributes.get("DW_AT_location")
    return (location is not None and location.form == "DW_FORM_exprloc"
            and len(location.value) == 9 and location.value[0] == OPERATION_ADDRESS)


def _number(die: DIE, attribute: str) -> int:
    return die.attributes[attribute].value if attribute in die.attributes else 0


def _size(die: DIE) -> int:
    return _number(die, "DW_AT_byte_size")


def _count(die: DIE) -> int:
    if "DW_AT_count" in die.attributes:
        return _number(die, "DW_AT_count")
    upper = die.attributes.get("DW_AT_upper_bound")
    return upper.value + 1 if upper and isinstance(upper.value, int) else 0


_BUILDERS = {
    "DW_TAG_base_type": DebugInfo._build_integer,
    "DW_TAG_enumeration_type": DebugInfo._build_enum,
    "DW_TAG_pointer_type": DebugInfo._build_pointer,
    "DW_TAG_array_type": DebugInfo._build_array,
    "DW_TAG_structure_type": DebugInfo._build_struct,
    "DW_TAG_union_type": DebugInfo._build_struct,
    **{tag: DebugInfo._build_alias for tag in TRANSPARENT},
}
