/**
 * @file
 * thread_stop: holds a thread.
 */
#include "abi/call.h"
#include "cap/derive.h"
#include "object/thread.h"
#include "task/sched.h"

/**
 * Stops a thread, whatever it does; maybe the caller itself. If it waits, its wait ends with
 * ERROR_STOPPED.
 *
 * @param thread  address of its slot
 * @return ERROR_NONE; ERROR_BAD_SLOT
 */
struct call_result syscall_thread_stop(uint64_t thread)
{
    struct slot *found;
    enum error error = cap_find(sched.current, thread, SLOT_THREAD, &found);

    if (error == ERROR_NONE) {
        thread_halt(found->thread);
        sched_preempt(); /* it may have waited for the caller */
    }
    return (struct call_result){error, 0};
}
