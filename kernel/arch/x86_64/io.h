/**
 * @file
 * Port input and output (Intel SDM Vol. 1 chapter 19). A source that only uses these functions can
 * be tested against a simulated device: the test defines their names away before including it.
 */
#pragma once

#include "lib/types.h"

/** Reads a byte from an I/O port. */
static inline uint8_t port_in8(uint16_t port)
{
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

/** Writes a byte to an I/O port. */
static inline void port_out8(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

/** Writes a 16-bit word to an I/O port. */
static inline void port_out16(uint16_t port, uint16_t value)
{
    __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}
