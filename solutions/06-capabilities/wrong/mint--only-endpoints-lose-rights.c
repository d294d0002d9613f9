/*
 * exercise: mint
 * test: mint-rights
 * says: allows the wrong things|returns the wrong error
 * mistake: Takes rights away from endpoints alone. Those of notifications and frames stand
 * elsewhere in the word.
 */
enum error cap_mint(struct slot *copy, uint64_t rights, uint64_t badge)
{
    uint32_t with_rights = SLOT_ENDPOINT | SLOT_NOTIFICATION | SLOT_FRAME;
    uint32_t lost = RIGHTS_ALL & ~(uint32_t)rights;

    if (copy->allows & with_rights) {
        copy->allows &= ~lost;
        if ((copy->allows & with_rights) == 0) {
            return ERROR_NO_RIGHT;
        }
    }
    if (copy->allows & SLOT_FRAME) {
        return copy->allows & MEMORY_READ << SLOT_FRAME_SHIFT ? cut_frame(copy, badge)
                                                              : ERROR_NO_RIGHT;
    }
    if (copy->allows & SLOT_PORTS) {
        return cut_ports(copy, badge);
    }
    if (copy->allows & (SLOT_ENDPOINT | SLOT_NOTIFICATION)) {
        return set_badge(copy, badge);
    }
    return badge == 0 ? ERROR_NONE : ERROR_INVALID_ARGUMENT;
}
