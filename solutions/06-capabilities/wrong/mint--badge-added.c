/*
 * exercise: mint
 * test: mint-badge
 * says: expected: ERROR_INVALID_ARGUMENT\n  got:      ERROR_NONE|whose `badge` is wrong
 * mistake: Adds the badge's bits to the old one's, as if they were signals.
 */
enum error cap_mint(struct slot *copy, uint64_t rights, uint64_t badge)
{
    uint32_t with_rights = SLOT_ENDPOINT | SLOT_NOTIFICATION | SLOT_FRAME;
    uint32_t lost = RIGHTS_ALL & ~(uint32_t)rights;

    if (copy->allows & with_rights) {
        copy->allows &= ~(lost | lost << SLOT_NOTIFICATION_SHIFT | lost << SLOT_FRAME_SHIFT);
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
        copy->badge |= badge;
        return ERROR_NONE;
    }
    return badge == 0 ? ERROR_NONE : ERROR_INVALID_ARGUMENT;
}
