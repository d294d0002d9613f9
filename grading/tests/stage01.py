"""The tests of stage 01: console, numbers, memory map, exceptions, backtrace, and the whole.

No test of an exercise needs another exercise: the programs in grading/guest/01-boot/ call the
function at hand, use a descriptor table of their own where they need one, and leave what they did
in memory. The inputs are read before the exercise has run, the results afterwards.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional

from grader.api import (Boot, End, Failure, Limits, Run, Snapshot, address_of, check_invariants,
                        expect, expect_equal, fields, has, shown, test)

QUICK = Limits(instructions=200_000_000, seconds=20)

PAGE = 4096
MIB, GIB = 1 << 20, 1 << 30
CONTEXT_SIZE = 176              # struct context
TSS_IST_OFFSET = 36             # Intel SDM Vol. 3A figure 7-11
DIRECTION_FLAG, RESUME_FLAG = 1 << 10, 1 << 16


def each(snapshot: Snapshot, array: str, count: Optional[int] = None) -> list[dict[str, Any]]:
    """The structures of one of the guest's arrays, read at once."""
    rows = getattr(snapshot.kernel, array)
    return [fields(rows[index]) for index in range(len(rows) if count is None else count)]


@contextmanager
def naming(boot: Boot, describe: Callable[[Snapshot], str]) -> Iterator[None]:
    """Adds to a failure inside what the test was doing just then."""
    try:
        yield
    except Failure as failure:
        if boot.end is not End.UNWRITTEN:
            failure.hint = f"it happened in {describe(boot.snapshot())}"
        raise


def log_text(snapshot: Snapshot) -> str:
    """What printk has written, whether or not the serial port got it."""
    ring = snapshot.kernel.log_ring
    return ring.text.raw()[:ring.written].decode("latin-1")


def save_area(snapshot: Snapshot, ist: int) -> int:
    """The context that the CPU fills when a gate names this entry of the TSS."""
    task = snapshot.registers.segments["tr"].base
    end = snapshot.memory.read(task + TSS_IST_OFFSET + 8 * (ist - 1), 8)
    return int.from_bytes(end, "little") - CONTEXT_SIZE


# --- console ---

POLL_LIMIT = 10_000             # UART_POLL_LIMIT in kernel/arch/x86_64/uart.c


@test(id="console-bytes", exercise="console", points=10, title="bytes through a slow serial port",
      shows="uart_put_byte() waits for the port, and every byte arrives once and in order",
      section="exercise-console")
def console_bytes(run: Run) -> None:
    """A simulated slow port; then QEMU's own, with every byte value and a text with newlines."""
    boot = run.boot(limits=QUICK)
    boot.until("ready")
    boot.until("done")
    sent = boot.snapshot()
    for put in each(sent, "guest_puts", 48):
        _check_put(put)
    bytes_sent = boot.until("raw").kernel.guest_raw.raw()
    before = len(boot.serial_text)
    text = boot.until("text").kernel.guest_text.text()
    _check_serial(boot.serial_text[before:], bytes_sent.decode("latin-1"),
                  "uart_put_byte() of every byte value")
    before = len(boot.serial_text)
    boot.until("printed")
    _check_serial(boot.serial_text[before:], text.replace("\n", "\r\n"),
                  "printk of a text with newlines, each of which becomes \\r\\n")
    boot.finish()


def _check_put(put: dict[str, Any]) -> None:
    call = f"uart_put_byte({put['byte']:#04x}) at a port that is ready at status read " \
           f"{put['busy'] + 1}"
    expect(put["strange_accesses"] == 0, f"{call}: it uses another register of the port",
           expected="only reads of the line status (0x3fd) and writes of data (0x3f8)",
           got=f"an access to port {put['strange_port']:#x}")
    expect(put["early_writes"] == 0, f"{call}: it writes while the port is not ready, "
           "so the byte that waits there is lost", expected="a write only after a line status "
           "with bit 5 (holding register empty) set",
           got=f"a write after {put['reads_before_write']} status reads")
    expect_equal(f"{call}: the number of bytes written", put["writes"], 1)
    expect_equal(f"{call}: the byte that arrived", put["written"], put["byte"])
    expect_equal(f"{call}: what it returned", bool(put["returned"]), True)


def _check_serial(got: str, expected: str, what: str) -> None:
    if got == expected:
        return
    at = next((index for index, pair in enumerate(zip(got, expected)) if pair[0] != pair[1]),
              min(len(got), len(expected)))
    raise Failure(f"{what}: the serial console has other bytes from byte {at} on",
                  expected=f"{expected[at:at + 16]!r} ({len(expected)} bytes in all)",
                  got=f"{got[at:at + 16]!r} ({len(got)} bytes in all)")


