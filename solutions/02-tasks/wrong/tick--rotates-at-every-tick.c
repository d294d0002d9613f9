/*
 * exercise: tick
 * test: tick-order
 * says: \d+ ticks of its quantum are left
 * mistake: Ends the current thread's turn at every tick, whatever is left of its quantum. The
 *   shares are still equal; there are ten times as many switches.
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
    if (sched.ready.first != NULL) {
        sched_rotate();
    }
    sched_leave();
}
