/*
 * exercise: wait-finish
 * test: wait-finish
 * says: thread \d's state is wrong
 * mistake: Cleans up everywhere and forgets to make the thread ready: it is in no queue at all.
 */
void wait_finish(struct thread *thread)
{
    queue_remove(thread);
    timeout_stop(thread);
    reply_forget(thread);
}
