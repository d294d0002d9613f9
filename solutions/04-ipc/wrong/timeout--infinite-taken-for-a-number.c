/*
 * exercise: timeout
 * test: timeout-start
 * says: thread 0's deadline is wrong|timeout_first is wrong
 * mistake: Gives an infinite wait a deadline, if a late one. The thread is in a list that it
 *   should not be in, and the fast path declines it.
 */
void timeout_start(struct thread *thread, uint64_t milliseconds)
{
    uint64_t longest = UINT64_MAX - sched.ticks - 1;
    struct thread **place = &timeout_first;

    thread->deadline = sched.ticks + 1 + (milliseconds < longest ? milliseconds : longest);
    while (*place != NULL && (*place)->deadline <= thread->deadline) {
        place = &(*place)->next_deadline;
    }
    thread->next_deadline = *place;
    *place = thread;
}
