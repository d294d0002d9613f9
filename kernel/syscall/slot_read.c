/**
 * @file
 * slot_read: what a slot holds.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "object/untyped.h"
#include "task/sched.h"

/** A kind of object, as programs number them, and where its rights stand. */
static const struct {
    uint32_t allows, kind;
    unsigned shift;
} kinds[] = {
    {SLOT_ENDPOINT, OBJECT_ENDPOINT, 0},
    {SLOT_NOTIFICATION, OBJECT_NOTIFICATION, SLOT_NOTIFICATION_SHIFT},
    {SLOT_FRAME, OBJECT_FRAME, SLOT_FRAME_SHIFT},
    {SLOT_UNTYPED, OBJECT_UNTYPED, 0},
    {SLOT_CNODE, OBJECT_CNODE, 0},
    {SLOT_THREAD, OBJECT_THREAD, 0},
    {SLOT_SPACE, OBJECT_SPACE, 0},
    {SLOT_REPLY, OBJECT_REPLY, 0},
    {SLOT_IRQ, OBJECT_IRQ, 0},
    {SLOT_PORTS, OBJECT_PORTS, 0},
};

static uint64_t read_kind(const struct slot *slot)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (slot->allows & kinds[i].allows) {
            uint64_t rights = slot->allows >> kinds[i].shift & RIGHTS_ALL;

            return kinds[i].kind | rights << 8 | (uint64_t)(slot->child != NULL) << 16;
        }
    }
    return 0;
}

static uint64_t read_badge(const struct slot *slot)
{
    if (slot->allows & SLOT_PORTS) {
        return PORTS_PART(slot->start, slot->badge);
    }
    if (slot->allows & SLOT_FRAME && space_find(slot->extra) == NULL) {
        return 0; /* it may have been mapped in an address space that is gone */
    }
    return slot->allows & SLOT_IRQ ? slot->start : slot->badge;
}

static uint64_t read_size(const struct slot *slot)
{
    if (slot->allows & SLOT_UNTYPED) {
        return untyped_free(slot);
    }
    if (slot->allows & SLOT_SPACE) {
        return slot->space->tables - slot->space->used;
    }
    return slot->pages;
}

/**
 * Tells what is in a slot.
 *
 * @param slot  its address
 * @param fact  what is asked for: enum slot_fact
 * @return ERROR_NONE and the answer; ERROR_BAD_SLOT when there is no such slot;
 *         ERROR_INVALID_ARGUMENT
 */
struct call_result syscall_slot_read(uint64_t slot, uint64_t fact)
{
    static uint64_t (*const readers[])(const struct slot *slot) = {
        [SLOT_READ_KIND] = read_kind, [SLOT_READ_BADGE] = read_badge, [SLOT_READ_SIZE] = read_size};
    struct slot *found;
    enum error error = cap_locate(sched.current, slot, &found);

    if (error == ERROR_NONE && fact >= sizeof(readers) / sizeof(*readers)) {
        error = ERROR_INVALID_ARGUMENT;
    }
    return (struct call_result){error, error == ERROR_NONE ? readers[fact](found) : 0};
}
