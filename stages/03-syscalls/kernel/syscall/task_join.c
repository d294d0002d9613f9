/**
 * @file
 * task_join: waits for a task's end.
 */
#include "abi/call.h"
#include "task/sched.h"

/** Why a thread cannot be joined; ERROR_NONE if it can. */
static enum error check(const struct thread *thread)
{
    if (thread == NULL) {
        return ERROR_NO_THREAD;
    }
    if (thread == sched.current || thread == sched.idle) {
        return ERROR_INVALID_ARGUMENT;
    }
    return thread->joiner == NULL ? ERROR_NONE : ERROR_BUSY;
}

/**
 * Waits until a task has ended, and frees its name. Only one task may wait for it.
 *
 * @param id  the task's name
 * @return ERROR_NONE and its exit status; ERROR_NO_THREAD when there is none or it has been joined
 *         already; ERROR_INVALID_ARGUMENT for the caller itself; ERROR_BUSY when another one waits
 */
struct call_result syscall_task_join(thread_id id)
{
    struct thread *thread = thread_lookup(id);
    struct call_result result = {check(thread), 0};

    if (result.error != ERROR_NONE) {
        return result;
    }
    if (thread->state == THREAD_ENDED) {
        result.value = (uint64_t)thread->exit_status;
        thread_reclaim(thread);
    } else {
        thread->joiner = sched.current; /* thread_end() sets the result */
        sched.current->state = THREAD_JOINING;
    }
    return result;
}
