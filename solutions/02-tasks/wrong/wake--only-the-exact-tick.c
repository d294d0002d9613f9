/*
 * exercise: wake
 * test: wake-due
 * says: the wrong threads are ready
 * mistake: '==' where '<=' belongs: a thread whose tick has passed is never woken, and it keeps
 *   all those behind it asleep as well.
 */
void sleep_wake_due(uint64_t now)
{
    while (sched.sleepers.first != NULL && sched.sleepers.first->wake_tick == now) {
        struct thread *thread = sched.sleepers.first;

        queue_remove(thread);
        sched_make_ready(thread);
    }
}
