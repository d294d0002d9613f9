/*
 * exercise: tick
 * test: tick-order
 * says: the current thread's quantum is wrong
 * mistake: Subtracts from a quantum that is 0 already: 'unsigned' wraps round to four thousand
 *   million, and a thread that was alone for a while is not preempted for the next seven weeks.
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    (void)saved;
    interrupt_acknowledge(INTERRUPT_TIMER);
    sched.ticks++;
    sleep_wake_due(sched.ticks);
    current->ticks_used++;
    current->quantum--;
    if (current->quantum == 0 && sched.ready.first != NULL) {
        sched_rotate();
    }
    sched_leave();
}
