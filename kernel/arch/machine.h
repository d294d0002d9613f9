/**
 * @file
 * Small services of the machine: the CPU, the serial port byte by byte, the end of its run.
 */
#pragma once

#include "lib/types.h"

/** Why the kernel stops; the emulator's exit status and the debug port tell it outside. */
enum stop_reason {
    STOP_DONE = 0,  /**< everything was done: the machine is powered off */
    STOP_PANIC = 1, /**< the kernel found itself broken */
};

noreturn void machine_stop(enum stop_reason reason);

bool cpu_interrupts_disable(void);
void cpu_interrupts_restore(bool enabled);
void cpu_wait(void);
uint64_t cpu_fault_address(void);

bool uart_put_byte(uint8_t byte);
void uart_flush(void);
