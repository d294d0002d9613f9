/**
 * @file
 * Slots that travel with a message.
 */
#include "ipc/message.h"

#include "ipc/slots.h"

/** The slot that travels. @return the info word as the receiver gets it */
uint64_t transfer_slot(struct thread *sender, struct thread *receiver, uint64_t info)
{
    uint64_t from = info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK;
    uint64_t to = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD];

    if ((info & MESSAGE_TRANSFER) == 0) {
        return info;
    }
    info &= ~(MESSAGE_TRANSFER | MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    if (slots_copy(receiver, to, &sender->slots[from]) != ERROR_NONE) {
        return info; /* it does not want one */
    }
    return info | MESSAGE_TRANSFER | to << MESSAGE_SLOT_SHIFT;
}
