/*
 * exercise: wait-finish
 * test: wait-finish
 * says: expected thread->queue == NULL|(first|next|queue) is wrong
 * mistake: Does not take the thread out of the queue that it waits in, and makes its links those
 *   of the ready queue.
 */
void wait_finish(struct thread *thread)
{
    timeout_stop(thread);
    reply_forget(thread);
    sched_make_ready(thread);
}
