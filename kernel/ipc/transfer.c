/**
 * @file
 * Capabilities that travel with a message.
 */
#include "ipc/message.h"

#include "ipc/slots.h"

/**
 * Lets a capability travel: the receiver gets a copy of it (slots_copy()) in the slot that the word
 * MESSAGE_RECEIVE_SLOT_WORD of its IPC buffer names, with the rights that are left when those in
 * the word MESSAGE_WITHHELD_WORD of the sender's buffer are taken away. The sender keeps its own.
 *
 * @param sender    its message has been checked (message_check()): the slot that the info word
 *                  names can be copied
 * @param receiver  gets the message
 * @param info      the sender's info word, with MESSAGE_TRANSFER
 * @return the info word for the receiver: the same, but with the number of the receiver's slot; if
 *         the copy was refused, without MESSAGE_TRANSFER, and 0 for the slot's number
 */
static uint64_t transfer_copy(struct thread *sender, struct thread *receiver, uint64_t info)
{
    uint64_t from = info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK;
    uint64_t to = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD];
    uint64_t rights = RIGHTS_ALL & ~sender->buffer[MESSAGE_WITHHELD_WORD];

    info &= ~(MESSAGE_TRANSFER | MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    if (slots_copy(receiver, to, &sender->slots[from], rights) != ERROR_NONE) {
        return info; /* it does not want one */
    }
    return info | MESSAGE_TRANSFER | to << MESSAGE_SLOT_SHIFT;
}

/**
 * Lets a capability travel, if a message has one.
 *
 * @param sender    its message has been checked
 * @param receiver  gets it
 * @param info      the sender's info word
 * @return the info word for the receiver
 */
uint64_t transfer_slot(struct thread *sender, struct thread *receiver, uint64_t info)
{
    return info & MESSAGE_TRANSFER ? transfer_copy(sender, receiver, info) : info;
}
