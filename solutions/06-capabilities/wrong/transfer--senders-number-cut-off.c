/*
 * exercise: transfer
 * test: transfer-copy
 * says: copies the wrong slot
 * mistake: Takes a slot's number for a byte. A large space has more of them.
 */
static uint64_t transfer_copy(struct thread *sender, struct thread *receiver, uint64_t info)
{
    uint8_t from = (uint8_t)(info >> MESSAGE_SLOT_SHIFT);
    uint64_t to = receiver->buffer[MESSAGE_RECEIVE_SLOT_WORD];
    uint64_t rights = RIGHTS_ALL & ~sender->buffer[MESSAGE_WITHHELD_WORD];

    info &= ~(MESSAGE_TRANSFER | MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    if (slots_copy(receiver, to, &sender->slots[from], rights) != ERROR_NONE) {
        return info;
    }
    return info | MESSAGE_TRANSFER | to << MESSAGE_SLOT_SHIFT;
}
