/**
 * @file
 * slot_move: a capability changes its place.
 */
#include "syscall/call.h"

/**
 * Moves a capability to another slot. It comes from where it came from before; a frame stays
 * mapped.
 *
 * @param to    address of an empty slot
 * @param from  address of a slot; not of one with a caller
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_BUSY when something has been derived from it
 */
struct call_result syscall_slot_move(uint64_t to, uint64_t from)
{
    struct slot *source = cap_find(from, SLOT_COPYABLE | SLOT_UNTYPED);
    struct slot *target = cap_find(to, SLOT_EMPTY);

    if (source == NULL || target == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    if (source->child != NULL) {
        return (struct call_result){ERROR_BUSY, 0};
    }
    tree_move(target, source);
    return (struct call_result){ERROR_NONE, 0};
}
