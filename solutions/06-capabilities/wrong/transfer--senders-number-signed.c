/*
 * exercise: transfer
 * test: transfer-copy
 * says: copies the wrong slot
 * mistake: A number of 16 bits with a sign: from 32768 on the slot is before the first one.
 */
static uint64_t transfer_copy(struct thread *sender, struct thread *receiver, uint64_t info)
{
    int16_t from = (int16_t)(info >> MESSAGE_SLOT_SHIFT);
    uint64_t to = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD];
    uint64_t rights = RIGHTS_ALL & ~sender->buffer[MESSAGE_WITHHELD_WORD];

    info &= ~(MESSAGE_TRANSFER | MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    if (slots_copy(receiver, to, &sender->slots[from], rights) != ERROR_NONE) {
        return info;
    }
    return info | MESSAGE_TRANSFER | to << MESSAGE_SLOT_SHIFT;
}
