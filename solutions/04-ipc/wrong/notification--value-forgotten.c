/*
 * exercise: notification
 * test: signal-waiters
 * says: saved R\w\w.* is wrong
 * mistake: Ends the wait and leaves the caller's result as it was: the task goes on, and does not
 *   know which signals came.
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
        notification_take(notification);
        wait_finish(waiter);
    } else if (bound != NULL && bound->state == THREAD_RECEIVING) {
        message_deliver_signal(bound, notification_take(notification));
        wait_finish(bound);
    }
}
