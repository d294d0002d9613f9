/**
 * @file
 * Sleeping threads: a queue in the order in which they wake up, so that a timer tick looks at the
 * first one only.
 */
#include "task/sched.h"

/**
 * Puts a thread to sleep: its state becomes THREAD_SLEEPING, its wake_tick is set, and it takes its
 * place in sched.sleepers, behind every thread that wakes up earlier or at the same tick.
 *
 * @param thread     a thread in no queue
 * @param wake_tick  the tick (see sched.ticks) at which it is to become ready
 */
void sleep_start(struct thread *thread, uint64_t wake_tick)
{
    struct thread *place = sched.sleepers.first;

    while (place != NULL && place->wake_tick <= wake_tick) {
        place = place->next;
    }
    thread->state = THREAD_SLEEPING;
    thread->wake_tick = wake_tick;
    queue_insert_before(&sched.sleepers, thread, place);
}

/**
 * Wakes every thread whose time has come: each leaves sched.sleepers and becomes ready
 * (sched_make_ready()), in the order in which they stand in sched.sleepers.
 *
 * @param now  the current tick; a thread with this wake_tick or an earlier one is due
 */
void sleep_wake_due(uint64_t now)
{
    while (sched.sleepers.first != NULL && sched.sleepers.first->wake_tick <= now) {
        struct thread *thread = sched.sleepers.first;

        queue_remove(thread);
        sched_make_ready(thread);
    }
}