@test(id="console-dead-port", exercise="console", points=5, title="a serial port that never gets "
      "ready", shows="uart_put_byte() gives up in the end instead of hanging the kernel",
      section="exercise-console")
def console_dead_port(run: Run) -> None:
    """Two calls at a dead port, then one at a port that works again."""
    boot = run.boot(limits=QUICK)
    boot.until("ready")
    with naming(boot, lambda _: "uart_put_byte() at a port that never gets ready"):
        puts = each(boot.until("done"), "guest_puts", 3)
    for put in puts[:2]:
        call = f"uart_put_byte({put['byte']:#04x}) at a port that never gets ready"
        expect_equal(f"{call}: the number of bytes written", put["writes"], 0)
        expect_equal(f"{call}: the number of status reads (UART_POLL_LIMIT)",
                     put["status_reads"], POLL_LIMIT)
        expect_equal(f"{call}: what it returned", bool(put["returned"]), False)
    _check_put(puts[2])
    boot.finish()


# --- format ---

DIGITS = "0123456789abcdef"
NAMED = {1 << 63: "INT64_MIN", (1 << 63) - 1: "INT64_MAX", (1 << 64) - 1: "UINT64_MAX"}

# The conversions of guest/01-boot/format.c, in its order; the argument's type says how its 64 bits
# are read, and Python's % does the rest but for %p.
CONVERSIONS = (
    ("%d", 32, True), ("%d", 32, True), ("%5d", 32, True), ("%-5d", 32, True), ("%05d", 32, True),
    ("%+d", 32, True), ("%+d", 32, True), ("%.6d", 32, True), ("%i", 32, True),
    ("%u", 32, False), ("%x", 32, False), ("%#x", 32, False), ("%X", 32, False),
    ("%o", 32, False), ("%hhd", 8, True), ("%08lx", 64, False), ("%16lx", 64, False),
    ("%ld", 64, True), ("%lu", 64, False), ("%zu", 64, False), ("%p", 64, False),
)


@test(id="format-numbers", exercise="format", points=12, title="random numbers as text",
      shows="format_integer() writes numbers of any base, sign and number of digits",
      section="exercise-format")
def format_numbers(run: Run) -> None:
    """A few numbers that anyone would try, then 200 random ones."""
    boot = run.boot(limits=QUICK)
    _check_numbers(boot)
    boot.finish()


@test(id="format-limits", exercise="format", points=8, title="the largest, the smallest and the "
      "longest numbers", shows="format_integer() has no number that it cannot write, and stays in "
      "its buffer; printk's conversions build on it", section="exercise-format")
def format_limits(run: Run) -> None:
    """The ends of the range in all bases, all numbers of digits; then printk's conversions."""
    boot = run.boot(limits=QUICK)
    _check_numbers(boot)
    with naming(boot, lambda _: "format_to_buffer()"):
        texts = each(boot.until("converted"), "guest_texts", len(CONVERSIONS))
    for (conversion, bits, is_signed), text in zip(CONVERSIONS, texts):
        value = _narrowed(text["value"], bits, is_signed)
        expected = f"0x{value:016x}" if conversion == "%p" else \
            re.sub("h|l|z", "", conversion) % value
        expect_equal(f'printk("[{conversion}]", {value})', text["text"].text(), f"[{expected}]")
    boot.finish()


def _check_numbers(boot: Boot) -> None:
    """Runs the guest's calls of format_integer() and compares each with Python's answer."""
    ready = boot.until("ready")
    inputs = [_frozen(number) for number in each(ready, "guest_numbers",
                                                 ready.kernel.guest_number_count)]
    with naming(boot, lambda at: _call(inputs[at.kernel.guest_number_index])):
        done = boot.until("done")
    for given, number in zip(inputs, each(done, "guest_numbers", len(inputs))):
        expected, length = _number(given), number["length"]
        text = number["text"].raw()[:max(0, min(length, 66))].decode("latin-1")
        expect_equal(_call(given), text, expected)
        expect_equal(f"{_call(given)}: the number of characters it returned", length, len(text))
        after = number["before"].raw(), number["after"].raw()
        expect((given["before"], given["after"]) == after, f"{_call(given)} writes outside its "
               "buffer", expected="only the FORMAT_INTEGER_MAX (66) characters of `out` changed",
               got="a change " + ("before it" if given["before"] != after[0] else "behind it"))


