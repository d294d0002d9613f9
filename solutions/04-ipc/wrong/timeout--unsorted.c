/*
 * exercise: timeout
 * test: timeout-start
 * says: timeout_first is wrong|next_deadline is wrong
 * mistake: Puts every timeout in front. timeout_expire() looks at the first one only, so those
 *   behind come late.
 */
void timeout_start(struct thread *thread, uint64_t milliseconds)
{
    uint64_t longest = UINT64_MAX - sched.ticks - 1;
    struct thread **place = &timeout_first;

    if (milliseconds == TIMEOUT_INFINITE) {
        return;
    }
    thread->deadline = sched.ticks + 1 + (milliseconds < longest ? milliseconds : longest);
    thread->next_deadline = *place;
    *place = thread;
}
