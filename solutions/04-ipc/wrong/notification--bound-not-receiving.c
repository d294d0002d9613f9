/*
 * exercise: notification
 * test: signal-bound
 * says: is wrong
 * mistake: Delivers to the bound thread whatever it is doing: in the middle of a call, or of its
 *   program, it finds other registers.
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
        context_set_result(&waiter->context, ERROR_NONE, notification_take(notification));
        wait_finish(waiter);
    } else if (bound != NULL && bound->state != THREAD_RUNNING) {
        message_deliver_signal(bound, notification_take(notification));
        wait_finish(bound);
    }
}
