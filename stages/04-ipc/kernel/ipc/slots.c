/**
 * @file
 * A thread's slots: what it may use, by small numbers. slot_table.c fills and empties them.
 */
#include "ipc/slots.h"

/** All that a kind of object may allow, from one thing that it may. */
static uint64_t kind_of(uint64_t allows)
{
    if (allows & SLOT_ENDPOINT) {
        return SLOT_ENDPOINT;
    }
    return allows & SLOT_NOTIFICATION ? SLOT_NOTIFICATION : SLOT_REPLY;
}

/**
 * Finds a slot.
 *
 * @param thread  whose
 * @param number  any number
 * @param allows  what it has to allow
 * @param found   set to the slot
 * @return ERROR_NONE; ERROR_BAD_SLOT when there is no such slot, or it is empty or of another kind;
 *         ERROR_NO_RIGHT when it does not allow that
 */
enum error slots_find(struct thread *thread, uint64_t number, uint64_t allows, struct slot **found)
{
    if (number >= SLOT_LIMIT || (thread->slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = &thread->slots[number];
    return ((*found)->allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}

/** @return the slot that holds the caller whom a thread has received last */
struct slot *slots_last_caller(struct thread *thread)
{
    return &thread->slots[SLOT_LAST_CALLER];
}
