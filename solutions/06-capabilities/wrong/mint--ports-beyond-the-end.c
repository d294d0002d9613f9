/*
 * exercise: mint
 * test: mint-parts
 * says: expected: ERROR_INVALID_ARGUMENT\n  got:      ERROR_NONE
 * mistake: Checks that the ports are in order, and not that all of them are the original's.
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
        uint64_t first = badge >> 16, last = badge & 0xFFFF;

        if (badge != 0 && (first < copy->start || first > last)) {
            return ERROR_INVALID_ARGUMENT;
        }
        copy->start = badge != 0 ? first : copy->start;
        copy->badge = badge != 0 ? last : copy->badge;
        return ERROR_NONE;
    }
    if (copy->allows & (SLOT_ENDPOINT | SLOT_NOTIFICATION)) {
        return set_badge(copy, badge);
    }
    return badge == 0 ? ERROR_NONE : ERROR_INVALID_ARGUMENT;
}