def _frozen(number: dict[str, Any]) -> dict[str, Any]:
    return number | {name: number[name].raw() for name in ("before", "text", "after")}


def _call(given: dict[str, Any]) -> str:
    """`format_integer() of -1 (all 64 bits set), base 10, signed, at least 5 digits`."""
    bits = given["bits"]
    value = _narrowed(bits, 64, given["is_signed"])
    name = f" ({NAMED[bits]})" if bits in NAMED else f" ({bits:#x})" if value != bits else ""
    sign = "signed" if given["is_signed"] else "unsigned"
    case = ", upper case" if given["upper_case"] else ""
    least = f", at least {given['digits']} digits" if given["digits"] else ""
    return f"format_integer() of {value}{name}, base {given['base']}, {sign}{case}{least}"


def _number(given: dict[str, Any]) -> str:
    """How the number is written."""
    value = _narrowed(given["bits"], 64, given["is_signed"])
    rest, digits = abs(value), ""
    while rest or not digits:
        digits = DIGITS[rest % given["base"]] + digits
        rest //= given["base"]
    digits = digits.rjust(given["digits"], "0")
    return ("-" if value < 0 else "") + (digits.upper() if given["upper_case"] else digits)


def _narrowed(bits: int, count: int, is_signed: bool) -> int:
    """A number's lowest bits, two's complement if it is signed."""
    bits &= (1 << count) - 1
    return bits - (1 << count) if is_signed and bits >> count - 1 else bits


# --- memory-map ---

MAP_ENTRY = 24                  # struct multiboot_memory: size, base, length, type
MAP_AVAILABLE = 1
LOW_MEMORY_END = 0x9FC00        # the firmware of QEMU's PC keeps 1 KB below 640 KB for itself
FIRMWARE_TABLES = 0x20000       # and its ACPI tables at the end of the memory below 4 GB
HOLE_START = 3 * GIB            # where a machine of 3.5 GB or more goes on above 4 GB

Ranges = list[tuple[int, int]]


@test(id="memory-map-entries", exercise="memory-map", points=10, title="invented memory maps",
      shows="multiboot_read_memory() reads any map that a loader may give, and nothing behind it",
      section="exercise-memory-map")
def memory_map_entries(run: Run) -> None:
    """Entries of different lengths and types, cut maps, and too little room for the answer."""
    boot = run.boot(limits=QUICK)
    ready = boot.until("ready")
    inputs = [(one["bytes"].raw()[:one["length"]], one["limit"], _ranges(one, 12))
              for one in each(ready, "guest_maps", ready.kernel.guest_map_count)]
    with naming(boot, lambda at: _map_call(*inputs[at.kernel.guest_map_index][:2])):
        done = boot.until("done")
    for (data, limit, before), one in zip(inputs, each(done, "guest_maps", len(inputs))):
        call, caught = _map_call(data, limit), one["caught"]
        if one["faulted"]:
            beyond = caught.address - done.kernel.guest_map_end
            expect(not 0 <= beyond < PAGE, f"{call} reads behind the end of the map",
                   expected=f"nothing read from offset {len(data)} on",
                   got=f"an access at offset {len(data) + beyond}")
            raise Failure(f"{call} ends in exception {caught.vector}", expected="that it returns",
                          got=f"an exception at {done.place(caught.rip)}")
        expected = _read_map(data, limit)
        got = _ranges(one, 12)
        expect_equal(f"{call}: the ranges", _shown_ranges(got[:min(one["count"], 12)]),
                     _shown_ranges(expected))
        expect(got[limit:] == before[limit:], f"{call} writes behind `ranges`",
               expected=f"at most {limit} ranges written", got="a change behind them")
    boot.finish()


def _ranges(one: Any, count: int) -> Ranges:
    ranges = one["ranges"] if isinstance(one, dict) else one
    return [(ranges[index].start, ranges[index].end) for index in range(count)]


def _read_map(data: bytes, limit: int) -> Ranges:
    """The available ranges, as the exercise asks for them."""
    found: Ranges = []
    for base, length, kind, whole in _entries(data):
        if not whole:
            break
        if kind == MAP_AVAILABLE and length:
            found.append((base, base + length))
    return found[:limit]


def _entries(data: bytes) -> Iterator[tuple[int, int, int, bool]]:
    """(base, length, type, whether all of it is there) of each entry."""
    at = 0
    while at < len(data):
        entry = data[at:at + MAP_ENTRY]
        stride = int.from_bytes(entry[:4], "little") + 4
        base, length, kind = (int.from_bytes(entry[first:first + size], "little")
                              for first, size in ((4, 8), (12, 8), (20, 4)))
        yield base, length, kind, at + max(stride, MAP_ENTRY) <= len(data)
        at += stride


