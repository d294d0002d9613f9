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
#include "ipc/notification.h"
#include "ipc/priority.h"

#define THREAD_SIZE 2048u

_Static_assert(sizeof(struct thread) <= THREAD_SIZE, "a control block");
_Static_assert(sizeof(struct endpoint) <= sizeof(struct slot) &&
                   sizeof(struct notification) <= sizeof(struct slot),
               "an endpoint, a notification");

/**
 * Finds out what an object takes.
 *
 * @param object  OBJECT(kind, size), any number
 * @param size    set
 * @return whether there are such objects of that size
 */
bool object_measure(uint64_t object, struct object_size *size)
{
    uint64_t count = object >> 8;
    uint64_t pages = count, most = FRAME_PAGES_MAX, least = 1;

    switch (object & 0xFF) {
    case OBJECT_UNTYPED:
        most = UINT32_MAX;
        break;
    case OBJECT_FRAME:
        break;
    case OBJECT_SPACE:
        pages = count + 1;
        least = SPACE_TABLES_MIN;
        most = SPACE_TABLES_MAX;
        break;
    case OBJECT_CNODE:
        *size = (struct object_size){sizeof(struct cnode) + count * sizeof(struct slot),
                                     sizeof(struct slot)};
        return count >= 2 && count <= CNODE_SLOTS_MAX;
    case OBJECT_THREAD:
        *size = (struct object_size){THREAD_SIZE, THREAD_SIZE};
        return count == 0;
    case OBJECT_ENDPOINT:
    case OBJECT_NOTIFICATION:
        *size = (struct object_size){sizeof(struct slot), sizeof(struct slot)};
        return count == 0;
    default:
        return false;
    }
    *size = (struct object_size){pages * PAGE_SIZE, PAGE_SIZE};
    return count >= least && count <= most;
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
    void *memory = paging_window(start);

    *slot = (struct slot){.start = (uintptr_t)memory};
    switch (object & 0xFF) {
    case OBJECT_UNTYPED:
        *slot = (struct slot){.allows = SLOT_UNTYPED, .badge = size * PAGE_SIZE, .start = start};
        break;
    case OBJECT_FRAME:
        *slot = (struct slot){.allows = SLOT_FRAME, .pages = (uint32_t)size, .start = start};
        break;
    case OBJECT_SPACE:
        slot->allows = SLOT_SPACE;
        space_make(memory, size);
        break;
    case OBJECT_CNODE:
        slot->allows = SLOT_CNODE;
        slot->badge = size;
        slot->cnode->count = size;
        break;
    case OBJECT_THREAD:
        slot->allows = SLOT_THREAD;
        thread_begin(memory);
        break;
    case OBJECT_ENDPOINT:
        slot->allows = SLOT_ENDPOINT;
        break;
    default:
        slot->allows = SLOT_NOTIFICATION;
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

/** What ends with its last capability, and at once. */
static void release_counted(const struct slot *slot)
{
    if (slot->allows & SLOT_THREAD && --slot->thread->capabilities == 0) {
        thread_destroy(slot->thread);
    } else if (slot->allows & SLOT_SPACE && --slot->space->capabilities == 0) {
        space_end(slot->space);
    } else if (slot->allows & SLOT_CNODE) {
        slot->cnode->capabilities--; /* not the last one: cap_clear() */
    }
}

/** If a capability is one of the three that a thread is made of, the thread stops, and is without
 * it. (A frame that is mapped is none of these.) */
void object_lose(struct slot *slot)
{
    uint32_t parts = SLOT_CNODE | SLOT_SPACE | (slot->badge == 0 ? SLOT_FRAME : 0);

    if (slot->allows & parts && slot->extra != 0) {
        thread_lose((struct thread *)slot->extra, slot);
        slot->extra = 0;
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
    if (slot->allows & SLOT_FRAME) {
        frame_unmap(slot);
    } else {
        release_counted(slot);
    }
    return true;
}
