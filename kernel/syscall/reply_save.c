/**
 * @file
 * reply_save: keeps a caller for later.
 */
#include "ipc/message.h"
#include "syscall/call.h"

/**
 * Moves the authority to answer the last caller into another slot, so that others can be received
 * in between.
 *
 * @param to  address of an empty slot
 * @return ERROR_NONE; ERROR_NO_CALLER; ERROR_BAD_SLOT when there is no such slot, or it is not
 *         empty
 */
struct call_result syscall_reply_save(uint64_t to)
{
    struct slot *target = cap_find(to, SLOT_EMPTY);
    struct slot *from;
    enum error error = reply_find(sched.current, SLOT_LAST_CALLER, &from);

    if (error == ERROR_NONE && target == NULL) {
        error = ERROR_BAD_SLOT;
    }
    if (error == ERROR_NONE) {
        *target = *from;
        target->extra = 1; /* it has been saved: ipc/priority.c */
        target->caller->reply = target;
        *from = (struct slot){0};
        sched_preempt(); /* what is put aside lends nothing */
    }
    return (struct call_result){error, 0};
}
