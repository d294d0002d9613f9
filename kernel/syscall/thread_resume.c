/**
 * @file
 * thread_resume: lets a stopped thread go on.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "object/thread.h"
#include "task/sched.h"

/**
 * Lets a thread go on where it was stopped.
 *
 * @param thread  address of its slot
 * @return ERROR_NONE; ERROR_BAD_SLOT, also when it lacks a part (thread_configure); ERROR_BUSY when
 *         it is not stopped, or has never been started
 */
struct call_result syscall_thread_resume(uint64_t thread)
{
    struct slot *found;
    enum error error = cap_find(sched.current, thread, SLOT_THREAD, &found);

    if (error == ERROR_NONE && !thread_is_whole(found->thread)) {
        error = ERROR_BAD_SLOT;
    }
    if (error == ERROR_NONE &&
        (found->thread->state != THREAD_STOPPED || found->thread->context.rip == 0)) {
        error = ERROR_BUSY;
    }
    if (error == ERROR_NONE) {
        sched_make_ready(found->thread);
        sched_preempt();
    }
    return (struct call_result){error, 0};
}
