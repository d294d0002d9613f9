/**
 * @file
 * slot_revoke: takes back what was derived.
 */
#include "syscall/call.h"

/**
 * Deletes all capabilities that come from a slot's, wherever they are; that one stays. Takes as
 * many steps as it needs. What is under way goes on: a thread that waits already, through one of
 * them, waits on.
 *
 * Gives back, in the context: ERROR_NONE; ERROR_BAD_SLOT when there is no such slot, or it is
 * empty.
 *
 * @param slot   its address
 * @param info   not used
 * @param third  not used
 */
noreturn void syscall_slot_revoke(uint64_t slot, uint64_t info, uint64_t third)
{
    struct slot *found = cap_locate(sched.current, slot);

    (void)info;
    if (found == NULL || found->allows == SLOT_EMPTY) {
        steps_leave(ERROR_BAD_SLOT);
    }
    for (unsigned i = 0; i < STEPS_MAX; i++) {
        if (cap_revoke_step(found)) {
            steps_leave(ERROR_NONE);
        }
    }
    steps_restart(CALL_SLOT_REVOKE, slot, third);
}
