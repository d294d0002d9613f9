/**
 * @file
 * thread_resume: lets a stopped thread go on.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Lets a thread go on where it was stopped.
 *
 * @param thread  address of its slot
 * @return ERROR_NONE; ERROR_BAD_SLOT, also when it lacks a part (thread_configure); ERROR_BUSY when
 *         it is not stopped, or has never been started
 */
struct call_result syscall_thread_resume(uint64_t thread)
{
    struct slot *found = cap_find(thread, SLOT_THREAD);

    if (found == NULL || !thread_is_whole(found->thread)) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    if (found->thread->state != THREAD_STOPPED || found->thread->context.rip == 0) {
        return (struct call_result){ERROR_BUSY, 0};
    }
    sched_make_ready(found->thread);
    sched_preempt();
    return (struct call_result){ERROR_NONE, 0};
}
