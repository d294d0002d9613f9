/**
 * @file
 * notification_wait: waits for signals.
 */
#include "ipc/endpoint.h"
#include "ipc/message.h"
#include "syscall/call.h"

/**
 * Waits until there are signals, and takes all of them.
 *
 * @param slot     a notification, with RIGHT_RECEIVE
 * @param timeout  in milliseconds; TIMEOUT_NONE: only those that are there already
 * @return ERROR_NONE and the bits; ERROR_TIMEOUT; what slots_find() refuses with
 */
struct call_result syscall_notification_wait(uint64_t slot, uint64_t timeout)
{
    struct slot *found;
    enum error error = slots_find(sched.current, slot, SLOT_WAIT, &found);

    if (error != ERROR_NONE) {
        return (struct call_result){error, 0};
    }
    if (found->notification->bits != 0) {
        return (struct call_result){ERROR_NONE, notification_take(found->notification)};
    }
    if (timeout == TIMEOUT_NONE) {
        return (struct call_result){ERROR_TIMEOUT, 0};
    }
    sched.current->state = THREAD_WAITING;
    queue_append(&found->notification->waiters, sched.current);
    timeout_start(sched.current, timeout);
    return (struct call_result){ERROR_NONE, 0};
}
