/*
 * exercise: wake
 * test: wake-due
 * says: the wrong threads are ready
 * mistake: 'if' where 'while' belongs: of several threads that are due at one tick, one wakes up
 *   at each tick.
 */
void sleep_wake_due(uint64_t now)
{
    struct thread *thread = sched.sleepers.first;

    if (thread != NULL && thread->wake_tick <= now) {
        queue_remove(thread);
        sched_make_ready(thread);
    }
}
