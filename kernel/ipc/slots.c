/**
 * @file
 * A thread's slots: its capability space, as messages need it.
 */
#include "ipc/slots.h"

/** All that a kind of object may allow, from one thing that it may. */
static uint64_t kind_of(uint64_t allows)
{
    static const uint64_t kinds[] = {SLOT_ENDPOINT, SLOT_NOTIFICATION, SLOT_FRAME};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (allows & kinds[i]) {
            return kinds[i];
        }
    }
    return allows;
}

/**
 * Looks a capability up: finds the slot of a number, and checks that it is of the kind that is
 * wanted (kind_of()) and has all of the rights.
 *
 * @param slots   of a capability space: slot 0 and those behind it
 * @param count   how many there are
 * @param number  any number
 * @param allows  what the slot has to allow: one kind, one or more rights to it
 * @param found   set to the slot if there is one of that kind, else left alone
 * @return ERROR_NONE; ERROR_BAD_SLOT when there is no such slot, or it is empty or of another kind;
 *         ERROR_NO_RIGHT when it lacks one of the rights
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    if (number >= count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return (slots[number].allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}

/**
 * Finds a capability of a thread's by its slot's number. SLOT_LAST_CALLER is a slot of its own.
 *
 * @return what slots_lookup() does
 */
enum error slots_find(struct thread *thread, uint64_t number, uint64_t allows, struct slot **found)
{
    if (number == SLOT_LAST_CALLER) {
        return slots_lookup(&thread->caller, 1, 0, allows, found);
    }
    return slots_lookup(thread->slots, thread->slot_count, number, allows, found);
}

/** @return the slot that holds the caller whom a thread has received last */
struct slot *slots_last_caller(struct thread *thread)
{
    return &thread->caller;
}

/** @return ERROR_NONE when a slot holds what can be copied; ERROR_BAD_SLOT */
enum error slots_can_copy(const struct thread *thread, uint64_t number)
{
    bool can = number < thread->slot_count && (thread->slots[number].allows & SLOT_COPYABLE) != 0;

    return can ? ERROR_NONE : ERROR_BAD_SLOT;
}
