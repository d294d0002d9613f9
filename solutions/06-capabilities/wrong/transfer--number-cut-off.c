/*
 * exercise: transfer
 * test: transfer-copy
 * says: for the wrong slot of the receiver's
 * mistake: Keeps 16 bits of the receiver's word. A number that is none becomes that of a slot.
 */
static uint64_t transfer_copy(struct thread *sender, struct thread *receiver, uint64_t info)
{
    uint64_t from = info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK;
    uint64_t to = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD] & MESSAGE_SLOT_MASK;
    uint64_t rights = RIGHTS_ALL & ~sender->buffer[MESSAGE_WITHHELD_WORD];

    info &= ~(MESSAGE_TRANSFER | MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    if (slots_copy(receiver, to, &sender->slots[from], rights) != ERROR_NONE) {
        return info;
    }
    return info | MESSAGE_TRANSFER | to << MESSAGE_SLOT_SHIFT;
}
