/**
 * @file
 * clock_read: how long the machine has run.
 */
#include "syscall/call.h"

_Static_assert(SCHED_TICK_HZ == 1000, "a tick is taken for a millisecond");

/**
 * Tells the time.
 *
 * @return ERROR_NONE and the milliseconds since the scheduler has begun
 */
struct call_result syscall_clock_read(void)
{
    return (struct call_result){ERROR_NONE, sched.ticks};
}
