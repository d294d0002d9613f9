/**
 * @file
 * Capabilities from capabilities: where they stand, and how they are copied.
 */
#include "cap/derive.h"

#include "abi/memory.h"
#include "arch/paging.h"
#include "cap/tree.h"
#include "ipc/slots.h"
#include "object/object.h"

/**
 * Finds a slot by its address.
 *
 * @param thread   whose
 * @param address  SLOT_IN(), or a number of its own space; any number
 * @param found    set to the slot
 * @return ERROR_NONE; ERROR_BAD_SLOT when there is no such slot. Slot 0 of a space is none.
 */
enum error cap_locate(struct thread *thread, uint64_t address, struct slot **found)
{
    uint64_t number = (uint32_t)address;
    struct slot *slots = thread->slots;
    uint64_t count = thread->slot_count;
    struct slot *cnode;

    if (address >> 32 != 0) {
        if (slots_find(thread, address >> 32, SLOT_CNODE, &cnode) != ERROR_NONE) {
            return ERROR_BAD_SLOT;
        }
        slots = cnode->cnode->slots;
        count = cnode->cnode->count;
    }
    if (number == 0 || number >= count) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return ERROR_NONE;
}

/** Finds a capability of a kind without rights by its slot's address. */
enum error cap_find(struct thread *thread, uint64_t address, uint64_t allows, struct slot **found)
{
    enum error error = cap_locate(thread, address, found);

    return error == ERROR_NONE && ((*found)->allows & allows) == 0 ? ERROR_BAD_SLOT : error;
}

/** Finds an empty slot by its address. */
enum error cap_find_empty(struct thread *thread, uint64_t address, struct slot **found)
{
    enum error error = cap_locate(thread, address, found);

    return error == ERROR_NONE && (*found)->allows != SLOT_EMPTY ? ERROR_BAD_SLOT : error;
}

/** Narrows a copy of a frame to some of its pages. */
static enum error cut_frame(struct slot *copy, uint64_t part)
{
    uint64_t first = part >> 16;
    uint64_t pages = part & 0xFFFF;

    if (part == 0) {
        return ERROR_NONE;
    }
    if (pages == 0 || first >= copy->pages || pages > copy->pages - first) {
        return ERROR_INVALID_ARGUMENT;
    }
    copy->start += first * PAGE_SIZE;
    copy->pages = (uint32_t)pages;
    return ERROR_NONE;
}

/** Narrows a copy of I/O ports to some of them. */
static enum error cut_ports(struct slot *copy, uint64_t part)
{
    uint64_t first = part >> 16;
    uint64_t last = part & 0xFFFF;

    if (part == 0) {
        return ERROR_NONE;
    }
    if (first < copy->start || last > copy->badge || first > last) {
        return ERROR_INVALID_ARGUMENT;
    }
    copy->start = first;
    copy->badge = last;
    return ERROR_NONE;
}

/** Gives a copy of an endpoint or a notification a badge; one that it has cannot be changed. */
static enum error set_badge(struct slot *copy, uint64_t badge)
{
    if (badge != 0 && copy->badge != 0 && badge != copy->badge) {
        return ERROR_INVALID_ARGUMENT;
    }
    copy->badge |= badge;
    return ERROR_NONE;
}

/**
 * Makes a copy of a capability less than what it was copied from.
 *
 * Of an endpoint's, a notification's or a frame's rights those stay that are among `rights`, and of
 * a frame's MEMORY_READ has to; the other kinds have none that could be taken away. Then `badge`
 * narrows further, by kind: it is a badge (set_badge()), a part of a frame (cut_frame()) or of the
 * I/O ports (cut_ports()); for any other kind it has to be 0.
 *
 * @param copy    of a capability that can be copied (SLOT_COPYABLE); anything when it is refused
 * @param rights  RIGHT_SEND and so on, or MEMORY_READ and so on; higher bits mean nothing
 * @param badge   any number
 * @return ERROR_NONE; ERROR_NO_RIGHT when no right stays; ERROR_INVALID_ARGUMENT for the badge
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
        return set_badge(copy, badge);
    }
    return badge == 0 ? ERROR_NONE : ERROR_INVALID_ARGUMENT;
}

/**
 * Fills a slot with a capability that comes from another one.
 *
 * @param to       empty
 * @param content  what it is to hold: a copy, maybe narrowed. A frame's is mapped nowhere
 * @param parent   where it comes from
 */
void cap_derive(struct slot *to, struct slot content, struct slot *parent)
{
    *to = content;
    to->child = NULL;
    to->extra = 0;
    if (content.allows & SLOT_FRAME) {
        to->badge = 0;
    }
    tree_insert(to, parent);
    object_count(to, 1);
}

/**
 * Gives a thread a copy of a capability.
 *
 * @param thread  who gets it
 * @param number  of a slot of its own space, any number
 * @param from    the capability; anything
 * @param rights  that the copy may have
 * @return ERROR_NONE; ERROR_BAD_SLOT when it cannot be copied, or the slot is not an empty one;
 *         what cap_mint() refuses with
 */
enum error slots_copy(struct thread *thread, uint64_t number, struct slot *from, uint64_t rights)
{
    struct slot content = *from;
    struct slot *to;
    enum error error = number >> 32 != 0 ? ERROR_BAD_SLOT : cap_find_empty(thread, number, &to);

    if (error == ERROR_NONE && (from->allows & SLOT_COPYABLE) == 0) {
        error = ERROR_BAD_SLOT;
    }
    if (error == ERROR_NONE) {
        error = cap_mint(&content, rights, 0);
    }
    if (error == ERROR_NONE) {
        cap_derive(to, content, from);
    }
    return error;
}
