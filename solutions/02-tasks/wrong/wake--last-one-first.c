/*
 * exercise: wake
 * test: wake-due
 * says: the wrong threads are ready
 * mistake: Walks from the end to the front, which avoids the trouble with links that change on
 *   the way and wakes the threads in the opposite order.
 */
void sleep_wake_due(uint64_t now)
{
    struct thread *thread = sched.sleepers.last;

    while (thread != NULL) {
        struct thread *previous = thread->previous;

        if (thread->wake_tick <= now) {
            queue_remove(thread);
            sched_make_ready(thread);
        }
        thread = previous;
    }
}
