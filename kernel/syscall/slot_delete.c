/**
 * @file
 * slot_delete: empties a slot.
 */
#include "syscall/call.h"

/* What is left to do. A slot that is empty is anybody's to fill, long before all is done. */
#define DELETE_SLOT 1u   /* to empty the slot */
#define DELETE_CNODES 2u /* to empty CNodes */

/**
 * Empties a slot. What was derived from its capability is its parent's from now on. With the last
 * capability to an object the object goes: who waits for it is told (ERROR_PEER_ENDED), a thread
 * ends, all slots of a CNode are emptied. Takes as many steps as it needs.
 *
 * Gives back, in the context: ERROR_NONE; ERROR_BAD_SLOT when there is no such slot, or it is
 * empty.
 *
 * @param slot     its address
 * @param info     not used
 * @param goes_on  0; when the kernel restarts the call, how far it is: DELETE_SLOT or DELETE_CNODES
 */
noreturn void syscall_slot_delete(uint64_t slot, uint64_t info, uint64_t goes_on)
{
    struct slot nothing = {0};
    struct slot *found = goes_on == DELETE_CNODES ? &nothing : cap_locate(sched.current, slot);

    (void)info;
    if (found == NULL || (found->allows == SLOT_EMPTY && goes_on == 0)) {
        steps_leave(ERROR_BAD_SLOT);
    }
    for (unsigned i = 0; i < STEPS_MAX; i++) {
        if (cap_delete_step(found)) {
            steps_leave(ERROR_NONE);
        }
    }
    steps_restart(CALL_SLOT_DELETE, slot,
                  found->allows == SLOT_EMPTY ? DELETE_CNODES : DELETE_SLOT);
}
