/*
 * exercise: tick
 * test: tick-order
 * says: the current thread goes on: no other thread is ready
 * mistake: Ends the turn of a thread that has nobody to give way to. It lines up behind nobody,
 *   gets a fresh quantum, and the thread that becomes ready next has to wait for all of it.
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    (void)saved;
    interrupt_acknowledge(INTERRUPT_TIMER);
    sched.ticks++;
    sleep_wake_due(sched.ticks);
    current->ticks_used++;
    if (current->quantum > 0) {
        current->quantum--;
    }
    if (current->quantum == 0) {
        sched_rotate();
    }
    sched_leave();
}
