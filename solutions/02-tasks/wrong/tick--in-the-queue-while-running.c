/*
 * exercise: tick
 * test: tick-preemption
 * says: panicked: queue_insert_before: expected thread->queue == NULL
 * mistake: Puts the current thread at the end of the queue by hand and leaves its state at
 *   RUNNING: sched_leave() lets it go on, and at the next tick it is put into the queue a second
 *   time.
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
        queue_append(&sched.ready, current);
    }
    sched_leave();
}
