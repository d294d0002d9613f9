/**
 * @file
 * task_kill: ends another task.
 */
#include "abi/call.h"
#include "ipc/message.h"
#include "syscall/memory_part.h"
#include "task/program.h"
#include "task/sched.h"

/** Takes a thread out of all that it waits in. */
static void stop_waiting(struct thread *thread)
{
    queue_remove(thread);
    timeout_stop(thread);
    reply_forget(thread);
    for (size_t i = 0; i < THREAD_LIMIT; i++) {
        if (threads[i].joiner == thread) {
            threads[i].joiner = NULL;
        }
    }
}

/**
 * Ends a task, whatever it does or waits for.
 *
 * @param task    its name; it has been made by the caller
 * @param status  its exit status
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT for the caller itself; what memory_find_task() refuses
 *         with
 */
struct call_result syscall_task_kill(uint64_t task, int64_t status)
{
    struct thread *thread;
    enum error error = memory_find_task(task, &thread);

    if (error == ERROR_NONE && thread == sched.current) {
        error = ERROR_INVALID_ARGUMENT;
    }
    if (error == ERROR_NONE) {
        stop_waiting(thread);
        program_end(thread, status);
    }
    return (struct call_result){error, 0};
}
