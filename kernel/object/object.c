/**
 * @file
 * Kernel objects: how large they are, how they begin, and how they end.
 *
 * An object lives as long as a capability to it does. Its memory stays the untyped's that it was
 * made from: it can be used again when nothing that came from the untyped is left.
 */
#include "object/object.h"

#include "arch/paging.h"
#include "ipc/endpoint.h"

#define THREAD_BYTES 2048u
#define SLOT_BYTES sizeof(struct slot) /* what an endpoint and a notification take, too */

_Static_assert(sizeof(struct thread) <= THREAD_BYTES, "a control block");
_Static_assert(sizeof(struct endpoint) <= SLOT_BYTES && sizeof(struct notification) <= SLOT_BYTES,
               "an endpoint, a notification");

/** Kinds of objects: what all rights to one are, what sizes there are, and what one takes. */
static const struct {
    uint32_t allows;
    uint64_t least, most;          /* sizes that can be asked for; not made: none */
    uint64_t bytes, bytes_of_size; /* of any object; for each 1 of its size */
    uint64_t alignment;
} kinds[] = {
    [OBJECT_UNTYPED] = {SLOT_UNTYPED, 1, UINT32_MAX, 0, PAGE_SIZE, PAGE_SIZE},
    [OBJECT_CNODE] = {SLOT_CNODE, 2, CNODE_SLOTS_MAX, sizeof(struct cnode), SLOT_BYTES, SLOT_BYTES},
    [OBJECT_THREAD] = {SLOT_THREAD, 0, 0, THREAD_BYTES, 0, THREAD_BYTES},
    [OBJECT_SPACE] = {SLOT_SPACE, SPACE_TABLES_MIN, SPACE_TABLES_MAX, PAGE_SIZE, PAGE_SIZE,
                      PAGE_SIZE},
    [OBJECT_FRAME] = {SLOT_FRAME, 1, FRAME_PAGES_MAX, 0, PAGE_SIZE, PAGE_SIZE},
    [OBJECT_ENDPOINT] = {SLOT_ENDPOINT, 0, 0, SLOT_BYTES, 0, SLOT_BYTES},
    [OBJECT_NOTIFICATION] = {SLOT_NOTIFICATION, 0, 0, SLOT_BYTES, 0, SLOT_BYTES},
    [OBJECT_REPLY] = {SLOT_REPLY, 1, 0, 0, 0, 0},
    [OBJECT_IRQ] = {SLOT_IRQ, 1, 0, 0, 0, 0},
    [OBJECT_PORTS] = {SLOT_PORTS, 1, 0, 0, 0, 0},
};

#define KINDS (sizeof(kinds) / sizeof(*kinds))

/** @return the kind of a capability's object: enum object_kind; 0 for none */
unsigned object_kind(const struct slot *slot)
{
    unsigned kind = KINDS - 1;

    while (kind > 0 && (slot->allows & kinds[kind].allows) == 0) {
        kind--;
    }
    return kind;
}

/**
 * Finds out what an object takes.
 *
 * @param object  OBJECT(kind, size), any number
 * @param size    set
 * @return whether there are such objects of that size
 */
bool object_measure(uint64_t object, struct object_size *size)
{
    unsigned kind = object & 0xFF;
    uint64_t count = object >> 8;

    if (kind == 0 || kind >= KINDS || count < kinds[kind].least || count > kinds[kind].most) {
        return false;
    }
    size->bytes = kinds[kind].bytes + count * kinds[kind].bytes_of_size;
    size->alignment = kinds[kind].alignment;
    return true;
}

/**
 * Makes an object, and the first capability to it, with all rights.
 *
 * @param slot    not in the tree; filled
 * @param object  OBJECT(kind, size), measured
 * @param start   physical address of its memory, which is all 0, unless it is untyped
 */