def _map_call(data: bytes, limit: int) -> str:
    """The map in words, entry by entry."""
    words = [f"{base:#x}+{length:#x}{'' if kind == 1 else f' (type {kind})'}" if whole
             else "one that reaches over the end" for base, length, kind, whole in _entries(data)]
    return (f"multiboot_read_memory() of a map of {len(data)} bytes [{', '.join(words)}] with "
            f"room for {limit}")


def _shown_ranges(ranges: Ranges) -> str:
    return f"{len(ranges)}: " + ", ".join(f"{start:#x}-{end:#x}" for start, end in ranges)


@test(id="memory-map-real", exercise="memory-map", points=5, title="machines of 16 MB, 128 MB and "
      "4 GB", shows="the kernel finds the memory of the machine it runs on, and can use it",
      section="exercise-memory-map")
def memory_map_real(run: Run) -> None:
    """What each machine has is known outside; words written there are found in its memory."""
    for megabytes in (128, 16, 4096):
        boot = run.boot(memory_mb=megabytes, limits=QUICK)
        known = boot.until("known")
        info = known.kernel.boot_info
        expect_equal(f"boot_info.memory on a machine of {megabytes} MB",
                     _shown_ranges(_ranges(info.memory, info.memory_count)),
                     _shown_ranges(_firmware_map(megabytes)))
        expect_equal(f"the free memory of a machine of {megabytes} MB",
                     _shown_ranges(_free_memory(known)),
                     _shown_ranges(_usable(known, _firmware_map(megabytes))))
        _check_probes(boot, megabytes)
        boot.finish()


def _firmware_map(megabytes: int) -> Ranges:
    """The available ranges of QEMU's PC."""
    size = megabytes * MIB
    below = min(size, HOLE_START) if size >= 0xE0000000 else size
    above = [(4 * GIB, 4 * GIB + size - below)] if size > below else []
    return [(0, LOW_MEMORY_END), (MIB, below - FIRMWARE_TABLES), *above]


def _usable(snapshot: Snapshot, ranges: Ranges) -> Ranges:
    """What the firmware has, without the first megabyte and the kernel's image."""
    image_end = snapshot.image.symbols.address("image_end") & 0x7FFFFFFF
    return [(max(start, image_end), end) for start, end in ranges if end > MIB]


def _free_memory(snapshot: Snapshot) -> Ranges:
    """memory_free; in later stages with the frame allocator's bitmap, which was taken from it."""
    free = snapshot.kernel.memory_free
    ranges = _ranges(free.ranges, free.count)
    if has(snapshot.kernel, "frames") and ranges:
        ranges[0] = (snapshot.memory.physical(int(snapshot.kernel.frames.bitmap)), ranges[0][1])
    return ranges


def _check_probes(boot: Boot, megabytes: int) -> None:
    probed = boot.until("probed")
    for address in boot.values("fault"):
        raise Failure(f"free memory of a machine of {megabytes} MB cannot be used",
                      expected="memory that can be written", got=f"a fault at {address:#x}")
    for probe in each(probed, "guest_probes", 2 * probed.kernel.memory_free.count):
        place = f"the word at {probe['physical']:#x} of a machine of {megabytes} MB"
        expect_equal(f"{place}, read back", probe["read_back"], probe["value"])
        expect_equal(f"{place}, seen from outside", probed.ram.words(probe["physical"], 1)[0],
                     probe["value"])


# --- idt-gate ---

VECTOR_NMI, VECTOR_DOUBLE_FAULT, VECTOR_MACHINE_CHECK = 2, 8, 18
IST_CONTEXT, IST_DOUBLE_FAULT, IST_NMI = 1, 2, 3    # enum ist_index in gdt.h
IST_OF_VECTOR = {VECTOR_NMI: IST_NMI, VECTOR_DOUBLE_FAULT: IST_DOUBLE_FAULT,
                 VECTOR_MACHINE_CHECK: IST_NMI}
GATE_FIELDS = (("offset_low", 0, 16), ("selector", 16, 16), ("ist", 32, 8), ("type", 40, 8),
               ("offset_mid", 48, 16), ("offset_high", 64, 32), ("reserved", 96, 32))


@test(id="idt-gates", exercise="idt-gate", points=10, title="gates, and the table that the CPU uses",
      shows="idt_encode_gate() encodes any gate, and the 32 exceptions have theirs",
      section="exercise-idt-gate")
