/*
 * exercise: sleep
 * test: sleep-order
 * says: the sleepers are wrong
 * mistake: Appends the sleeper at the end. Whoever sleeps longest in front of the queue keeps
 *   all others asleep.
 */
void sleep_start(struct thread *thread, uint64_t wake_tick)
{
    thread->state = THREAD_SLEEPING;
    thread->wake_tick = wake_tick;
    queue_append(&sched.sleepers, thread);
}
