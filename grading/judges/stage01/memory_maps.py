"""Memory maps, invented (guest/01-boot/memory_map.c) and of real machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator

from grader.boot import Boot
from grader.expect import Failure, expect, expect_equal
from grader.image.views import Array, has
from grader.machine.paging import PAGE
from grader.snapshot import Snapshot
from judges.counts import expect_count
from .reading import PAGE_FAULT, expect_same, naming, rows

MAPS = 9 + 13 + 4 + 24  # that guest/01-boot/memory_map.c invents
ENTRY = 24              # struct multiboot_memory: size, base, length, type
AVAILABLE = 1
MIB, GIB = 1 << 20, 1 << 30

LOW_MEMORY_END = 0x9FC00        # QEMU's firmware keeps 1 KB below 640 KB for itself,
FIRMWARE_TABLES = 0x20000       # and 128 KB for its tables at the end of memory below 4 GB
HOLE_START = 3 * GIB            # where a machine of 3.5 GB or more goes on above 4 GB
HOLE_FROM = 0xE0000000

Ranges = list[tuple[int, int]]


@dataclass(frozen=True)
class Entry:
    """An entry of a map; `flaw` is why it cannot be read, if it cannot."""

    base: int
    length: int
    type: int
    flaw: str

    def __str__(self) -> str:
        if self.flaw:
            return self.flaw
        kind = "" if self.type == AVAILABLE else f" of type {self.type:#x}"
        return f"{self.base:#x}+{self.length:#x}{kind}"


@dataclass(frozen=True)
class Call:
    """One call of multiboot_read_memory(), and what stood in `ranges` before it."""

    data: bytes
    limit: int
    before: Ranges

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Call":
        """A row of the test program."""
        return cls(row["bytes"].raw()[:row["length"]], row["limit"], ranges_of(row["ranges"]))

    def entries(self) -> Iterator[Entry]:
        """The map, up to its end or to an entry that cannot be read."""
        at = 0
        while at < len(self.data):
            size, base, length, kind = (
                int.from_bytes(self.data[at + first:at + end], "little")
                for first, end in ((0, 4), (4, 12), (12, 20), (20, 24)))
            flaw = flaw_of(size, len(self.data) - at)
            yield Entry(base, length, kind, flaw)
            if flaw:
                return
            at += size + 4

    def ranges(self) -> Ranges:
        """What the exercise asks for."""
        return [(entry.base, entry.base + entry.length) for entry in self.entries()
                if not entry.flaw and entry.type == AVAILABLE and entry.length][:self.limit]

    def __str__(self) -> str:
        entries = ", ".join(map(str, self.entries())) or "no entry"
        return (f"multiboot_read_memory() of a map of {len(self.data)} bytes ({entries}), with "
                f"room for {self.limit} ranges")


def flaw_of(size: int, left: int) -> str:
    """What is wrong with an entry of this size field, with so many bytes left in the map."""
    if max(size + 4, ENTRY) > left:
        return "an entry that reaches over the end"
    return f"an entry of size {size}, too short for its fields" if size + 4 < ENTRY else ""


def ranges_of(array: Array, count: int | None = None) -> Ranges:
    """An array of struct memory_range."""
    return [(array[index].start, array[index].end)
            for index in range(len(array) if count is None else count)]


def shown_ranges(ranges: Ranges) -> str:
    """`2: 0x0-0x9fc00, 0x100000-0x7fe0000`."""
    listed = ", ".join(f"{start:#x}-{end:#x}" for start, end in ranges)
    return f"{len(ranges)}: {listed}" if ranges else "none"


def check_maps(boot: Boot) -> None:
    """Runs all calls of multiboot_read_memory() and judges them."""
    ready = boot.until("ready")
    expect_count(ready, "guest_map_count", MAPS)
    calls = [Call.of(row) for row in rows(ready, "guest_maps", MAPS)]
    with naming(boot, lambda now: str(calls[now.kernel.guest_map_index])):
        done = boot.until("done")
    expect_count(done, "guest_map_count", MAPS)
    for call, row in zip(calls, rows(done, "guest_maps", MAPS)):
        if row["faulted"]:
            raise _fault(call, row["caught"], done)
        _check_map(call, row["count"], ranges_of(row["ranges"]))


def _check_map(call: Call, count: int, ranges: Ranges) -> None:
    expect(count <= call.limit, f"{call}: it finds more ranges than fit",
           expected=f"{call.limit} at most", got=str(count))
    expect_same(f"{call}: what it found", shown_ranges(ranges[:count]),
                shown_ranges(call.ranges()))
    expect(ranges[call.limit:] == call.before[call.limit:], f"{call}: it writes behind `ranges`",
           expected=f"{call.limit} ranges written at most", got="a change behind them")


def _fault(call: Call, caught: Any, snapshot: Snapshot) -> Failure:
    beyond = caught.address - snapshot.kernel.guest_map_end
    if caught.vector == PAGE_FAULT and 0 <= beyond < PAGE:
        return Failure(f"{call}: it reads behind the end of the map",
                       expected="nothing read behind the map's last byte",
                       got=f"a read {beyond} bytes behind it, in {snapshot.place(caught.rip)}")
    return Failure(f"{call}: it ends in an exception", expected="that it returns",
                   got=f"exception {caught.vector} in {snapshot.place(caught.rip)}")


def firmware_map(megabytes: int) -> Ranges:
    """The available ranges of QEMU's PC."""
    size = megabytes * MIB
    below = HOLE_START if size >= HOLE_FROM else size
    above = [(4 * GIB, 4 * GIB + size - below)] if size > below else []
    return [(0, LOW_MEMORY_END), (MIB, below - FIRMWARE_TABLES), *above]


