/**
 * @file
 * The end of a message call.
 */
#include "arch/switch.h"
#include "ipc/endpoint.h"
#include "ipc/message.h"

/**
 * Ends a message call of the current thread. A thread that waits now gets its real result later.
 *
 * @param error  why the call has been refused; ERROR_NONE: it has not
 */
noreturn void message_leave(enum error error)
{
    context_set_result(&sched.current->context, error, 0);
    priority_follow(sched.current);
    sched_leave();
}
