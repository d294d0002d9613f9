/**
 * @file
 * notification_bind: signals along with messages.
 */
#include "ipc/endpoint.h"
#include "syscall/call.h"

/**
 * Lets the calling task receive a notification's signals along with its messages (ipc_recv).
 *
 * @param slot  a notification, with RIGHT_RECEIVE
 * @return ERROR_NONE; ERROR_BUSY when it is another task's; what slots_find() refuses with
 */
struct call_result syscall_notification_bind(uint64_t slot)
{
    struct slot *found;
    enum error error = slots_find(sched.current, slot, SLOT_WAIT, &found);

    if (error == ERROR_NONE) {
        error = notification_bind(found->notification, sched.current);
    }
    return (struct call_result){error, 0};
}
