/**
 * @file
 * notification_signal: a signal.
 */
#include "ipc/endpoint.h"
#include "syscall/call.h"

/**
 * Sends a signal: the slot's badge is added to the notification's bits. Never waits.
 *
 * @param slot  a notification, with RIGHT_SEND
 * @return ERROR_NONE; what slots_find() refuses with
 */
struct call_result syscall_notification_signal(uint64_t slot)
{
    struct slot *found;
    enum error error = slots_find(sched.current, slot, SLOT_NOTIFY, &found);

    if (error == ERROR_NONE) {
        notification_send(found->notification, found->badge);
        sched_preempt();
    }
    return (struct call_result){error, 0};
}
