/**
 * @file
 * Interrupt lines and the timer.
 */
#pragma once

#include "arch/context.h"

#define INTERRUPT_LINES 16u
#define INTERRUPT_TIMER 0u   /* the line of the timer */
#define INTERRUPT_CASCADE 2u /* the line that the second controller hangs on: no device's */

void interrupt_enable(unsigned line);
bool interrupt_acknowledge(unsigned line);

void timer_init(unsigned frequency);

/* What interrupts are handed up to. */
void irq_enter(unsigned line, struct context *saved);
