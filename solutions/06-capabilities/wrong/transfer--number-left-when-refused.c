/*
 * exercise: transfer
 * test: transfer-refused
 * says: returns the wrong info word
 * mistake: Takes the flag away when the copy is refused, but leaves the number of the sender's
 * slot.
 */
static uint64_t transfer_copy(struct thread *sender, struct thread *receiver, uint64_t info)
{
    uint64_t from = info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK;
    uint64_t to = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD];
    uint64_t rights = RIGHTS_ALL & ~sender->buffer[MESSAGE_WITHHELD_WORD];

    if (slots_copy(receiver, to, &sender->slots[from], rights) != ERROR_NONE) {
        return info & ~MESSAGE_TRANSFER;
    }
    info &= ~(MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    return info | to << MESSAGE_SLOT_SHIFT;
}
