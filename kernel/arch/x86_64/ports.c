/**
 * @file
 * I/O ports, for those who may use them (Intel SDM Vol. 1 chapter 19).
 */
#include "arch/devices.h"

#include "arch/x86_64/io.h"

/**
 * Reads from a port.
 *
 * @param port   any
 * @param bytes  1, 2 or 4
 */
uint32_t ports_read(uint16_t port, unsigned bytes)
{
    uint32_t value = 0;

    if (bytes == 1) {
        value = port_in8(port);
    } else if (bytes == 2) {
        __asm__ volatile("inw %w1, %w0" : "=a"(value) : "Nd"(port));
        value &= UINT16_MAX;
    } else {
        __asm__ volatile("inl %w1, %0" : "=a"(value) : "Nd"(port));
    }
    return value;
}

/**
 * Writes to a port.
 *
 * @param port   any
 * @param bytes  1, 2 or 4
 * @param value  its lowest bytes count
 */
void ports_write(uint16_t port, unsigned bytes, uint32_t value)
{
    if (bytes == 1) {
        port_out8(port, (uint8_t)value);
    } else if (bytes == 2) {
        port_out16(port, (uint16_t)value);
    } else {
        __asm__ volatile("outl %0, %w1" : : "a"(value), "Nd"(port));
    }
}
