/**
 * @file
 * thread_stop: holds a thread.
 */
#include "object/object.h"
#include "syscall/call.h"

/**
 * Stops a thread, whatever it does; maybe the caller itself. If it waits, its wait ends with
 * ERROR_STOPPED.
 *
 * @param thread  address of its slot
 * @return ERROR_NONE; ERROR_BAD_SLOT
 */
struct call_result syscall_thread_stop(uint64_t thread)
{
    struct slot *found = cap_find(thread, SLOT_THREAD);

    if (found == NULL) {
        return (struct call_result){ERROR_BAD_SLOT, 0};
    }
    thread_halt(found->thread);
    sched_preempt(); /* it may have waited for the caller */
    return (struct call_result){ERROR_NONE, 0};
}