def usable(snapshot: Snapshot, ranges: Ranges) -> Ranges:
    """Memory without the first megabyte and the kernel's image, which begins there."""
    image_end = snapshot.memory.physical(snapshot.image.symbols.address("image_end") - 1) + 1
    return [(max(start, image_end), end) for start, end in ranges if end > MIB]


def check_machine(boot: Boot) -> None:
    """What the kernel has found of a machine's memory, and that it is there."""
    known = boot.until("known")
    info, machine = known.kernel.boot_info, f"a machine of {boot.memory_mb} MB"
    ranges = firmware_map(boot.memory_mb)
    expect_same(f"the memory in boot_info of {machine}",
                shown_ranges(ranges_of(info.memory, info.memory_count)), shown_ranges(ranges))
    free = usable(known, ranges)
    expect_same(f"the free memory of {machine}", shown_ranges(_free(known)), shown_ranges(free))
    probed = boot.until("probed")
    for address in boot.values("fault"):
        raise Failure(f"free memory of {machine} cannot be used",
                      expected="memory that can be written", got=f"a fault at {address:#x}")
    for index, probe in enumerate(rows(probed, "guest_probes", 2 * len(free))):
        place = f"the word at physical {probe['physical']:#x} of {machine}"
        start, end = free[index // 2]
        expect(start <= probe["physical"] < end, f"{place} was not looked up",
               expected=f"one from {start:#x} to {end:#x}, free memory", got="none")
        expect_equal(f"{place}, read back", probe["read_back"], probe["value"])
        expect_equal(f"{place}, seen from outside", probed.ram.words(probe["physical"], 1)[0],
                     probe["value"])


def _free(snapshot: Snapshot) -> Ranges:
    """memory_free; in later stages with the frame allocator's bitmap, which was taken from it."""
    free = snapshot.kernel.memory_free
    ranges = ranges_of(free.ranges, free.count)
    if has(snapshot.kernel, "frames") and ranges:
        bitmap = snapshot.memory.physical(int(snapshot.kernel.frames.bitmap))
        ranges[0] = (min(bitmap, ranges[0][0]), ranges[0][1])
    return ranges
