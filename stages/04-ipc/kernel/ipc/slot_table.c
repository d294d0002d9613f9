/**
 * @file
 * How slots are filled, copied and emptied.
 *
 * Objects count the slots that name them. An endpoint that nobody may receive from any more is
 * closed, and so is a notification that no slot names; an object that no slot names is free.
 */
#include "ipc/slots.h"

#include "ipc/endpoint.h"
#include "ipc/message.h"

/** One more slot names an object (1), or one fewer (-1). */
static void count(const struct slot *slot, int change)
{
    if (slot->allows & SLOT_ENDPOINT) {
        slot->endpoint->slots += (unsigned)change;
        if (slot->allows & SLOT_ENDPOINT_RECEIVE) {
            slot->endpoint->receive_slots += (unsigned)change;
        }
    } else if (slot->allows & SLOT_NOTIFICATION) {
        slot->notification->slots += (unsigned)change;
    }
}

/**
 * Fills a slot.
 *
 * @param thread   whose
 * @param number   any number
 * @param content  what to put there
 * @return ERROR_NONE; ERROR_BAD_SLOT when there is no such slot, or it is not empty
 */
enum error slots_put(struct thread *thread, uint64_t number, struct slot content)
{
    if (number >= SLOT_LIMIT || number == SLOT_LAST_CALLER ||
        thread->slots[number].allows != SLOT_EMPTY) {
        return ERROR_BAD_SLOT;
    }
    thread->slots[number] = content;
    count(&content, 1);
    return ERROR_NONE;
}

/** Whether a slot holds an endpoint or a notification: an answer cannot be given twice. */
static bool is_copyable(const struct slot *slot)
{
    return (slot->allows & (SLOT_ENDPOINT | SLOT_NOTIFICATION)) != 0;
}

/** @return ERROR_NONE when a slot holds what can be copied; ERROR_BAD_SLOT */
enum error slots_can_copy(const struct thread *thread, uint64_t number)
{
    bool can = number < SLOT_LIMIT && is_copyable(&thread->slots[number]);

    return can ? ERROR_NONE : ERROR_BAD_SLOT;
}

/**
 * Copies a slot as it is.
 *
 * @param thread  who gets the copy
 * @param number  where, any number
 * @param from    holds an endpoint or a notification, or nothing
 * @return ERROR_NONE; ERROR_BAD_SLOT when there is nothing to copy, or slots_put() refuses
 */
enum error slots_copy(struct thread *thread, uint64_t number, const struct slot *from)
{
    return is_copyable(from) ? slots_put(thread, number, *from) : ERROR_BAD_SLOT;
}

/**
 * Fills a new thread's slot with a copy. A copy of a slot without a badge has the thread's name as
 * its badge.
 *
 * @param thread  new
 * @param number  of an empty slot
 * @param from    holds an endpoint or a notification
 */
void slots_give(struct thread *thread, uint64_t number, const struct slot *from)
{
    struct slot content = *from;

    if (content.badge == 0) {
        content.badge = thread->id.number;
    }
    slots_put(thread, number, content);
}

/**
 * Narrows what a slot is to hold.
 *
 * @param content  holds an endpoint or a notification
 * @param rights   those that stay (RIGHT_SEND and so on)
 * @param badge    the new badge; 0: the old one stays
 * @return ERROR_NONE; ERROR_NO_RIGHT when none stays; ERROR_INVALID_ARGUMENT when it has another
 *         badge already
 */
enum error slots_narrow(struct slot *content, uint64_t rights, uint64_t badge)
{
    uint64_t allowed = rights & SLOT_ENDPOINT;
    uint64_t stays = content->allows & (allowed | allowed << SLOT_NOTIFICATION_SHIFT);

    if (stays == 0) {
        return ERROR_NO_RIGHT;
    }
    if (badge != 0 && content->badge != 0 && badge != content->badge) {
        return ERROR_INVALID_ARGUMENT;
    }
    content->allows = stays;
    content->badge |= badge;
    return ERROR_NONE;
}

/** Empties a slot. */
void slots_clear(struct slot *slot)
{
    struct slot old = *slot;

    reply_drop(slot);
    *slot = (struct slot){0};
    count(&old, -1);
    if (old.allows & SLOT_ENDPOINT_RECEIVE && old.endpoint->receive_slots == 0) {
        while (endpoint_close(old.endpoint)) {
        }
    }
    if (old.allows & SLOT_NOTIFICATION && old.notification->slots == 0) {
        while (notification_close(old.notification)) {
        }
    }
}
