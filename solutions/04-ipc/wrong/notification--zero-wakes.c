/*
 * exercise: notification
 * test: signal-waiters
 * says: thread \d's state is wrong
 * mistake: Ends the first waiter's wait although no bit is set.
 */
void notification_send(struct notification *notification, uint64_t bits)
{
    struct thread *waiter = notification->waiters.first;
    struct thread *bound = notification->bound;

    notification->bits |= bits;
    if (waiter != NULL) {
        context_set_result(&waiter->context, ERROR_NONE, notification_take(notification));
        wait_finish(waiter);
    } else if (bound != NULL && bound->state == THREAD_RECEIVING) {
        message_deliver_signal(bound, notification_take(notification));
        wait_finish(bound);
    }
}
