/**
 * @file
 * task_sleep: waits for a time.
 */
#include "ipc/message.h"
#include "syscall/call.h"

/**
 * Sleeps at least as long as asked for: the tick that has begun does not count.
 *
 * @param milliseconds  0 is the same as task_yield(); TIMEOUT_INFINITE: until somebody stops the
 *                      thread
 * @return ERROR_NONE
 */
struct call_result syscall_task_sleep(uint64_t milliseconds)
{
    if (milliseconds == 0) {
        sched_rotate();
    } else {
        sched.current->state = THREAD_SLEEPING;
        timeout_start(sched.current, milliseconds);
    }
    return (struct call_result){ERROR_NONE, 0};
}
