/*
 * exercise: mint
 * test: mint-parts
 * says: expected: ERROR_INVALID_ARGUMENT\n  got:      ERROR_NONE
 * mistake: Adds the numbers of pages in 32 bits: a part that begins near 2^32 ends at a small
 * number.
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
        uint64_t first = badge >> 16, pages = badge & 0xFFFF;

        if ((copy->allows & MEMORY_READ << SLOT_FRAME_SHIFT) == 0) {
            return ERROR_NO_RIGHT;
        }
        if (badge != 0 && (pages == 0 || (uint32_t)(first + pages) > copy->pages)) {
            return ERROR_INVALID_ARGUMENT;
        }
        copy->start += first * PAGE_SIZE;
        copy->pages = badge != 0 ? (uint32_t)pages : copy->pages;
        return ERROR_NONE;
    }
    if (copy->allows & SLOT_PORTS) {
        return cut_ports(copy, badge);
    }
    if (copy->allows & (SLOT_ENDPOINT | SLOT_NOTIFICATION)) {
        return set_badge(copy, badge);
    }
    return badge == 0 ? ERROR_NONE : ERROR_INVALID_ARGUMENT;
}
