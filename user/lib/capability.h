/**
 * @file
 * Capabilities: copying and moving them, taking them back, making objects of memory.
 *
 * All of these take slots' addresses: a slot of the program's own space, or slot_in() another one.
 */
#pragma once

#include <stdbool.h>

#include "abi/capability.h"
#include "slot.h"

/**
 * What the root task puts into a program's own slots, as far as the program's privileges say so
 * (user/init/privileges.h). The other slots up to OWN_SLOTS - 1 are the program's.
 */
enum own_slot {
    SLOT_OWN_MEMORY = 64, /**< untyped memory */
    SLOT_OWN_SPACE,       /**< its address space */
    SLOT_OWN_THREAD,      /**< its first thread */
    SLOT_OWN_CSPACE,      /**< its capability space */
    SLOT_OWN_PORTS,       /**< I/O ports: the first range; the others behind it */
    SLOT_OWN_IRQ = 72,    /**< and the line's number, 0 to 15 */
    SLOT_OWN_SCREEN = 88, /**< the text screen's memory */
    SLOT_OWN_SERVICE,     /**< to receive what the callers of its service send */
    SLOT_OWN_CALLS,       /**< to call a service: the first one; the others behind it */
    OWN_SLOTS = 94        /**< slots of a program's capability space, unless it needs more */
};

/** @return slot `number` of the capability space that the slot `cnode` holds */
static inline slot slot_in(slot cnode, uint64_t number)
{
    return (slot){SLOT_IN(cnode.number, number)};
}

enum error slot_move(slot to, slot from);
enum error slot_revoke(slot slot);
struct call_result slot_read(slot slot, enum slot_fact what);

/** @return the kind of object, 0: none, in what SLOT_READ_KIND has told */
static inline unsigned capability_kind(uint64_t fact)
{
    return fact & 0xFF;
}

/** @return the rights in what SLOT_READ_KIND has told: enum message_rights or memory_rights */
static inline uint64_t capability_rights(uint64_t fact)
{
    return fact >> 8 & RIGHTS_ALL;
}

/** @return whether something has been derived from it, in what SLOT_READ_KIND has told */
static inline bool capability_has_children(uint64_t fact)
{
    return fact >> 16 & 1;
}

/** @return the kind of object that a slot holds, 0: it is empty */
static inline unsigned slot_kind(slot slot)
{
    return capability_kind(slot_read(slot, SLOT_READ_KIND).value);
}

/** @return whether something has been derived from what a slot holds */
static inline bool slot_has_children(slot slot)
{
    return capability_has_children(slot_read(slot, SLOT_READ_KIND).value);
}

enum error untyped_retype(slot untyped, uint64_t object, slot to);
enum error object_create(enum object_kind kind, uint64_t size, slot into);

/**
 * Where the frame's pages are to be seen, and how: `rights` are enum memory_rights. A capability is
 * mapped in one place; a copy of it can be mapped in another.
 */
enum error frame_map(slot frame, slot space, uint64_t address, uint64_t rights);
enum error frame_unmap(slot frame);
