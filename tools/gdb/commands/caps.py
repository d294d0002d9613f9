"""Capabilities: what each thread may do, and where that came from."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator, Optional

import gdb

from commands import Subcommand, Trouble, variable
from commands.threads import (all_threads, control_block, find_thread, name_of, thread_sources)
from derivation.graph import graph
from derivation.slots import CNODE_SLOTS, SLOT_SIZE, Slot, count_of, occupied, read_slot
from derivation.tree import Places, Tree, places_of, spaces_in, walk
from derivation.words import badge_text, object_text

PARTS = ("caller", "cspace", "space", "frame")      # the slots in a control block, in their order


def read(address: int, length: int) -> Optional[bytes]:
    """Bytes of memory; None where there is none."""
    try:
        return bytes(gdb.selected_inferior().read_memory(address, length))
    except gdb.MemoryError:
        return None


def has_capabilities() -> bool:
    """Whether this kernel has them."""
    return gdb.lookup_global_symbol("cap_origin") is not None


def derivation_tree() -> Tree:
    """Every capability there is."""
    return walk(read, int(variable("cap_origin").address))


def made_threads() -> list[gdb.Value] | None:
    """Every thread that there is a capability to, and the idle thread; None in a kernel that has
    its threads elsewhere."""
    if not has_capabilities():
        return None
    idle = variable("sched")["idle"]
    found = [control_block(thread) for thread in derivation_tree().objects("thread")]
    return ([idle.dereference()] if int(idle) else []) + found


thread_sources.append(made_threads)


class Names:
    """Names of objects and of slots."""

    def __init__(self, tree: Tree) -> None:
        self._threads = {int(thread.address): name_of(thread) for thread in all_threads()}
        self._users: dict[tuple[str, int], list[str]] = {}
        arrays: dict[int, list[str]] = {}
        for thread in all_threads():
            name = name_of(thread)
            arrays.setdefault(int(thread["slots"]), []).append(name)
            for part, kind in (("cspace", "CNode"), ("space", "space")):
                slot = read_slot(read, int(thread[part].address))
                if slot and slot.kind == kind:
                    self._users.setdefault((kind, slot.thing), []).append(name)
        self.places: Places = places_of(read, tree, arrays, self._threads, _parts())

    def of_object(self, slot: Slot) -> str:
        """A thread's name; whose a CNode or an address space is; else where the object stands."""
        if slot.kind in ("thread", "reply"):
            return self._threads.get(slot.thing, f"{slot.thing:#x}")
        users = self._users.get((slot.kind, slot.thing), [])
        return f"of {' and '.join(users)}" if users else f"{slot.thing:#x}"


def _parts() -> range:
    """Offsets of the slots in a control block."""
    field = next(field for field in gdb.lookup_type("struct thread").fields()
                 if field.name == PARTS[0])
    start = field.bitpos // 8
    return range(start, start + len(PARTS) * SLOT_SIZE, SLOT_SIZE)


class Caps(Subcommand):
    """Capabilities: microk caps [THREAD], or microk caps --graph FILE

What stands in the slots of a thread's capability space (without THREAD, a name or a number as
`microk threads` shows them, of the current thread's): number, kind, rights (send, receive, grant;
read, write, execute), badge, object. Behind it, after its name, what the thread is made of.

With --graph a picture of everything is written to FILE: every capability space, and in which each
capability came from which. `dot -Tsvg FILE -o caps.svg` draws it."""

    name = "caps"

    def run(self, argument: str) -> None:
        if not has_capabilities():
            raise Trouble("this kernel has no capabilities")
        words = argument.split(maxsplit=1)
        if words and words[0].startswith("-"):
            if words[0] != "--graph" or len(words) != 2:
                raise Trouble("expected --graph and the name of a file")
            self.draw(Path(words[1]).expanduser())
            return
        thread = find_thread(argument)
        if thread is None:
            raise Trouble(f"there is no thread '{argument}'" if argument
                          else "there are no threads yet")
        for line in listing(thread):
            print(line)

    def draw(self, file: Path) -> None:
        """Writes the picture."""
        tree = derivation_tree()
        names = Names(tree)
        contents = spaces_in(read, tree)
        replies = [slot for slots in contents.values() for slot in slots if slot.kind == "reply"]
        replies += [slot for thread in all_threads()
                    for slot in occupied(read, int(thread["caller"].address), 1)]
        lines = graph(tree, replies, names.places, lambda slot: label(slot, names))
        try:
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise Trouble(f"{file}: {error.strerror}") from error
        print(f"{file}: {len(tree.slots)} capabilities in {len(contents)} capability spaces")
        for slot, what in tree.broken:
            print(f"  BROKEN: {names.places.name(slot)}: {what}")


def label(slot: Slot, names: Names) -> str:
    """What a picture says of a capability, besides its kind and rights."""
    badge = badge_text(slot)
    return object_text(slot, names.of_object) + (f", badge {badge}" if badge else "")


def listing(thread: gdb.Value) -> Iterator[str]:
    """A thread's capabilities, one in a line."""
    names = Names(derivation_tree())
    slots = int(thread["slots"])
    count = count_of(read, slots - CNODE_SLOTS) if slots else 0
    yield f"{name_of(thread)}: " + (f"{count} slots" if count else "no capability space")
    yield f"  {'slot':>6}  {'kind':<13}{'rights':<8}{'badge':<12}object"
    if count:
        for slot in occupied(read, slots, count):
            yield row(str((slot.address - slots) // SLOT_SIZE), slot, names)
    for part in PARTS:
        slot = read_slot(read, int(thread[part].address))
        if slot and slot.allows:
            yield row(part, slot, names)


def row(where: str, slot: Slot, names: Names) -> str:
    """One capability."""
    return (f"  {where:>6}  {slot.kind:<13}{slot.rights_text:<8}{badge_text(slot):<12}"
            f"{object_text(slot, names.of_object)}")


Caps()
