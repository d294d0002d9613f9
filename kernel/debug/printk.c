/**
 * @file
 * The kernel's messages: to the log ring and to the serial port.
 *
 * A message is written with interrupts off, so it is never torn apart by another one.
 */
#include "debug/printk.h"

#include "arch/machine.h"
#include "lib/format.h"

_Static_assert((LOG_SIZE & (LOG_SIZE - 1)) == 0, "the ring's index is taken by a mask");

struct log_ring log_ring;

/** Writes a character to the port, and appends it to the log ring: the oldest one gives way. */
static void message_put(char character, void *unused)
{
    (void)unused;
    log_ring.text[log_ring.written & (LOG_SIZE - 1)] = character;
    log_ring.written++;
    if (character == '\n') {
        uart_put_byte('\r'); /* a terminal moves down on \n, to the left on \r */
    }
    uart_put_byte((uint8_t)character);
}

/**
 * Writes a message.
 *
 * @param format  see lib/format.c
 */
void printk(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    printk_values(format, values);
    va_end(values);
}

/**
 * Writes a message whose values are in a list.
 *
 * @param format  see lib/format.c
 * @param values  the conversions' arguments
 */
void printk_values(const char *format, va_list values)
{
    bool interrupts = cpu_interrupts_disable();

    format_to_sink(message_put, NULL, format, values);
    cpu_interrupts_restore(interrupts);
}
