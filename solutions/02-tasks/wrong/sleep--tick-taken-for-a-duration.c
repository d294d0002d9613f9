/*
 * exercise: sleep
 * test: sleep-order
 * says: the wake_tick of thread \d+ is wrong|the sleepers are wrong
 * mistake: Takes wake_tick for a number of ticks to sleep and adds the present one. Just after
 *   boot, where sched.ticks is small, everything seems right.
 */
void sleep_start(struct thread *thread, uint64_t wake_tick)
{
    struct thread *place = sched.sleepers.first;

    wake_tick += sched.ticks;
    while (place != NULL && place->wake_tick <= wake_tick) {
        place = place->next;
    }
    thread->state = THREAD_SLEEPING;
    thread->wake_tick = wake_tick;
    queue_insert_before(&sched.sleepers, thread, place);
}
