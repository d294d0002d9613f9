/**
 * @file
 * Interrupt lines as objects: an interrupt becomes a signal.
 *
 * The line stays masked until the driver has dealt with the device, so a device that never ceases
 * to interrupt stops nobody but its driver.
 */
#include "object/object.h"

#include "arch/devices.h"
#include "arch/interrupt.h"
#include "cap/cap.h"
#include "ipc/endpoint.h"

/* For each line a capability to the notification that is signalled. */
static struct slot bound[INTERRUPT_LINES];
static unsigned capabilities[INTERRUPT_LINES];

/**
 * Takes over at an interrupt, on the kernel's stack, with interrupts off: masks the line, and
 * signals. One of a line that is not bound is spurious.
 *
 * @param line   of the interrupt controller, 0 to INTERRUPT_LINES - 1
 * @param saved  the interrupted thread's registers; they are in its control block already
 */
void irq_enter(unsigned line, struct context *saved)
{
    const struct slot *slot = &bound[line];

    if (line == INTERRUPT_TIMER) {
        timer_enter(saved);
    } else if (interrupt_acknowledge(line)) {
        interrupt_disable(line);
        if (slot->allows & SLOT_NOTIFICATION) {
            notification_send(slot->notification, slot->badge);
        }
    }
    sched_leave();
}

/**
 * Lets an interrupt line signal a notification: the bits are the capability's badge.
 *
 * @param line          1 to INTERRUPT_LINES - 1
 * @param notification  a capability with RIGHT_SEND
 * @return ERROR_NONE; ERROR_BUSY when the line is bound already
 */
enum error irq_bind(unsigned line, struct slot *notification)
{
    if (bound[line].allows != SLOT_EMPTY) {
        return ERROR_BUSY;
    }
    cap_derive(&bound[line], *notification, notification);
    interrupt_enable(line);
    return ERROR_NONE;
}

/**
 * Lets a line interrupt again.
 *
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT when it is not bound
 */
enum error irq_acknowledge(unsigned line)
{
    if (bound[line].allows == SLOT_EMPTY) {
        return ERROR_INVALID_ARGUMENT;
    }
    interrupt_enable(line);
    return ERROR_NONE;
}

/** One more capability names a line (1), or one fewer (-1). */
void irq_count(unsigned line, int change)
{
    capabilities[line] += (unsigned)change;
}

/** A capability to a line goes; with the last one it is held back. @return whether that is all */
bool irq_release(unsigned line)
{
    if (capabilities[line] == 1) {
        interrupt_disable(line);
        if (!cap_clear(&bound[line])) {
            return false;
        }
    }
    capabilities[line]--;
    return true;
}
