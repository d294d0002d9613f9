/**
 * @file
 * Capabilities from capabilities: where they stand, and how they are copied.
 */
#include "cap/cap.h"

#include "abi/memory.h"
#include "arch/paging.h"
#include "ipc/slots.h"
#include "object/object.h"
#include "task/sched.h"

/**
 * Finds a slot by its address.
 *
 * @param thread   whose
 * @param address  SLOT_IN(), or a number of its own space; any number
 * @return the slot; NULL when there is none. Slot 0 of a space is none.
 */
struct slot *cap_locate(struct thread *thread, uint64_t address)
{
    uint64_t number = (uint32_t)address;
    struct slot *slots = thread->slots;
    uint64_t count = thread->slot_count;
    struct slot *cnode;

    if (address >> 32 != 0) {
        if (slots_find(thread, address >> 32, SLOT_CNODE, &cnode) != ERROR_NONE) {
            return NULL;
        }
        slots = cnode->cnode->slots;
        count = cnode->cnode->count;
    }
    return number == 0 || number >= count ? NULL : &slots[number];
}

/**
 * Finds what the current thread's call is about.
 *
 * @param address  of a slot, any number
 * @param allows   what the slot may allow: kinds without rights; SLOT_EMPTY: it has to be empty
 * @return the slot; NULL when there is none, or it is not so: ERROR_BAD_SLOT
 */
struct slot *cap_find(uint64_t address, uint32_t allows)
{
    struct slot *slot = cap_locate(sched.current, address);

    if (slot == NULL || (allows == SLOT_EMPTY) != (slot->allows == SLOT_EMPTY)) {
        return NULL;
    }
    return allows == SLOT_EMPTY || slot->allows & allows ? slot : NULL;
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
 * @return ERROR_NONE; ERROR_NO_RIGHT, whatever `badge` is, when no right stays or not the one to
 *         read a frame; ERROR_INVALID_ARGUMENT for the badge
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
 * Copies a capability.
 *
 * @param to      empty
 * @param from    a capability that can be copied
 * @param rights  see cap_mint()
 * @param badge   likewise
 * @return ERROR_NONE; what cap_mint() refuses with
 */
enum error cap_copy(struct slot *to, struct slot *from, uint64_t rights, uint64_t badge)
{
    struct slot content = *from;
    enum error error = cap_mint(&content, rights, badge);

    if (error == ERROR_NONE) {
        cap_derive(to, content, from);
    }
    return error;
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
    struct slot *to = number >> 32 == 0 ? cap_locate(thread, number) : NULL;

    if (to == NULL || to->allows != SLOT_EMPTY || (from->allows & SLOT_COPYABLE) == 0) {
        return ERROR_BAD_SLOT;
    }
    return cap_copy(to, from, rights, 0);
}
