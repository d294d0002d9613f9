/*
 * exercise: tick
 * test: tick-preemption
 * says: no timer tick came any more after tick 1
 * mistake: Does all that the scheduler needs and forgets the interrupt controller, which holds
 *   every further timer interrupt back: the clock stands still after one tick.
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    (void)saved;
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
}
