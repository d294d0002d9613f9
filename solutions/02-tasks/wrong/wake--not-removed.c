/*
 * exercise: wake
 * test: wake-due
 * says: did not return; the kernel panicked: queue_insert_before
 * mistake: Makes the thread ready while it is still in the sleepers' queue.
 */
void sleep_wake_due(uint64_t now)
{
    struct thread *thread = sched.sleepers.first;

    while (thread != NULL && thread->wake_tick <= now) {
        struct thread *next = thread->next;

        sched_make_ready(thread);
        thread = next;
    }
}
