/*
 * exercise: tick
 * test: tick-order
 * says: did not end the current thread's turn
 * mistake: Asks whether the quantum is used up before it takes the tick off: every turn lasts
 *   eleven ticks.
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    (void)saved;
    interrupt_acknowledge(INTERRUPT_TIMER);
    sched.ticks++;
    sleep_wake_due(sched.ticks);
    if (current->quantum == 0) {
        if (sched.ready.first != NULL) {
            sched_rotate();
        }
    } else {
        current->quantum--;
    }
    current->ticks_used++;
    sched_leave();
}
