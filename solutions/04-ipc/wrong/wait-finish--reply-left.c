/*
 * exercise: wait-finish
 * test: wait-finish
 * says: reply is wrong|slot \d of thread 0 is wrong
 * mistake: Leaves the authority to answer: a server that answers late, after the timeout, writes
 *   into the registers of a thread that runs.
 */
void wait_finish(struct thread *thread)
{
    queue_remove(thread);
    timeout_stop(thread);
    sched_make_ready(thread);
}
