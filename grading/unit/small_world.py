"""A machine with capabilities: objects and slots in its memory, as a kernel makes them."""

from __future__ import annotations

from typing import Any

from support import DATA, PAGE, TABLES, WINDOW_BASE, PageTables, SmallMachine, small_image
from grader.image.views import address_of, cast
from grader.machine.address_space import KERNEL_BASE
from grader.machine.paging import NO_EXECUTE, PRESENT, USER

ENDPOINT, NOTIFICATION, REPLY = 0x7, 0x70, 0x100
READ, WRITE, EXECUTE = 0x1000, 0x2000, 0x4000       # of a frame
UNTYPED, CNODE, THREAD, SPACE = 1 << 16, 1 << 17, 1 << 18, 1 << 19
IRQ, PORTS, DEVICE = 1 << 20, 1 << 21, 1 << 24
STOPPED, READY, RUNNING, ANSWERING = 0, 1, 2, 8
SLOT, CNODE_SLOTS = 64, 128
WHOLE_PAGES = (UNTYPED, SPACE, READ | WRITE | EXECUTE)
MEMORY, MORE, FILE = 0x400000, 0x500000, 0x3F0000   # two runs of untyped memory, and a file
LEVEL = 5
BUFFER, INFO, TEXT = 0x7FFF_FFFF_D000, 0x7000_0000_0000, 0x10000
ROOT_SLOTS, FEW_SLOTS, TABLES_OF_A_SPACE = 64, 8, 16