def idt_gates(run: Run) -> None:
    """Random gates, field by field; then the live table, read from outside."""
    boot = run.boot(limits=QUICK)
    inputs = [(one["entry"], one["ist"], one["privilege"])
              for one in each(boot.until("ready"), "guest_gates")]
    done = boot.until("done")
    for given, one in zip(inputs, each(done, "guest_gates")):
        call = "idt_encode_gate(entry {:#x}, ist {}, privilege {})".format(*given)
        _check_gate(call, int.from_bytes(done.memory.read(address_of(one["gate"]), 16), "little"),
                    *given)
    _check_live_table(done)
    boot.finish()


def _check_gate(what: str, gate: int, entry: int, ist: int, privilege: int) -> None:
    """Compares a gate field by field (Intel SDM Vol. 3A figure 6-8)."""
    wanted = {"offset_low": entry & 0xFFFF, "offset_mid": entry >> 16 & 0xFFFF,
              "offset_high": entry >> 32, "selector": 0x08, "ist": ist, "reserved": 0}
    got = {name: gate >> shift & (1 << bits) - 1 for name, shift, bits in GATE_FIELDS}
    for name, expected in wanted.items():
        expect(got[name] == expected, f"{what}: field {name} is wrong", expected=f"{expected:#x}",
               got=f"{got[name]:#x}")
    expected_type = 0x8E | privilege << 5
    expect(got["type"] == expected_type, f"{what}: field type is wrong",
           expected=f"{expected_type:#x} ({_type_in_words(expected_type)})",
           got=f"{got['type']:#x} ({_type_in_words(got['type'])})")


def _type_in_words(value: int) -> str:
    kind = {0xE: "interrupt gate", 0xF: "trap gate"}.get(value & 0xF, f"type {value & 0xF:#x}")
    present = "present" if value & 0x80 else "not present"
    return f"{present}, DPL {value >> 5 & 3}, {kind}" + (", bit 4 set" if value & 0x10 else "")


def _check_live_table(snapshot: Snapshot) -> None:
    """The table at IDTR: 32 exceptions, each with the entry point that entry.asm has for it."""
    table = snapshot.registers.idt
    expect(table.limit >= 32 * 16 - 1, "the interrupt descriptor table is too short",
           expected="room for 32 gates of 16 bytes", got=f"a limit of {table.limit:#x}")
    entries = snapshot.image.symbols.address("exception_entries")
    for vector in range(32):
        gate = int.from_bytes(snapshot.memory.read(table.base + 16 * vector, 16), "little")
        entry = int.from_bytes(snapshot.memory.read(entries + 8 * vector, 8), "little")
        _check_gate(f"the gate of exception {vector} in the CPU's table", gate, entry,
                    IST_OF_VECTOR.get(vector, IST_CONTEXT), 0)


# --- trap-entry ---

EXCEPTIONS = 32
ROUNDS = 6
CONTEXT_FIELDS = ("r15", "r14", "r13", "r12", "r11", "r10", "r9", "r8", "rdi", "rsi", "rbp", "rbx",
                  "rdx", "rcx", "rax", "vector", "error", "rip", "cs", "rflags", "rsp", "ss")


@test(id="trap-registers", exercise="trap-entry", points=10, title="the registers of interrupted "
      "code", shows="trap_entry saves every register and hands over to C as C expects it",
      section="exercise-trap-entry")
def trap_registers(run: Run) -> None:
    """Code with random registers is interrupted; what trap_dispatch is handed is read there."""
    boot = run.boot(limits=QUICK)
    boot.until("ready")
    for _ in range(ROUNDS):
        with naming(boot, _interruption):
            here = boot.until_symbol("trap_dispatch")
        _check_context(here)
        _check_handover(here)
    boot.finish()


def _interruption(snapshot: Snapshot) -> str:
    return f"an interruption by vector {snapshot.kernel.guest_interrupted.vector}"


def _check_context(snapshot: Snapshot) -> None:
    """All 22 words of the context that trap_dispatch was given."""
    what = _interruption(snapshot)
    given, area = snapshot.registers.rdi, save_area(snapshot, IST_CONTEXT)
    expect(given == area, f"{what}: trap_dispatch's argument (RDI) is not the saved context",
           expected=f"{area:#x}, where the CPU has saved", got=snapshot.place(given))
    saved = [word & ~RESUME_FLAG if name == "rflags" else word
             for name, word in zip(CONTEXT_FIELDS, _words(snapshot, given))]
    expected = _words(snapshot, address_of(snapshot.kernel.guest_interrupted))
    for name, got, wanted in zip(CONTEXT_FIELDS, saved, expected):
        others = [other for other, word in zip(CONTEXT_FIELDS, expected) if word == got]
        expect(got == wanted, f"{what}: the saved {name} is wrong", expected=f"{wanted:#x}",
               got=f"{got:#x}" + (f", which is {others[0]}" if others else ""))


