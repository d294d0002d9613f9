/*
 * exercise: tick
 * test: tick-order
 * says: wakes the sleepers of the wrong tick
 * mistake: Wakes the sleepers before it counts the tick, so each of them sleeps one tick longer
 *   than asked for.
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    (void)saved;
    interrupt_acknowledge(INTERRUPT_TIMER);
    sleep_wake_due(sched.ticks);
    sched.ticks++;
    current->ticks_used++;
    if (current->quantum > 0) {
        current->quantum--;
    }
    if (current->quantum == 0 && sched.ready.first != NULL) {
        sched_rotate();
    }
    sched_leave();
}
