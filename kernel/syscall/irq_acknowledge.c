/**
 * @file
 * irq_acknowledge: the next interrupt may come.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Lets an interrupt line interrupt again, when its device has been dealt with.
 *
 * @param irq  address of the slot with the line
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_INVALID_ARGUMENT when the line is not bound
 */
struct call_result syscall_irq_acknowledge(uint64_t irq)
{
    const struct slot *line = cap_find(irq, SLOT_IRQ);

    if (line == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    return (struct call_result){irq_acknowledge((unsigned)line->start), 0};
}