def _words(snapshot: Snapshot, address: int) -> list[int]:
    data = snapshot.memory.read(address, CONTEXT_SIZE)
    return [int.from_bytes(data[at:at + 8], "little") for at in range(0, CONTEXT_SIZE, 8)]


def _check_handover(snapshot: Snapshot) -> None:
    """Stack, direction flag and frame pointer at the first instruction of trap_dispatch."""
    what, registers = _interruption(snapshot), snapshot.registers
    is_exception = snapshot.kernel.guest_interrupted.vector < EXCEPTIONS
    name = "fault_stack" if is_exception else "kernel_stack"
    end = snapshot.image.symbols.address(f"{name}_end")
    expect(end - 64 < registers.rsp < end, f"{what}: trap_dispatch does not run at the end of the "
           f"{name.replace('_', ' ')}", expected=f"RSP just below {name}_end ({end:#x})",
           got=f"RSP {registers.rsp:#x}")
    expect(registers.rsp % 16 == 8, f"{what}: RSP is misaligned at trap_dispatch",
           expected="a multiple of 16 before the call, so one less 8 behind it",
           got=f"{registers.rsp:#x}")
    expect(not registers.rflags & DIRECTION_FLAG, f"{what}: the direction flag is set in "
           "trap_dispatch", expected="clear, as C relies on", got="set, as the interrupted code "
           "had it")
    expect(registers.rbp == 0, f"{what}: RBP at trap_dispatch, where the backtrace has to end",
           expected="0", got=f"{registers.rbp:#x}")


PAGE_FAULT_TEXT = r"page fault: {} at .*, a page that {}$"
CAUSES = {
    "DIVISION_BY_ZERO": ("a division by zero", r"divide error\b"),
    "BREAKPOINT": ("an int3 instruction", r"breakpoint\b"),
    "INVALID_OPCODE": ("an ud2 instruction", r"invalid opcode\b"),
    "GATE_NOT_PRESENT": ("an int to a gate that is not present", r"segment not present\b"),
    "ABSENT_SEGMENT": ("a segment register loaded with a selector that is too high",
                       r"general protection\b"),
    "READ_UNMAPPED": ("a read where nothing is mapped",
                      PAGE_FAULT_TEXT.format("read", "is not mapped")),
    "WRITE_UNMAPPED": ("a write where nothing is mapped",
                       PAGE_FAULT_TEXT.format("write", "is not mapped")),
    "RUN_UNMAPPED": ("a jump to where nothing is mapped",
                     PAGE_FAULT_TEXT.format("execution", "is not mapped")),
    "WRITE_TEXT": ("a write to the kernel's text", PAGE_FAULT_TEXT.format("write", "forbids it")),
    "RUN_DATA": ("a jump into the kernel's data",
                 PAGE_FAULT_TEXT.format("execution", "forbids it")),
}


@test(id="trap-exceptions", exercise="trap-entry", points=5, title="exceptions raised for real",
      shows="exceptions with and without an error code reach the kernel, a double fault too",
      section="exercise-trap-entry")
def trap_exceptions(run: Run) -> None:
    """Ten exceptions in a random order, each survived; then a double fault, which is a panic."""
    boot = run.boot(limits=QUICK)
    taken = boot.until("taken")
    for exception in each(taken, "guest_exceptions"):
        _check_exception(exception, taken)
    fault = boot.until_symbol("fault_enter")
    area = save_area(fault, IST_DOUBLE_FAULT)
    expect(fault.registers.rdi == area, "a double fault is not saved into its own context",
           expected=f"{area:#x}, where IST{IST_DOUBLE_FAULT} leads",
           got=fault.place(fault.registers.rdi))
    vector = _words(fault, area)[CONTEXT_FIELDS.index("vector")]
    expect_equal("a page fault that cannot be delivered: the vector", vector, VECTOR_DOUBLE_FAULT)
    boot.finish(End.PANIC)
    text = log_text(boot.snapshot())
    expect(bool(re.search(r"^PANIC: double fault\b", text, re.MULTILINE)), "the panic's message "
           "is wrong", expected="PANIC: double fault", got=text.strip().partition("\n")[0])


