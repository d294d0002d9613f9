/**
 * @file
 * The end of a wait for a message, a signal or an answer.
 *
 * What a waiting thread is part of: one queue of an endpoint or a notification, the queue of
 * timeouts, and as a caller the slot that may answer it. All of it ends here at once, so a thread
 * that is ready is in none of them.
 */
#include "ipc/message.h"

#include "arch/switch.h"
#include "ipc/endpoint.h"

/**
 * Ends a wait: the thread leaves the queue that it waits in, its timeout is off (timeout_stop()),
 * nobody may answer it any more (reply_forget()), and it is ready. The result is in its context
 * already.
 */
void wait_finish(struct thread *thread)
{
    queue_remove(thread);
    timeout_stop(thread);
    reply_forget(thread);
    sched_make_ready(thread);
}

/**
 * Ends a wait with an error.
 */
void wait_cancel(struct thread *thread, enum error error)
{
    struct endpoint *endpoint = priority_lent_to(thread);

    context_set_result(message_registers(thread), error, 0);
    wait_finish(thread);
    priority_settle(endpoint);
}
