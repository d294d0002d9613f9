/*
 * exercise: sleep
 * test: sleep-order
 * says: the state of thread \d+ is wrong
 * mistake: The thread is in the queue, its state is not SLEEPING: sched_leave() finds it RUNNING
 *   and lets it go on.
 */
void sleep_start(struct thread *thread, uint64_t wake_tick)
{
    struct thread *place = sched.sleepers.first;

    while (place != NULL && place->wake_tick <= wake_tick) {
        place = place->next;
    }
    thread->wake_tick = wake_tick;
    queue_insert_before(&sched.sleepers, thread, place);
}
