/**
 * @file
 * Interrupt lines that are held back.
 */
#pragma once

#define INTERRUPT_CASCADE 2u /* the line that the second controller hangs on: no device's */

void interrupt_disable(unsigned line);
void interrupt_window(void);
