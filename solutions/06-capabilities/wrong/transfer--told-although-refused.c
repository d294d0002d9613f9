/*
 * exercise: transfer
 * test: transfer-refused
 * says: returns the wrong info word
 * mistake: Does not ask whether the copy was made. The receiver is told of a capability that it
 * has not got.
 */
static uint64_t transfer_copy(struct thread *sender, struct thread *receiver, uint64_t info)
{
    uint64_t from = info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK;
    uint64_t to = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD];
    uint64_t rights = RIGHTS_ALL & ~sender->buffer[MESSAGE_WITHHELD_WORD];

    info &= ~(MESSAGE_TRANSFER | MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    (void)slots_copy(receiver, to, &sender->slots[from], rights);
    return info | MESSAGE_TRANSFER | to << MESSAGE_SLOT_SHIFT;
}