void object_make(struct slot *slot, uint64_t object, uint64_t start)
{
    uint64_t size = object >> 8;

    *slot = (struct slot){.allows = kinds[object & 0xFF].allows,
                          .start = (uintptr_t)paging_window(start)};
    switch (object & 0xFF) {
    case OBJECT_UNTYPED:
        slot->start = start;
        slot->badge = size * PAGE_SIZE;
        break;
    case OBJECT_FRAME:
        slot->start = start;
        slot->pages = (uint32_t)size;
        break;
    case OBJECT_SPACE:
        space_make(slot->space, size);
        break;
    case OBJECT_CNODE:
        slot->badge = size;
        slot->cnode->count = size;
        break;
    case OBJECT_THREAD:
        thread_begin(slot->thread);
    }
    object_count(slot, 1);
}

/** One more capability names an object (1), or one fewer (-1). */
void object_count(const struct slot *slot, int change)
{
    if (slot->allows & SLOT_ENDPOINT) {
        slot->endpoint->slots += (unsigned)change;
        slot->endpoint->receive_slots +=
            slot->allows & SLOT_ENDPOINT_RECEIVE ? (unsigned)change : 0;
    } else if (slot->allows & SLOT_NOTIFICATION) {
        slot->notification->slots += (unsigned)change;
    } else if (slot->allows & SLOT_CNODE) {
        slot->cnode->capabilities += (uint64_t)change;
    } else if (slot->allows & SLOT_THREAD) {
        slot->thread->capabilities += (uint64_t)change;
    } else if (slot->allows & SLOT_SPACE) {
        slot->space->capabilities += (uint64_t)change;
    } else if (slot->allows & SLOT_IRQ) {
        irq_count((unsigned)slot->start, change);
    }
}

/** An endpoint that nobody may receive from any more is closed, one waiting thread at a time. */
static bool release_endpoint(struct slot *slot)
{
    struct endpoint *endpoint = slot->endpoint;

    if (slot->allows & SLOT_ENDPOINT) {
        endpoint->receive_slots -= slot->allows & SLOT_ENDPOINT_RECEIVE ? 1 : 0;
        slot->allows = SLOT_CLOSING_ENDPOINT;
    }
    if (endpoint_is_closed(endpoint) && endpoint_close(endpoint)) {
        return false;
    }
    if (--endpoint->slots == 0) {
        priority_forget_endpoint(endpoint);
    }
    return true;
}

/** So is a notification that has no capability any more. */
static bool release_notification(struct slot *slot)
{
    struct notification *notification = slot->notification;

    slot->allows = SLOT_CLOSING_NOTIFICATION;
    if (notification->slots == 1 && notification_close(notification)) {
        return false;
    }
    notification->slots--;
    return true;
}

/** If a capability is one of the three that a thread is made of, the thread stops, and is without
 * it. (A frame that is mapped is none of these.) */
void object_lose(struct slot *slot)
{
    uint32_t parts = SLOT_CNODE | SLOT_SPACE | (slot->badge == 0 ? SLOT_FRAME : 0);

    if (slot->allows & parts && slot->extra != 0) {
        struct thread *thread = (struct thread *)slot->extra;

        slot->extra = 0;
        thread_lose(thread);
    }
}

/**
 * Ends what a capability keeps alive, before it goes: one bounded step of it.
 *
 * @param slot  has no children; is no reply
 * @return whether nothing is left to do but to empty the slot; else to be called again
 */
bool object_release(struct slot *slot)
{
    if (slot->allows & (SLOT_ENDPOINT | SLOT_CLOSING_ENDPOINT)) {
        return release_endpoint(slot);
    }
    if (slot->allows & (SLOT_NOTIFICATION | SLOT_CLOSING_NOTIFICATION)) {
        return release_notification(slot);
    }
    object_lose(slot);
    if (slot->allows & SLOT_IRQ) {
        return irq_release((unsigned)slot->start);
    }
    object_count(slot, -1);
    if (slot->allows & SLOT_FRAME) {
        frame_unmap(slot);
    } else if (slot->allows & SLOT_THREAD && slot->thread->capabilities == 0) {
        thread_destroy(slot->thread);
    } else if (slot->allows & SLOT_SPACE && slot->space->capabilities == 0) {
        space_end(slot->space);
    }
    return true;
}
