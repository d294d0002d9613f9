/*
 * exercise: tick
 * test: tick-preemption
 * says: no timer tick came any more after tick 1
 * mistake: Acknowledges at the end, as an interrupt handler that returns would. sched_leave()
 *   does not return, so the line after it is never reached.
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    sched.ticks++;
    sleep_wake_due(sched.ticks);
    current->ticks_used++;
    if (current->quantum > 0) {
        current->quantum--;
    }
    if (current->quantum == 0 && sched.ready.first != NULL) {
        sched_rotate();
    }
    sched_leave();
    interrupt_acknowledge(INTERRUPT_TIMER);
}
