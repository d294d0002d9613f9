/**
 * @file
 * reply_save: keeps a caller for later.
 */
#include "abi/call.h"
#include "ipc/message.h"
#include "ipc/slots.h"
#include "task/sched.h"

/**
 * Moves the authority to answer the last caller into another slot, so that others can be received
 * in between.
 *
 * @param to  an empty slot
 * @return ERROR_NONE; ERROR_NO_CALLER; ERROR_BAD_SLOT when there is no such slot, or it is not
 *         empty
 */
struct call_result syscall_reply_save(uint64_t to)
{
    struct slot *from;
    enum error error = reply_find(sched.current, SLOT_LAST_CALLER, &from);

    if (error == ERROR_NONE) {
        error = slots_put(sched.current, to, *from);
    }
    if (error == ERROR_NONE) {
        from->caller->reply = &sched.current->slots[to];
        *from = (struct slot){0};
    }
    return (struct call_result){error, 0};
}
