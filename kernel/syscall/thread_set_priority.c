/**
 * @file
 * thread_set_priority: how important a thread is.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "ipc/priority.h"
#include "task/sched.h"

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
    struct slot *found;
    enum error error = cap_find(sched.current, thread, SLOT_THREAD, &found);

    if (error == ERROR_NONE && level >= PRIORITY_LEVELS) {
        error = ERROR_INVALID_ARGUMENT;
    }
    if (error == ERROR_NONE && level > sched.current->level) {
        error = ERROR_NO_RIGHT;
    }
    if (error == ERROR_NONE) {
        sched_set_level(found->thread, (unsigned)level);
        priority_change(found->thread);
        sched_preempt();
    }
    return (struct call_result){error, 0};
}
