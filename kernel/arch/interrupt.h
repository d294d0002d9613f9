/**
 * @file
 * Interrupt lines and the timer.
 */
#pragma once

#include "arch/trap.h"

#define INTERRUPT_LINES 16u
#define INTERRUPT_TIMER 0u   /* the line of the timer */
#define INTERRUPT_CASCADE 2u /* the line that the second controller hangs on: no device's */

void interrupt_enable(unsigned line);
bool interrupt_acknowledge(unsigned line);
unsigned interrupt_line(const struct context *saved);
void interrupt_set_handler(unsigned line, trap_handler handler);

void timer_init(unsigned frequency);
