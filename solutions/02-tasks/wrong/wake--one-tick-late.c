/*
 * exercise: wake
 * test: wake-due
 * says: the wrong threads are ready
 * mistake: '<' where '<=' belongs: a thread is woken when its tick is over, not when it has
 *   come.
 */
void sleep_wake_due(uint64_t now)
{
    while (sched.sleepers.first != NULL && sched.sleepers.first->wake_tick < now) {
        struct thread *thread = sched.sleepers.first;

        queue_remove(thread);
        sched_make_ready(thread);
    }
}
