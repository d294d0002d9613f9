/**
 * @file
 * irq_acknowledge: the next interrupt may come.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "object/irq.h"
#include "task/sched.h"

/**
 * Lets an interrupt line interrupt again, when its device has been dealt with.
 *
 * @param irq  address of the slot with the line
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_INVALID_ARGUMENT when the line is not bound
 */
struct call_result syscall_irq_acknowledge(uint64_t irq)
{
    struct slot *line;
    enum error error = cap_find(sched.current, irq, SLOT_IRQ, &line);

    if (error == ERROR_NONE) {
        error = irq_acknowledge((unsigned)line->start);
    }
    return (struct call_result){error, 0};
}
