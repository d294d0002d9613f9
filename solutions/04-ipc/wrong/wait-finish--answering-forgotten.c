/*
 * exercise: wait-finish
 * test: wait-finish
 * says: slot \d of thread 0 is wrong|reply is wrong
 * mistake: Clears the thread's `reply`, but not the slot that it leads to: the server still holds
 *   the authority to answer.
 */
void wait_finish(struct thread *thread)
{
    queue_remove(thread);
    timeout_stop(thread);
    thread->reply = NULL;
    sched_make_ready(thread);
}
