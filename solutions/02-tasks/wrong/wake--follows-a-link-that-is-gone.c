/*
 * exercise: wake
 * test: wake-due
 * says: the wrong threads are ready
 * mistake: Walks along the queue and takes each thread out on the way. The thread's 'next' then
 *   belongs to the ready queue, at whose end the walk stops: the other sleepers are not woken.
 */
void sleep_wake_due(uint64_t now)
{
    for (struct thread *thread = sched.sleepers.first; thread != NULL; thread = thread->next) {
        if (thread->wake_tick <= now) {
            queue_remove(thread);
            sched_make_ready(thread);
        }
    }
}
