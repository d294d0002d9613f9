"""Tests of stage 01: console, numbers, memory map, exceptions, backtrace, and the whole.

No test of an exercise needs another exercise. The programs in grading/guest/01-boot/ call the
function at hand, have gates of their own where they need some, and keep inputs and results in
memory; what the kernel prints is read from its log ring where the serial port is not the matter.
"""

from __future__ import annotations

from grader.api import (End, Limits, Run, address_of, check_invariants, expect, test)
from judges.counts import expect_count
from judges.stage01 import chains, console, gates, memory_maps, numbers, traps, whole
from judges.stage01.reading import log_text, naming, rows

# A boot takes 6 million instructions. A console driver that never gets through gives up each byte
# after some 50,000, so a test in which the kernel panics needs more.
SHORT = Limits(instructions=50_000_000, seconds=10)
WORDY = Limits(instructions=150_000_000, seconds=10)

MACHINES = (128, 16, 4096)      # MB


# --- console ---

@test(id="console-bytes", exercise="console", points=10, section="exercise-console",
      title="Bytes through a slow serial port",
      shows="At a port that takes its time every byte is sent once, in order and not too early; "
            "at QEMU's own port every byte value arrives, and a newline as printk wants it.")
def console_bytes(run: Run) -> None:
    """A simulated slow port; then the real one."""
    boot = run.boot(limits=SHORT)
    inputs = console.inputs(boot.until("ready"), console.SENT)
    with naming(boot, lambda _: "uart_put_byte() at a slow port"):
        done = boot.until("done")
    for put in console.puts(done, inputs):
        console.check_put(put)
    expect_count(done, "guest_put_count", console.SENT)
    values = boot.until("raw").kernel.guest_raw.raw().decode("latin-1")
    start = len(boot.serial_text)
    text = boot.until("text").kernel.guest_line.text()
    console.check_serial("uart_put_byte() of every byte value", boot.serial_text[start:], values)
    start = len(boot.serial_text)
    boot.until("printed")
    console.check_serial("printk of a text in which each newline has to become \\r\\n",
                         boot.serial_text[start:], text.replace("\n", "\r\n"))
    boot.finish()


@test(id="console-dead-port", exercise="console", points=5, section="exercise-console",
      title="A serial port that never gets ready",
      shows="A byte that cannot be sent is given up after UART_POLL_LIMIT looks at the port, and "
            "the next one finds the port working again.")
def console_dead_port(run: Run) -> None:
    """Calls at a dead port, then one at a port that works."""
    boot = run.boot(limits=SHORT)
    inputs = console.inputs(boot.until("ready"), console.DEAD + 1)
    with naming(boot, lambda _: "uart_put_byte() at a port that never gets ready"):
        done = boot.until("done")
    *dead, alive = console.puts(done, inputs)
    for put in dead:
        console.check_dead(put)
    console.check_put(alive)
    expect_count(done, "guest_put_count", console.DEAD + 1)
    boot.finish()


# --- format ---

@test(id="format-numbers", exercise="format", points=12, section="exercise-format",
      title="Numbers as text",
      shows="Two hundred random numbers come out as Python writes them: any base, either sign, "
            "any case, any least number of digits.")
def format_numbers(run: Run) -> None:
    """A few numbers that anyone would try first, then random ones."""
    boot = run.boot(limits=SHORT)
    numbers.check_numbers(boot, numbers.PLAIN)
    boot.finish()


@test(id="format-limits", exercise="format", points=8, section="exercise-format",
      title="The smallest, the largest and the longest numbers",
      shows="There is no 64-bit number without a text, no text leaves its buffer, and printk's "
            "conversions come out as C's.")
def format_limits(run: Run) -> None:
    """The ends of the range in all bases, all numbers of digits; then printk's conversions."""
    boot = run.boot(limits=SHORT)
    numbers.check_numbers(boot, numbers.EXTREME)
    numbers.check_conversions(boot)
    boot.finish()


# --- memory map ---

@test(id="memory-map-entries", exercise="memory-map", points=10, section="exercise-memory-map",
      title="Invented memory maps",
      shows="Maps with entries of any length and type are read right, unaligned ones too, and "
            "nothing behind the end of a map is read or behind that of the answer written.")
def memory_map_entries(run: Run) -> None:
    """Each map ends just before a page that is missing."""
    boot = run.boot(limits=SHORT)
    memory_maps.check_maps(boot)
    boot.finish()


@test(id="memory-map-real", exercise="memory-map", points=5, section="exercise-memory-map",
      title="Machines of 16 MB, 128 MB and 4 GB",
      shows="The kernel finds the memory that each machine has, and what it writes there arrives "
            "there.")
