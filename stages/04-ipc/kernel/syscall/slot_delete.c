/**
 * @file
 * slot_delete: empties a slot.
 */
#include "abi/call.h"
#include "ipc/slots.h"
#include "task/sched.h"

/**
 * Empties a slot. A caller in it is told that it will get no answer; who waits to send to an
 * endpoint that nobody may receive from any more is told so.
 *
 * @param slot  any number
 * @return ERROR_NONE; ERROR_BAD_SLOT when there is no such slot, or it is empty
 */
struct call_result syscall_slot_delete(uint64_t slot)
{
    struct thread *caller = sched.current;

    if (slot >= SLOT_LIMIT || caller->slots[slot].allows == SLOT_EMPTY) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    slots_clear(&caller->slots[slot]);
    return (struct call_result){ERROR_NONE, 0};
}
