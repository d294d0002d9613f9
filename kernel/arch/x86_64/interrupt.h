/**
 * @file
 * Vectors of interrupts.
 */
#pragma once

#define INTERRUPT_VECTOR 32u /* vector of line 0; exceptions stand below */

#define PIC1_DATA 0x21
#define PIC2_DATA 0xA1
#define LINES_PER_PIC 8u
