/**
 * @file
 * irq_bind: interrupts as signals.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Lets an interrupt line signal a notification. After each interrupt the line is held back until
 * irq_acknowledge.
 *
 * @param irq           address of the slot with the line
 * @param notification  number of a slot with a notification, with RIGHT_SEND: its badge is the
 *                      signal
 * @return ERROR_NONE; ERROR_BUSY when the line is bound already; what cap_find() and slots_find()
 *         refuse with
 */
struct call_result syscall_irq_bind(uint64_t irq, uint64_t notification)
{
    const struct slot *line = cap_find(irq, SLOT_IRQ);
    struct slot *signalled;
    enum error error = ERROR_BAD_SLOT;

    if (line != NULL) {
        error = slots_find(sched.current, notification, SLOT_NOTIFY, &signalled);
    }
    if (error == ERROR_NONE) {
        error = irq_bind((unsigned)line->start, signalled);
    }
    return (struct call_result){error, 0};
}
