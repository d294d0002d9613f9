/*
 * exercise: notification
 * test: signal-bound
 * says: saved R\w\w.* is wrong
 * mistake: Gives the bound thread the bits as a call's value. It is in ipc_recv, and looks for a
 *   message.
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
    } else if (bound != NULL && bound->state == THREAD_RECEIVING) {
        context_set_result(&bound->context, ERROR_NONE, notification_take(notification));
        wait_finish(bound);
    }
}
