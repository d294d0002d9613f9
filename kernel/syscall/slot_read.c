/**
 * @file
 * slot_read: what a slot holds.
 */
#include "object/object.h"
#include "syscall/call.h"

/** The rights to an endpoint, a notification and a frame stand in three places; one has any. */
static uint64_t read_kind(const struct slot *slot)
{
    uint64_t rights =
        slot->allows | slot->allows >> SLOT_NOTIFICATION_SHIFT | slot->allows >> SLOT_FRAME_SHIFT;

    return object_kind(slot) | (rights & RIGHTS_ALL) << 8 | (uint64_t)(slot->child != NULL) << 16;
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

static uint64_t read_address(const struct slot *slot)
{
    return slot->allows & SLOT_FRAME ? slot->start : 0;
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
        read_kind, read_badge, read_size, read_address}; /* enum slot_fact */
    const struct slot *found = cap_locate(sched.current, slot);

    if (found == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    if (fact >= sizeof(readers) / sizeof(*readers)) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, 0};
    }
    return (struct call_result){ERROR_NONE, readers[fact](found)};
}
