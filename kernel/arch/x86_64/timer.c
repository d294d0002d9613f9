/**
 * @file
 * The timer: channel 0 of the 8254 (Intel 82C54 data sheet, order number 231244-006).
 */
#include "arch/interrupt.h"
#include "arch/x86_64/io.h"

#define PIT_CHANNEL_0 0x40
#define PIT_CONTROL 0x43
#define PIT_RATE_GENERATOR 0x34 /* channel 0, low then high byte, mode 2, binary */
#define PIT_FREQUENCY 1193182u  /* of its clock, in Hz */

/**
 * Makes the timer interrupt at a steady rate, and lets its line through.
 *
 * @param frequency  interrupts a second, 19 to 596,591; what comes is the next lower rate that
 *                   divides the timer's clock, so a tick is never shorter than asked for
 */
void timer_init(unsigned frequency)
{
    unsigned divisor = (PIT_FREQUENCY + frequency - 1) / frequency;

    port_out8(PIT_CONTROL, PIT_RATE_GENERATOR);
    port_out8(PIT_CHANNEL_0, (uint8_t)divisor);
    port_out8(PIT_CHANNEL_0, (uint8_t)(divisor >> 8));
    interrupt_enable(INTERRUPT_TIMER);
}
