/**
 * @file
 * task_run: starts a task that has been made.
 */
#include "abi/call.h"
#include "abi/memory.h"
#include "arch/user.h"
#include "syscall/memory_part.h"
#include "task/sched.h"

/**
 * Starts a task.
 *
 * @param task      its name; it has been made by the caller (task_create) and not been started
 * @param entry     where it starts
 * @param stack     one past its stack's last byte, a multiple of 16
 * @param argument  RDI; RSI is MEMORY_BUFFER
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT when entry or stack are not between MEMORY_START and
 *         MEMORY_END, or the stack is no multiple of 16; ERROR_BUSY when it has been started; what
 *         memory_find_task() refuses with
 */
struct call_result syscall_task_run(uint64_t task, uint64_t entry, uint64_t stack,
                                    uint64_t argument)
{
    struct thread *thread;
    enum error error = memory_find_task(task, &thread);

    if (error != ERROR_NONE) {
        return (struct call_result){error, 0};
    }
    if (entry < MEMORY_START || entry >= MEMORY_END || stack < MEMORY_START || stack > MEMORY_END ||
        stack % 16 != 0) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, 0};
    }
    if (thread->state != THREAD_NEW) {
        return (struct call_result){ERROR_BUSY, 0};
    }
    context_init_user(&thread->context, entry, stack, argument, MEMORY_BUFFER);
    sched_make_ready(thread);
    return (struct call_result){ERROR_NONE, 0};
}
