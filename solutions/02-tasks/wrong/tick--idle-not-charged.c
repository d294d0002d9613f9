/*
 * exercise: tick
 * test: tick-order
 * says: current thread.s ticks_used is wrong
 * mistake: Spares the idle thread: 'idling is no work'. But ticks_used of all threads together
 *   is the number of ticks, and the idle thread's share is how one tells how busy the machine
 *   is.
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    (void)saved;
    interrupt_acknowledge(INTERRUPT_TIMER);
    sched.ticks++;
    sleep_wake_due(sched.ticks);
    if (current != sched.idle) {
        current->ticks_used++;
        if (current->quantum > 0) {
            current->quantum--;
        }
        if (current->quantum == 0 && sched.ready.first != NULL) {
            sched_rotate();
        }
    }
    sched_leave();
}