def memory_map_real(run: Run) -> None:
    """What a machine has is known outside; random words written in the guest are looked up."""
    for megabytes in MACHINES:
        boot = run.boot(memory_mb=megabytes, limits=SHORT)
        memory_maps.check_machine(boot)
        boot.finish()


# --- gates and entries ---

@test(id="idt-gates", exercise="idt-gate", points=10, section="exercise-idt-gate",
      title="Gates, and the table that the CPU uses",
      shows="Any entry point, stack table entry and privilege is encoded right, and the 32 gates "
            "that the CPU has loaded lead where they should.")
def idt_gates(run: Run) -> None:
    """Random gates, field by field; then the live table, read from outside."""
    boot = run.boot(limits=SHORT)
    calls = [(row["entry"], row["ist"], row["privilege"])
             for row in rows(boot.until("ready"), "guest_gates")]
    done = boot.until("done")
    for call, row in zip(calls, rows(done, "guest_gates")):
        gate = done.memory.read(address_of(row["gate"]), gates.GATE_SIZE)
        gates.check_gate("idt_encode_gate(entry {:#x}, ist {}, privilege {})".format(*call),
                         int.from_bytes(gate, "little"), *call)
    gates.check_live_table(done)
    boot.finish()


@test(id="trap-registers", exercise="trap-entry", points=10, section="exercise-trap-entry",
      title="The registers of interrupted code",
      shows="Whatever is in the registers and flags, all of it is saved, and C code runs on the "
            "right stack with the direction flag clear and an end for the backtrace.")
def trap_registers(run: Run) -> None:
    """Code with random registers is interrupted, by exceptions and by higher vectors."""
    boot = run.boot(limits=SHORT)
    expect_count(boot.until("ready"), "guest_round_count", traps.ROUNDS)
    for _ in range(traps.ROUNDS):
        with naming(boot, traps.interruption):
            handed_over = boot.until_symbol("trap_dispatch")
        traps.check_context(handed_over)
        traps.check_handover(handed_over)
    boot.finish()


@test(id="trap-exceptions", exercise="trap-entry", points=5, section="exercise-trap-entry",
      title="Exceptions raised for real",
      shows="Exceptions with and without an error code reach the kernel, the code that raised them "
            "can go on, and a double fault has a context of its own and ends in a panic.")
def trap_exceptions(run: Run) -> None:
    """Ten exceptions in a random order; then a page fault that cannot be delivered."""
    boot = run.boot(limits=WORDY)
    taken = boot.until("taken")
    for exception in rows(taken, "guest_exceptions"):
        traps.check_exception(exception, taken)
    traps.check_double_fault(boot.until_symbol("fault_enter"))
    boot.finish(End.PANIC)
    log = log_text(boot.snapshot())
    expect("\nPANIC: double fault" in log, "the message of the panic is wrong",
           expected="PANIC: double fault", got=log.partition("PANIC: ")[2].partition("\n")[0])


# --- backtrace ---

@test(id="backtrace-chain", exercise="backtrace", points=10, section="exercise-backtrace",
      title="Invented chains of frames",
      shows="A chain is followed as far as it can be believed and not a step further, and nothing "
            "outside the stack is read.")
def backtrace_chain(run: Run) -> None:
    """Whole and damaged chains on a stack with a missing page below and above it."""
    boot = run.boot(limits=SHORT)
    chains.check_chains(boot)
    boot.finish()


@test(id="backtrace-names", exercise="backtrace", points=5, section="exercise-backtrace",
      title="The backtrace of a panic",
      shows="A panic names the functions that led to it, in their order.")
def backtrace_names(run: Run) -> None:
    """A panic at the end of random calls; who called whom is read from the stopped machine."""
    boot = run.boot(limits=WORDY)
    boot.until("ready")
    expected = chains.callers(boot.until_symbol("panic"))
    boot.finish(End.PANIC)
    chains.check_names(log_text(boot.snapshot()), expected)


# --- the whole ---

@test(id="boot-whole", points=10, section="lab-01-check",
      title="The stage as a whole",
      shows="The kernel boots, says what it has found, keeps every invariant, and ends a mistake "
            "with a panic that says what, where and how it came to it.")
def boot_whole(run: Run) -> None:
    """A boot with everything looked at; then a panic through the kernel's own gates."""
    boot = run.boot("boot", limits=WORDY)
    booted = boot.until("boot")
    check_invariants(booted)
    whole.check_boot_lines(boot, booted)
    whole.check_log(boot, booted)
    boot.finish()
    boot = run.boot("boot_panic", limits=WORDY)
    boot.finish(End.PANIC)
    whole.check_panic_lines(boot, boot.snapshot())
    whole.check_log(boot, boot.snapshot())
