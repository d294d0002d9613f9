/**
 * @file
 * thread_set_priority: how important a thread is.
 */
#include "ipc/endpoint.h"
#include "syscall/call.h"

/**
 * Sets a thread's level. Of all threads that are ready, those of the highest level run, in turns.
 *
 * @param thread  address of its slot
 * @param level   0 to PRIORITY_LEVELS - 1
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_INVALID_ARGUMENT for the level; ERROR_NO_RIGHT when it
 *         is above the caller's own
 */
struct call_result syscall_thread_set_priority(uint64_t thread, uint64_t level)
{
    struct slot *found = cap_find(thread, SLOT_THREAD);

    if (found == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    if (level >= PRIORITY_LEVELS) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, 0};
    }
    if (level > sched.current->level) {
        return (struct call_result){ERROR_NO_RIGHT, 0};
    }
    sched_set_level(found->thread, (unsigned)level);
    priority_change(found->thread);
    sched_preempt();
    return (struct call_result){ERROR_NONE, 0};
}