def _check_exception(exception: dict[str, Any], snapshot: Snapshot) -> None:
    what, text = CAUSES[exception["cause"].name]
    expect_equal(f"{what}: how often the kernel was handed it", exception["taken"], 1)
    saved, area = exception["saved"], save_area(snapshot, IST_CONTEXT)
    expect(exception["saved_at"] == area, f"{what}: it is saved in the wrong place",
           expected=f"{area:#x}", got=f"{exception['saved_at']:#x}")
    for name in ("vector", "error", "rip"):
        expect(getattr(saved, name) == exception[name], f"{what}: the saved {name} is wrong",
               expected=f"{exception[name]:#x}", got=f"{getattr(saved, name):#x}")
    if exception["address"]:
        expect(exception["found_address"] == exception["address"], f"{what}: CR2 is wrong",
               expected=f"{exception['address']:#x}", got=f"{exception['found_address']:#x}")
    expect(bool(re.match(text, exception["text"].text())), f"{what}: its description is wrong",
           expected=f"something like {text}", got=exception["text"].text())


# --- backtrace ---

RETURNS = 24
CHAINS = {
    "ENDS_WITH_ZERO": "that ends with 0",
    "LOOPS_ON_ITSELF": "whose last frame names itself as the next",
    "GOES_BACK": "whose last frame leads back to a lower one",
    "LEAVES_ABOVE": "that leaves the stack at its upper end",
    "LEAVES_BELOW": "that leaves the stack at its lower end",
    "IS_MISALIGNED": "that leads to an address that is no multiple of 8",
    "GOES_FAR_AWAY": "that leads far away from the stack",
    "IS_LONGER_THAN_LIMIT": "that is longer than `limit`",
    "BEGINS_OUTSIDE": "that does not begin on the stack",
}


@test(id="backtrace-chain", exercise="backtrace", points=10, title="invented chains of frames",
      shows="backtrace_collect() follows a chain as far as it can be believed, and reads nothing "
      "outside the stack", section="exercise-backtrace")
def backtrace_chain(run: Run) -> None:
    """Whole and damaged chains on a stack with nothing mapped below and above it."""
    boot = run.boot(limits=QUICK)
    inputs = [_Chain(one) for one in each(boot.until("ready"), "guest_chains")]
    with naming(boot, lambda at: str(inputs[at.kernel.guest_chain_index])):
        done = boot.until("done")
    for chain, one in zip(inputs, each(done, "guest_chains")):
        caught = one["caught"]
        if one["faulted"]:
            expect(caught.vector != 14, f"{chain}: it reads outside the stack",
                   expected="only frames whose two words lie inside the stack are read",
                   got=f"an access at {chain.place(caught.address)}")
            raise Failure(f"{chain}: it ends in exception {caught.vector}",
                          got=f"an exception at {done.place(caught.rip)}")
        expected, returns = chain.expected(), _pointers(one["returns"])
        expect_equal(f"{chain}: the number of return addresses", one["count"], len(expected))
        for depth, (got, wanted) in enumerate(zip(returns, expected)):
            expect_equal(f"{chain}: return address {depth}", got, wanted)
        expect(returns[chain.limit:] == chain.returns[chain.limit:], f"{chain}: it writes behind "
               "`returns`", expected=f"at most {chain.limit} addresses written",
               got="a change behind them")
    boot.finish()


def _pointers(array: Any) -> list[int]:
    return [int(word) for word in array]


class _Chain:
    """An invented chain, read before the exercise has seen it."""

    def __init__(self, one: dict[str, Any]) -> None:
        self.kind, self.frame, self.limit = one["kind"].name, one["frame"], one["limit"]
        self.start, self.end = one["stack"].start, one["stack"].end
        frames, nexts, calls = (_pointers(one[name])[:one["depth"]]
                                for name in ("frames", "nexts", "calls"))
        self.frames = {frame: pair for frame, *pair in zip(frames, nexts, calls)}
        self.returns = _pointers(one["returns"])

    def expected(self) -> list[int]:
        """The return addresses that can be believed."""
        found: list[int] = []
        frame, lowest = self.frame, self.start
        while len(found) < self.limit and frame % 8 == 0 and lowest <= frame <= self.end - 16:
            lowest = frame + 1
            frame, call = self.frames[frame]
            found.append(call)
        return found

    def place(self, address: int) -> str:
        """An address, as it lies to the stack."""
        where = f"{self.start - address} bytes below its start" if address < self.start else \
            f"{address - self.end} bytes above its end" if address >= self.end else "inside"
        return f"{address:#x}, {where}"

    def __str__(self) -> str:
        last = f", after {len(self.frames)} frames to {list(self.frames.values())[-1][0]:#x}" \
            if self.frames else f", at {self.frame:#x}"
        return (f"backtrace_collect() of a chain {CHAINS[self.kind]}{last} (stack {self.start:#x} "
                f"to {self.end:#x}, limit {self.limit})")


