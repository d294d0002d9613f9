/*
 * exercise: mint
 * test: mint-rights
 * says: allows the wrong things|returns the wrong error
 * mistake: Adds the rights that are asked for to those that there are: whoever can copy, can do
 * anything.
 */
enum error cap_mint(struct slot *copy, uint64_t rights, uint64_t badge)
{
    uint32_t with_rights = SLOT_ENDPOINT | SLOT_NOTIFICATION | SLOT_FRAME;
    uint32_t lost = RIGHTS_ALL & ~(uint32_t)rights;

    if (copy->allows & with_rights) {
        unsigned shift = copy->allows & SLOT_FRAME          ? SLOT_FRAME_SHIFT
                         : copy->allows & SLOT_NOTIFICATION ? SLOT_NOTIFICATION_SHIFT
                                                            : 0;

        copy->allows |= (RIGHTS_ALL & ~lost) << shift;
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
