/*
 * exercise: timeout
 * test: timeout-start
 * says: thread 0's deadline is wrong
 * mistake: Counts from the tick that has begun already: a wait of one millisecond may last next to
 *   nothing.
 */
void timeout_start(struct thread *thread, uint64_t milliseconds)
{
    uint64_t longest = UINT64_MAX - sched.ticks - 1;
    struct thread **place = &timeout_first;

    if (milliseconds == TIMEOUT_INFINITE) {
        return;
    }
    thread->deadline = sched.ticks + (milliseconds < longest ? milliseconds : longest);
    while (*place != NULL && (*place)->deadline <= thread->deadline) {
        place = &(*place)->next_deadline;
    }
    thread->next_deadline = *place;
    *place = thread;
}
