/*
 * exercise: wake
 * test: wake-due
 * says: the wrong threads are ready
 * mistake: Sets the state and forgets the ready queue: the thread is READY and in no queue, so
 *   nobody will ever let it run.
 */
void sleep_wake_due(uint64_t now)
{
    while (sched.sleepers.first != NULL && sched.sleepers.first->wake_tick <= now) {
        struct thread *thread = sched.sleepers.first;

        queue_remove(thread);
        thread->state = THREAD_READY;
    }
}
