/*
 * exercise: timeout
 * test: timeout-start
 * says: thread 0's deadline is wrong
 * mistake: Adds without a limit. A time that is nearly infinite becomes a deadline in the past,
 *   and the wait ends at the next tick.
 */
void timeout_start(struct thread *thread, uint64_t milliseconds)
{
    struct thread **place = &timeout_first;

    if (milliseconds == TIMEOUT_INFINITE) {
        return;
    }
    thread->deadline = sched.ticks + 1 + milliseconds;
    while (*place != NULL && (*place)->deadline <= thread->deadline) {
        place = &(*place)->next_deadline;
    }
    thread->next_deadline = *place;
    *place = thread;
}
