/*
 * exercise: tick
 * test: tick-order
 * says: the current thread's ticks_used is wrong
 * mistake: Charges the tick after the turn has been ended, to the thread that is going to run:
 *   its own turn is a tick shorter, and the ticks that a thread has used are booked to its
 *   neighbour.
 */
void timer_enter(struct context *saved)
{
    struct thread *charged = sched.current;

    (void)saved;
    interrupt_acknowledge(INTERRUPT_TIMER);
    sched.ticks++;
    sleep_wake_due(sched.ticks);
    if (sched.current->quantum > 0) {
        sched.current->quantum--;
    }
    if (sched.current->quantum == 0 && sched.ready.first != NULL) {
        sched_rotate();
        charged = sched.ready.first;
    }
    charged->ticks_used++;
    sched_leave();
}
