/**
 * @file
 * What a tick ends.
 */
#include "ipc/message.h"
#include "task/sched.h"

/**
 * Ends the wait of every thread whose deadline has come (wait_cancel()), in the order of the list
 * of timeouts: who sleeps has waited for nothing else (ERROR_NONE), to any other thread nobody came
 * in time (ERROR_TIMEOUT).
 *
 * @param now  the current tick; a deadline at it or before it has come
 */
void sleep_wake_due(uint64_t now)
{
    while (timeout_first != NULL && timeout_first->deadline <= now) {
        bool has_slept = timeout_first->state == THREAD_SLEEPING;

        wait_cancel(timeout_first, has_slept ? ERROR_NONE : ERROR_TIMEOUT);
    }
}
