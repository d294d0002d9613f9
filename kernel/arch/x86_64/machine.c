/**
 * @file
 * Stopping the machine, so that whoever runs it can tell how it ended.
 *
 * No single way works everywhere, so they are tried in turn: each is a write to a port that does
 * nothing where its device is missing.
 */
#include "arch/machine.h"

#include "arch/x86_64/io.h"

#define DEBUG_PORT 0xE9            /* QEMU isa-debugcon, Bochs port_e9_hack */
#define QEMU_EXIT_PORT 0xF4        /* isa-debug-exit: QEMU ends with status 2 * value + 1 */
#define QEMU_EXIT_BASE 0x10        /* keeps the status apart from QEMU's own 0 and 1 */
#define ACPI_PM1_CONTROL 0x604     /* QEMU's i440FX machine: PMBASE 0x600 + 4 (ACPI 4.8.3.2) */
#define ACPI_SLEEP_ENABLE 0x2000   /* SLP_EN with SLP_TYP 0, which is S5 on this machine */
#define BOCHS_SHUTDOWN_PORT 0x8900 /* wants the word "Shutdown" */

static void port_write_text(uint16_t port, const char *text)
{
    for (; *text != '\0'; text++) {
        port_out8(port, (uint8_t)*text);
    }
}

/**
 * Stops the machine for ever.
 *
 * Writes "stop: done" or "stop: panic" to the debug port. A machine that is done is powered off
 * (QEMU exits with status 0); after a panic QEMU's isa-debug-exit device, where there is one, ends
 * it with status 35. Bochs ends with status 1 for both. Where nothing helps the CPU halts.
 *
 * @param reason  what to tell the outside
 */
noreturn void machine_stop(enum stop_reason reason)
{
    uart_flush();
    port_write_text(DEBUG_PORT, reason == STOP_DONE ? "stop: done\n" : "stop: panic\n");
    if (reason == STOP_DONE) {
        port_out16(ACPI_PM1_CONTROL, ACPI_SLEEP_ENABLE);
    } else {
        port_out8(QEMU_EXIT_PORT, (uint8_t)(QEMU_EXIT_BASE + reason));
    }
    port_write_text(BOCHS_SHUTDOWN_PORT, "Shutdown");
    cpu_interrupts_disable();
    for (;;) {
        cpu_wait();
    }
}
