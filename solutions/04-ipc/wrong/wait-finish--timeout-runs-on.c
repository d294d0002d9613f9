/*
 * exercise: wait-finish
 * test: wait-finish
 * says: deadline is wrong
 * mistake: Leaves the timeout running. A thread that has long gone on gets ERROR_TIMEOUT into its
 *   registers, and stands in the ready queue twice.
 */
void wait_finish(struct thread *thread)
{
    queue_remove(thread);
    reply_forget(thread);
    sched_make_ready(thread);
}