class SmallWorld(SmallMachine):
    """The root task, which runs; thread "two", which waits for its answer; "three", which is ready
    and has the address space and the capability space of "two"."""

    def __init__(self) -> None:
        super().__init__(image=small_image("small_capabilities.c", headers=True))
        self.kernel = self.snapshot().kernel
        self.origin = address_of(self.kernel.cap_origin)
        self.used = {MEMORY: MEMORY, MORE: MORE}    # of each untyped: its first free byte
        self.page_tables: dict[int, PageTables] = {}
        self.set("kernel_root", TABLES)
        self.slots = WINDOW_BASE + MEMORY + CNODE_SLOTS     # of the root task
        self._originate()
        self._root_task()
        self._objects()
        self._others()
        self._tell()

    # --- memory ---

    def poke_address(self, address: int, value: int, size: int = 8) -> None:
        base = KERNEL_BASE if address >= KERNEL_BASE else WINDOW_BASE
        data = (value & (1 << 8 * size) - 1).to_bytes(size, "little")
        self.ram.write(address - base, data)

    def set(self, name: str, value: int) -> None:
        """Sets a variable."""
        self.poke_address(self.image.symbols.address(name), value)

    def view(self, kind: str, address: int) -> Any:
        """A structure in memory."""
        return cast(self.kernel, f"struct {kind}", address)

    def slot(self, number: int) -> Any:
        """A slot of the root task."""
        return self.view("slot", self.slots + number * SLOT)

    def change(self, view: Any, **values: int) -> None:
        """Writes some of a structure's fields."""
        for field, value in values.items():
            self.poke(view, field, value)

    def add(self, view: Any, field: str, change: int = 1) -> None:
        """Counts."""
        self.poke(view, field, getattr(view, field) + change)

    # --- what a kernel does ---

    def insert(self, slot: Any, parent: int) -> None:
        """Puts a slot into the tree, as the first child."""
        above, here = self.view("slot", parent), address_of(slot)
        first = int(above.child)
        self.change(slot, parent=parent, next=first, previous=0, child=0)
        if first:
            self.poke(self.view("slot", first), "previous", here)
        self.poke(above, "child", here)

    def count(self, slot: Any) -> None:
        """One more capability names its object."""
        kinds = {ENDPOINT: ("endpoint", "slots"), NOTIFICATION: ("notification", "slots"),
                 CNODE: ("cnode", "capabilities"), THREAD: ("thread", "capabilities"),
                 SPACE: ("space", "capabilities")}
        for bits, (kind, field) in kinds.items():
            if slot.allows & bits:
                self.add(self.view(kind, slot.start), field)
        if slot.allows & ENDPOINT & 2:
            self.add(self.view("endpoint", slot.start), "receive_slots")
        if slot.allows & IRQ:
            line = address_of(self.kernel.capabilities) + 4 * slot.start
            self.poke_address(line, 1, 4)

    def originate(self, number: int, **content: int) -> Any:
        """A capability that comes from nothing."""
        slot = self.slot(number)
        self.change(slot, **content)
        self.insert(slot, self.origin)
        self.count(slot)
        return slot

    def make(self, number: int, allows: int, size: int = 0, untyped: int = 32) -> Any:
        """An object. Size: pages of a frame or an untyped, slots of a CNode."""
        slot, memory = self.slot(number), self.slot(untyped)
        alignment = PAGE if allows in WHOLE_PAGES else 2048 if allows == THREAD else SLOT
        bytes_ = {UNTYPED: size * PAGE, CNODE: CNODE_SLOTS + size * SLOT, THREAD: 2048,
                  SPACE: (1 + TABLES_OF_A_SPACE) * PAGE, ENDPOINT: SLOT,
                  NOTIFICATION: SLOT}.get(allows, size * PAGE)
        start = memory.start + memory.extra + alignment - 1 & -alignment
        self.poke(memory, "extra", start + bytes_ - memory.start)
        is_memory = allows & (UNTYPED | READ)
        self.change(slot, allows=allows, start=start if is_memory else WINDOW_BASE + start,
                    pages=size if allows & READ else 0,
                    badge={UNTYPED: size * PAGE, CNODE: size}.get(allows, 0))
        self.insert(slot, address_of(memory))
        self._begin(allows, slot, size)
        self.count(slot)
        return slot

    def _begin(self, allows: int, slot: Any, size: int) -> None:
        if allows == CNODE:
            self.poke(self.view("cnode", slot.start), "count", size)
        elif allows == THREAD:
            nobody = address_of(self.kernel.notification_none)
            self.change(self.view("thread", slot.start), level=LEVEL, root=TABLES, bound=nobody,
                        outranked_by=-2 << LEVEL)
        elif allows == SPACE:
            root = slot.start - WINDOW_BASE + PAGE
            frame = root // PAGE - 1
            tables = self.page_tables[slot.start] = PageTables(self.ram, root)
            self.ram.write(root + 2048, self.ram.read(TABLES + 2048, 2048))
            self.change(self.view("space", slot.start), serial=len(self.page_tables) << 24 | frame,
                        tables=TABLES_OF_A_SPACE, used=tables.used)
            word = address_of(self.kernel.spaces) + frame // 64 * 8
            bits = int.from_bytes(self.snapshot().memory.read(word, 8), "little")
            self.poke_address(word, bits | 1 << frame % 64)

    def derive(self, to: Any, parent: Any, **changes: int) -> Any:
        """A copy, maybe narrowed."""
        content = {field: int(getattr(parent, field))
                   for field in ("allows", "pages", "badge", "start")}
        if parent.allows & READ:
            content["badge"] = 0
        self.change(to, **content | {"extra": 0} | changes)
        self.insert(to, address_of(parent))
        self.count(to)
        return to

    def map(self, frame: Any, space: Any, address: int, flags: int = DATA | USER) -> None:
        """Maps all pages of a frame."""
        tables = self.page_tables[space.start]
        for page in range(frame.pages):
            tables.map(address + page * PAGE, frame.start + page * PAGE, flags)
        view = self.view("space", space.start)
        self.poke(view, "used", tables.used)
        self.change(frame, badge=address, extra=view.serial)

    def configure(self, thread: Any, cspace: Any, space: Any, frame: Any) -> None:
        """Gives a thread its parts."""
        for part, given in (("cspace", cspace), ("space", space), ("frame", frame)):
            self.derive(getattr(thread, part), given, extra=address_of(thread))
        self.change(thread, slots=cspace.start + CNODE_SLOTS, slot_count=cspace.badge,
                    root=space.start - WINDOW_BASE + PAGE, buffer=WINDOW_BASE + frame.start)

    # --- the world ---

    def _originate(self) -> None:
        self.originate(32, allows=UNTYPED, start=MEMORY, badge=0x100000, pages=0x40)
        self.originate(33, allows=UNTYPED, start=MORE, badge=0x40000)
        self.originate(8, allows=PORTS, start=0, badge=0xFFFF)
        self.originate(10, allows=READ | WRITE | DEVICE, start=0xB8000, pages=8)
        self.originate(17, allows=IRQ, start=1)
        self.originate(48, allows=READ | EXECUTE, start=FILE, pages=2)

    def _root_task(self) -> None:
        """In the order in which its memory is laid out: the capability space stands first."""
        self.make(4, CNODE, ROOT_SLOTS)
        self.make(5, SPACE)
        self.make(7, READ | WRITE | EXECUTE, 1)
        self.map(self.slot(7), self.slot(5), BUFFER)
        self.root = self._thread(6, "init", self.slot(4), self.slot(5), self.slot(7))
        self.change(self.root, state=RUNNING)
        self.set("root_task", address_of(self.root))
        self.poke(self.kernel.sched, "current", address_of(self.root))

    def _thread(self, number: int, name: str, *parts: Any) -> Any:
        thread = self.view("thread", self.make(number, THREAD).start)
        self.poke_address(address_of(thread.name), int.from_bytes(name.encode(), "little"))
        self.configure(thread, *parts)
        return thread

    def _objects(self) -> None:
        """Objects of all kinds, and copies of them."""
        self.make(20, ENDPOINT)
        self.derive(self.slot(21), self.slot(20), allows=5, badge=0x10)
        self.derive(self.slot(22), self.slot(21))
        self.make(23, NOTIFICATION)
        self.derive(self.kernel.bound[1], self.slot(23))
        self.make(24, READ | WRITE | EXECUTE, 4)
        self.map(self.slot(24), self.slot(5), TEXT)
        self.make(26, UNTYPED, 4)
        self.make(27, ENDPOINT, untyped=26)
        self.derive(self.slot(11), self.slot(8), start=0x60, badge=0x64)
        self.derive(self.slot(12), self.slot(48))
        self.endpoint = self.view("endpoint", self.slot(20).start)
        self.poke(self.endpoint, "server", address_of(self.root))
        self.poke(self.root, "serves", address_of(self.endpoint))

    def _others(self) -> None:
        """Two threads that share what they have."""
        self.make(28, CNODE, FEW_SLOTS)
        self.make(29, SPACE)
        self.make(31, READ | WRITE | EXECUTE, 2)
        for number in (0, 1):
            self.derive(self.slot(34 + number), self.slot(31), pages=1,
                        start=self.slot(31).start + number * PAGE)
        self.two = self._thread(30, "two", self.slot(28), self.slot(29), self.slot(34))
        self.three = self._thread(36, "three", self.slot(28), self.slot(29), self.slot(35))
        self.derive(self.slot(25), self.slot(24), allows=READ, pages=2,
                    start=self.slot(24).start + PAGE)
        self.map(self.slot(25), self.slot(29), TEXT, PRESENT | USER | NO_EXECUTE)
        self.change(self.slot(40), allows=REPLY, start=address_of(self.two), extra=1)
        self.change(self.two, state=ANSWERING, reply=address_of(self.slot(40)))
        queue = self.kernel.sched.ready[LEVEL]
        self.change(self.three, state=READY, queue=address_of(queue))
        self.change(queue, first=address_of(self.three), last=address_of(self.three))
        self.poke(self.kernel.sched, "ready_levels", 1 << LEVEL)

    def _tell(self) -> None:
        self.make(9, READ | WRITE | EXECUTE, 1)
        self.map(self.slot(9), self.slot(5), INFO, PRESENT | USER | NO_EXECUTE)
        self.info = self.view("root_info", WINDOW_BASE + self.slot(9).start)
        self.change(self.info, memory_total=0x700000, kernel_reserve=0x700000 - 0x140000)
