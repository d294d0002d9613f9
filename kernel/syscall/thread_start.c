/**
 * @file
 * thread_start: lets a thread run.
 */
#include "abi/memory.h"
#include "object/object.h"
#include "syscall/call.h"

/** Why a thread cannot be started so; ERROR_NONE if it can. */
static enum error check(const struct slot *thread, uint64_t entry, uint64_t stack)
{
    if (thread == NULL) {
        return ERROR_BAD_SLOT;
    }
    if (entry < MEMORY_START || entry >= MEMORY_END || stack < MEMORY_START || stack > MEMORY_END ||
        stack % 16 != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (thread->thread->state != THREAD_STOPPED && thread->thread->state != THREAD_ENDED) {
        return ERROR_BUSY;
    }
    return thread_is_whole(thread->thread) ? ERROR_NONE : ERROR_BAD_SLOT;
}

/**
 * Starts a thread that is stopped or has ended.
 *
 * @param thread    address of its slot
 * @param entry     where it starts
 * @param stack     one past its stack's last byte, a multiple of 16
 * @param argument  RDI; RSI is MEMORY_BUFFER
 * @return ERROR_NONE; ERROR_BAD_SLOT, also when it lacks a part (thread_configure);
 *         ERROR_INVALID_ARGUMENT when entry or stack are not between MEMORY_START and MEMORY_END,
 *         or the stack is no multiple of 16; ERROR_BUSY when it runs, or waits
 */
struct call_result syscall_thread_start(uint64_t thread, uint64_t entry, uint64_t stack,
                                        uint64_t argument)
{
    struct slot *found = cap_find(thread, SLOT_THREAD);
    enum error error = check(found, entry, stack);

    if (error == ERROR_NONE) {
        thread_start(found->thread, entry, stack, argument);
        sched_preempt();
    }
    return (struct call_result){error, 0};
}
