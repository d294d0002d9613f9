/*
 * exercise: wait-finish
 * test: wait-finish
 * says: sched\.ready\.(first|last) is wrong
 * mistake: Sets the state to THREAD_READY by hand: the scheduler looks into its queue, where the
 *   thread is not.
 */
void wait_finish(struct thread *thread)
{
    queue_remove(thread);
    timeout_stop(thread);
    reply_forget(thread);
    thread->state = THREAD_READY;
}
