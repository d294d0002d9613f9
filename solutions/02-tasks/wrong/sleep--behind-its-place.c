/*
 * exercise: sleep
 * test: sleep-order
 * says: the sleepers are wrong
 * mistake: Stops at the first thread that sleeps longer and puts the new one behind it:
 *   queue_insert_before() is given the neighbour's neighbour, in the manner of lists that insert
 *   after.
 */
void sleep_start(struct thread *thread, uint64_t wake_tick)
{
    struct thread *place = sched.sleepers.first;

    while (place != NULL && place->wake_tick <= wake_tick) {
        place = place->next;
    }
    thread->state = THREAD_SLEEPING;
    thread->wake_tick = wake_tick;
    queue_insert_before(&sched.sleepers, thread, place == NULL ? NULL : place->next);
}
