/*
 * exercise: sleep
 * test: sleep-order
 * says: the sleepers are wrong
 * mistake: '<' where '<=' belongs: of several threads with the same tick the last one to fall
 *   asleep is the first to wake up.
 */
void sleep_start(struct thread *thread, uint64_t wake_tick)
{
    struct thread *place = sched.sleepers.first;

    while (place != NULL && place->wake_tick < wake_tick) {
        place = place->next;
    }
    thread->state = THREAD_SLEEPING;
    thread->wake_tick = wake_tick;
    queue_insert_before(&sched.sleepers, thread, place);
}
