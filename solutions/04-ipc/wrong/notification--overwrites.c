/*
 * exercise: notification
 * test: signal-waiters
 * says: notification 0's bits is wrong
 * mistake: Sets the word instead of adding to it: an earlier signal that nobody has taken is lost.
 */
void notification_send(struct notification *notification, uint64_t bits)
{
    struct thread *waiter = notification->waiters.first;
    struct thread *bound = notification->bound;

    notification->bits = bits;
    if (notification->bits == 0) {
        return;
    }
    if (waiter != NULL) {
        context_set_result(&waiter->context, ERROR_NONE, notification_take(notification));
        wait_finish(waiter);
    } else if (bound != NULL && bound->state == THREAD_RECEIVING) {
        message_deliver_signal(bound, notification_take(notification));
        wait_finish(bound);
    }
}
