/*
 * exercise: notification
 * test: signal-waiters
 * says: thread \d's state is wrong
 * mistake: Wakes all who wait. Only the first one gets the bits; the others go on with nothing.
 */
void notification_send(struct notification *notification, uint64_t bits)
{
    struct thread *waiter = notification->waiters.first;
    struct thread *bound = notification->bound;

    notification->bits |= bits;
    if (notification->bits == 0) {
        return;
    }
    if (waiter != NULL) {
        while (notification->waiters.last != waiter) {
            wait_finish(notification->waiters.last);
        }
        context_set_result(&waiter->context, ERROR_NONE, notification_take(notification));
        wait_finish(waiter);
    } else if (bound != NULL && bound->state == THREAD_RECEIVING) {
        message_deliver_signal(bound, notification_take(notification));
        wait_finish(bound);
    }
}
