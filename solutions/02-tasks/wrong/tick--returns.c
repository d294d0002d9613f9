/*
 * exercise: tick
 * test: tick-preemption
 * says: unexpected interrupt, vector 32
 * mistake: Returns when nothing has to be switched, as an interrupt handler usually does. The
 *   caller takes that for 'nobody wanted this interrupt' and panics.
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
    if (current->quantum == 0 && sched.ready.first != NULL) {
        sched_rotate();
        sched_leave();
    }
}