@test(id="backtrace-names", exercise="backtrace", points=5, title="the backtrace of a panic",
      shows="a panic tells the functions that led to it, in order", section="exercise-backtrace")
def backtrace_names(run: Run) -> None:
    """A panic at the end of random calls; who called whom is read from the stopped machine."""
    boot = run.boot(limits=QUICK)
    boot.until("ready")
    expected = _callers(boot.until_symbol("panic"))
    boot.finish(End.PANIC)
    lines = log_text(boot.snapshot()).partition("backtrace:")[2].splitlines()
    names = [match.group(1) for line in lines
             if (match := re.match(r" *#(?!.* 0x0{16} ).*?([A-Za-z_]\w*)\+0x", line))]
    expect_equal("the backtrace's function names, the innermost first", names, expected[:17],
                 hint="the panic's own words:\n" + "\n".join(f"    | {line}" for line in lines))


def _callers(snapshot: Snapshot) -> list[str]:
    """The functions on the stack at the first instruction of panic()."""
    registers = snapshot.registers
    addresses = [int.from_bytes(snapshot.memory.read(registers.rsp, 8), "little")]
    frame = registers.rbp
    while frame:
        frame, address = (int.from_bytes(snapshot.memory.read(frame + offset, 8), "little")
                          for offset in (0, 8))
        addresses += [address] if address else []  # nobody calls where a thread starts
    names = [snapshot.image.symbols.function_at(address - 1) or "?" for address in addresses]
    return [name.partition("+")[0] for name in names]


# --- the whole ---

@test(id="boot-whole", points=10, title="the stage as a whole", shows="the kernel boots, tells what "
      "it found, keeps its memory's rights, and ends a mistake with a panic that helps",
      section="self-check")
def boot_whole(run: Run) -> None:
    """A boot with all invariants, then a panic with all that it has to say."""
    boot = run.boot("boot", limits=QUICK)
    booted = boot.until("boot")
    check_invariants(booted)
    _check_first_lines(boot, booted)
    _check_log(boot, booted)
    boot.finish()
    _check_panic(run.boot("boot_panic", limits=QUICK))


def _check_first_lines(boot: Boot, snapshot: Snapshot) -> None:
    lines = boot.serial
    expect(bool(re.fullmatch(r"Booting MicroK v\d+\.\d+\.\.\.", lines[0])), "the first line of the "
           "console is wrong", expected="Booting MicroK v...", got=lines[0])
    boot.expect_line(rf"^\[mm\] {boot.memory_mb} MB detected$")
    ranges = _usable(snapshot, _firmware_map(boot.memory_mb))
    total = sum(end - start for start, end in ranges) // 1024
    boot.expect_line(rf"^\[mm\] {total} KB free:$")
    for start, end in ranges:
        boot.expect_line(rf"^\[mm\]   {start:012x}-{end - 1:012x} +{(end - start) // 1024} KB$")
    boot.expect_no_line(r"(?i)panic|assert|unwritten")


def _check_log(boot: Boot, snapshot: Snapshot) -> None:
    """The log ring and the serial port have told the same."""
    log, serial = log_text(snapshot), boot.serial_text.replace("\r\n", "\n")
    expect(log == serial, "the log ring does not hold what the serial console showed",
           expected=shown(serial[-200:]), got=shown(log[-200:]))


def _check_panic(boot: Boot) -> None:
    boot.finish(End.PANIC)
    snapshot = boot.snapshot()
    nonce, address = boot.value("nonce"), snapshot.kernel.guest_bad_address
    boot.expect_line(rf"^\[test\] {nonce:016x} is {_narrowed(int(nonce), 64, True)}$")
    boot.expect_line(rf"^PANIC: page fault: read at 0x{address:016x}, a page that is not mapped$")
    boot.expect_line(rf"\brdi {address:016x}\b")
    boot.expect_line(rf"^cr2 {address:016x}$")
    place = snapshot.image.symbols.address("guest_raise_read.place")
    boot.expect_line(rf"^rip {place:016x} ")
    for depth, name in enumerate(("guest_raise_read", "guest_test_boot_panic", "demo_main")):
        boot.expect_line(rf"^  #{depth}  0x[0-9a-f]{{16}} {name}\+0x[0-9a-f]+$")
    _check_log(boot, snapshot)
