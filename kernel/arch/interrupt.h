/**
 * @file
 * Interrupt lines, the timer, and the kernel call.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "arch/trap.h"

#define INTERRUPT_LINES 16u
#define INTERRUPT_TIMER 0u /* the line of the timer */

void interrupt_init(void);
void interrupt_enable(unsigned line);
bool interrupt_acknowledge(unsigned line);
unsigned interrupt_line(const struct context *saved);
void interrupt_set_handler(unsigned line, trap_handler handler);

void timer_init(unsigned frequency);

/** What a thread asks of the kernel: a number and up to four arguments. */
struct kernel_call {
    uint64_t number;
    uint64_t arguments[4];
};

/** What it gets back. */
struct kernel_result {
    uint64_t error; /**< an enum error */
    uint64_t value;
};

struct kernel_result call_kernel(const struct kernel_call *call);
void call_set_handler(trap_handler handler);
struct kernel_call call_read(const struct context *caller);
void call_answer(struct context *caller, struct kernel_result result);
