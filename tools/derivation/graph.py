"""The derivation tree as a picture: text in Graphviz's language.

Each capability space is a box with the capabilities that stand in it, and so are the slots of each
control block. An arrow leads from a capability to what comes from it. Several children of one
parent that are of one kind, in one box, and have no children themselves, are one node with their
number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterator, Optional

from .slots import Slot
from .tree import Places, Run, Tree

FOLDED_FROM = 4     # so many that are alike are drawn as one
WIDEST = 40         # characters of a space's name
STYLES = {          # kind: shape and colour
    "untyped": ("box3d", "#d9d9d9"),
    "frame": ("box", "#fdd9a0"),
    "CNode": ("tab", "#b9d7f2"),
    "thread": ("ellipse", "#b8e3b5"),
    "space": ("folder", "#e3c7ee"),
    "endpoint": ("hexagon", "#f7b6b6"),
    "notification": ("diamond", "#f9ef9f"),
    "reply": ("cds", "#ffffff"),
    "IRQ": ("septagon", "#c9efe9"),
    "ports": ("parallelogram", "#d6d3f0"),
}
PLAIN = ("plaintext", "#ffffff")

# (slot, its object's name or what else there is to say), as lines of a node.
Label = Callable[[Slot], str]


@dataclass(frozen=True)
class Node:
    """One capability, or several that are alike."""

    slots: tuple[Slot, ...]
    numbers: tuple[int, ...]    # in their space; none where they have none

    @property
    def first(self) -> Slot:
        """The one that stands for all."""
        return self.slots[0]

    @property
    def name(self) -> str:
        """How edges call it."""
        return f"s{self.first.address:x}"


def graph(tree: Tree, replies: list[Slot], places: Places, label: Label) -> Iterator[str]:
    """The lines of the picture. `replies` are in no tree: they stand alone."""
    nodes = [*_folded(tree, places, label), *(_node([slot], places) for slot in replies)]
    yield "digraph capabilities {"
    yield '    graph [rankdir=LR, fontname="sans-serif", nodesep=0.15, ranksep=0.6];'
    yield '    node [style=filled, fontname="sans-serif", fontsize=10];'
    yield '    origin [label="cap_origin", shape=doublecircle, fillcolor="#ffffff"];'
    clusters: dict[Optional[Run], list[Node]] = {}
    for node in nodes:
        clusters.setdefault(places.run_of(node.first.address), []).append(node)
    for number, (run, members) in enumerate(clusters.items()):
        yield from _cluster(number, run, members, label)
    for node in nodes:
        parent = node.first.parent
        if node.first.kind != "reply":
            yield f"    {'origin' if parent == tree.origin else f's{parent:x}'} -> {node.name};"
    yield "}"


def _cluster(number: int, run: Optional[Run], members: list[Node], label: Label) -> Iterator[str]:
    if run is None:
        yield from (_drawn(node, label) for node in members)
        return
    yield f"    subgraph cluster_{number} {{"
    yield f"        label={_quoted(_short(run.name))}; style=rounded; color=\"#808080\";"
    yield from (f"    {_drawn(node, label)}" for node in members)
    yield "    }"


def _folded(tree: Tree, places: Places, label: Label) -> Iterator[Node]:
    """Every capability of the tree in one node or another."""
    groups: dict[tuple[object, ...], list[Slot]] = {}
    for slot in tree.slots.values():
        own = slot.address if slot.child else 0
        alike = (slot.parent, own, places.run_of(slot.address), slot.kind, slot.allows,
                 label(slot) if slot.kind in ("endpoint", "notification", "thread", "CNode",
                                              "space") else "")
        groups.setdefault(alike, []).append(slot)
    for slots in groups.values():
        slots.sort()
        if len(slots) >= FOLDED_FROM:
            yield _node(slots, places)
        else:
            yield from (_node([slot], places) for slot in slots)


def _node(slots: list[Slot], places: Places) -> Node:
    numbers = [places.number(slot.address) for slot in slots]
    return Node(tuple(slots), tuple(number for number in numbers if number is not None))


def _drawn(node: Node, label: Label) -> str:
    shape, colour = STYLES.get(node.first.kind, PLAIN)
    slot, count = node.first, len(node.slots)
    kind = f"{slot.kind} {slot.rights_text}".strip()
    lines = [f"{count} × {kind}" if count > 1 else kind]
    if node.numbers:
        lines[0] = f"{ranges(node.numbers)}: {lines[0]}"
    if count == 1:
        lines.append(label(slot))
    text = _quoted("\n".join(lines))
    return f'    {node.name} [label={text}, shape={shape}, fillcolor="{colour}"];'


def ranges(numbers: tuple[int, ...]) -> str:
    """`3-7, 9`: numbers in order, cut off where there are many runs."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:3]]
    return ", ".join(shown) + (", ..." if len(runs) > 3 else "")


def _short(name: str) -> str:
    return name if len(name) <= WIDEST else f"{name[:WIDEST - 3]}..."


def _quoted(text: str) -> str:
    """A string as Graphviz reads it: whatever a thread is called."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
