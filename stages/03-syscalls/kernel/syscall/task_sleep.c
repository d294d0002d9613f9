/**
 * @file
 * task_sleep: waits for a time.
 */
#include "syscall/call.h"

_Static_assert(SCHED_TICK_HZ == 1000, "a tick is taken for a millisecond");

/**
 * Sleeps at least as long as asked for: the tick that has begun does not count.
 *
 * @param milliseconds  0 is the same as task_yield()
 * @return ERROR_NONE
 */
struct call_result syscall_task_sleep(uint64_t milliseconds)
{
    uint64_t longest = UINT64_MAX - sched.ticks - 1;

    if (milliseconds == 0) {
        sched_rotate();
    } else {
        uint64_t ticks = milliseconds < longest ? milliseconds : longest;

        sleep_start(sched.current, sched.ticks + 1 + ticks);
    }
    return (struct call_result){ERROR_NONE, 0};
}
