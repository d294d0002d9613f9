/*
 * exercise: notification
 * test: signal-bound
 * says: is wrong
 * mistake: Asks the bound thread before those who wait for the notification itself.
 */
void notification_send(struct notification *notification, uint64_t bits)
{
    struct thread *waiter = notification->waiters.first;
    struct thread *bound = notification->bound;

    notification->bits |= bits;
    if (notification->bits == 0) {
        return;
    }
    if (waiter != NULL && (bound == NULL || bound->state != THREAD_RECEIVING)) {
        context_set_result(&waiter->context, ERROR_NONE, notification_take(notification));
        wait_finish(waiter);
    } else if (bound != NULL && bound->state == THREAD_RECEIVING) {
        message_deliver_signal(bound, notification_take(notification));
        wait_finish(bound);
    }
}
