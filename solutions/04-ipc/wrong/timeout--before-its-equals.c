/*
 * exercise: timeout
 * test: timeout-start
 * says: timeout_first is wrong|next_deadline is wrong
 * mistake: Goes before those with the same deadline: who waited first is told last.
 */
void timeout_start(struct thread *thread, uint64_t milliseconds)
{
    uint64_t longest = UINT64_MAX - sched.ticks - 1;
    struct thread **place = &timeout_first;

    if (milliseconds == TIMEOUT_INFINITE) {
        return;
    }
    thread->deadline = sched.ticks + 1 + (milliseconds < longest ? milliseconds : longest);
    while (*place != NULL && (*place)->deadline < thread->deadline) {
        place = &(*place)->next_deadline;
    }
    thread->next_deadline = *place;
    *place = thread;
}
