/*
 * exercise: timeout
 * test: timeout-start
 * says: thread 0's deadline is wrong
 * mistake: Keeps the deadline in a variable and sorts by it, and the thread itself has none: it is
 *   in the list, and timeout_stop() does not know it.
 */
void timeout_start(struct thread *thread, uint64_t milliseconds)
{
    uint64_t longest = UINT64_MAX - sched.ticks - 1;
    struct thread **place = &timeout_first;

    if (milliseconds == TIMEOUT_INFINITE) {
        return;
    }
    uint64_t deadline = sched.ticks + 1 + (milliseconds < longest ? milliseconds : longest);
    while (*place != NULL && (*place)->deadline <= deadline) {
        place = &(*place)->next_deadline;
    }
    thread->next_deadline = *place;
    *place = thread;
}
