/*
 * exercise: mint
 * test: mint-rights
 * says: expected: ERROR_NO_RIGHT\n  got:      ERROR_NONE
 * mistake: Lets a frame be written that cannot be read. The CPU has no such pages: it would be
 * readable.
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
        return cut_frame(copy, badge);
    }
    if (copy->allows & SLOT_PORTS) {
        return cut_ports(copy, badge);
    }
    if (copy->allows & (SLOT_ENDPOINT | SLOT_NOTIFICATION)) {
        return set_badge(copy, badge);
    }
    return badge == 0 ? ERROR_NONE : ERROR_INVALID_ARGUMENT;
}
