/**
 * @file
 * The tour, 7: interrupts. A driver is a program: the ports of its device and its interrupt line
 * are capabilities, and an interrupt is a signal. The device is the clock with the battery
 * (MC146818A), which interrupts a thousand times in a second if it is told to.
 */
#include "bin/tour.h"

#include "device.h"
#include "notification.h"
#include "program.h"

#define CLOCK ((slot){SLOT_OWN_PORTS})
#define LINE ((slot){SLOT_OWN_IRQ + 8})
#define SIGNALS ((slot){4})
#define BADGED ((slot){5}) /* a copy of it: what the line sends */
#define BADGE 0x100u

#define INDEX_PORT \
    0x70u /* MC146818A data sheet: an index goes to one port, data through the other */
#define DATA_PORT 0x71u
#define STATUS_B 0x0Bu
#define STATUS_C 0x0Cu /* why it interrupts; reading it is what lets it interrupt again */
#define PERIODIC 0x40u /* in both: the periodic interrupt */

#define SILENCE 50ul /* milliseconds: time for fifty interrupts */

static uint64_t clock_read(uint64_t index)
{
    tour_do("index port", port_write(CLOCK, INDEX_PORT, 1, index));
    return port_read(CLOCK, DATA_PORT, 1).value;
}

static void clock_write(uint64_t index, uint64_t value)
{
    tour_do("index port", port_write(CLOCK, INDEX_PORT, 1, index));
    tour_do("data port", port_write(CLOCK, DATA_PORT, 1, value));
}

/** Waits for an interrupt, and lets the clock make the next one; the line is still held back. */
static void take_interrupt(void)
{
    struct call_result signal = notification_wait(SIGNALS, TOUR_PATIENCE);

    tour_do("an interrupt", (enum error)signal.error);
    tour_expect("its signal", BADGE, signal.value);
    tour_expect("its reason", PERIODIC, clock_read(STATUS_C) & PERIODIC);
}

static void show_authority(void)
{
    print("[tour] I hold ports %lu to %lu and line %lu, and no others:\n",
          slot_read(CLOCK, SLOT_READ_BADGE).value >> 16,
          slot_read(CLOCK, SLOT_READ_BADGE).value & 0xFFFF, slot_read(LINE, SLOT_READ_BADGE).value);
    tour_refused("to read another port", ERROR_NO_RIGHT,
                 (enum error)port_read(CLOCK, DATA_PORT + 1, 1).error);
    tour_refused("two ports at once, one of them another", ERROR_NO_RIGHT,
                 (enum error)port_read(CLOCK, DATA_PORT, 2).error);
    tour_refused("to acknowledge what is not bound", ERROR_INVALID_ARGUMENT, irq_acknowledge(LINE));
}

static void bind_line(void)
{
    tour_do("a notification", notification_create(SIGNALS));
    tour_do("a copy", slot_copy(BADGED, SIGNALS, RIGHT_SEND, BADGE));
    tour_do("binding", irq_bind(LINE, BADGED));
    tour_refused("to bind the line twice", ERROR_BUSY, irq_bind(LINE, SIGNALS));
    clock_read(STATUS_C); /* whatever was there before */
    clock_write(STATUS_B, clock_read(STATUS_B) | PERIODIC);
}

/** The first interrupt is not acknowledged: none comes behind it, however long one waits. */
static void show_silence(void)
{
    take_interrupt();
    tour_refused("a second interrupt before the first is acknowledged", ERROR_TIMEOUT,
                 (enum error)notification_wait(SIGNALS, SILENCE).error);
    print("[tour] The line is held back until I say so, and stops nobody else.\n");
}

/** Counts interrupts. @param argument any number below 2^62 @return twice that: as many interrupts
 * as its last digit and ten say have been counted, or something was wrong */
int64_t main(uint64_t argument)
{
    uint64_t wanted = argument % 10 + 10, counted = 0;

    print("[tour] 7. Interrupts: the driver of a clock.\n");
    show_authority();
    bind_line();
    show_silence();
    while (counted < wanted && tour_wrong == 0) {
        tour_do("acknowledging", irq_acknowledge(LINE));
        take_interrupt();
        counted++;
    }
    clock_write(STATUS_B, clock_read(STATUS_B) & ~(uint64_t)PERIODIC);
    print("[tour] %lu interrupts acknowledged, each a signal; now the clock is quiet again.\n",
          counted);
    return tour_end(argument + counted + (argument - wanted));
}
