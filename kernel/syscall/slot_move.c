/**
 * @file
 * slot_move: a capability changes its place.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "cap/tree.h"
#include "task/sched.h"

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
    struct slot *source, *target;
    enum error error = cap_find(sched.current, from, SLOT_COPYABLE | SLOT_UNTYPED, &source);

    if (error == ERROR_NONE) {
        error = cap_find_empty(sched.current, to, &target);
    }
    if (error == ERROR_NONE && source->child != NULL) {
        error = ERROR_BUSY;
    }
    if (error == ERROR_NONE) {
        tree_move(target, source);
    }
    return (struct call_result){error, 0};
}
