/*
 * exercise: receive
 * test: receive-waits
 * says: returns the wrong error
 * mistake: Does not know of TIMEOUT_NONE: polling blocks until the next tick.
 */
enum error endpoint_receive(struct thread *receiver, struct endpoint *endpoint, uint64_t timeout)
{
    struct thread *sender = endpoint->senders.first;

    if (receiver->bound->bits != 0) {
        message_deliver_signal(receiver, notification_take(receiver->bound));
    } else if (sender != NULL) {
        message_deliver(sender, receiver, sender->badge);
        if (sender->state == THREAD_CALLING) {
            queue_remove(sender);
            reply_expect(sender, receiver);
        } else {
            wait_finish(sender);
        }
    } else {
        receiver->state = THREAD_RECEIVING;
        queue_append(&endpoint->receivers, receiver);
        timeout_start(receiver, timeout);
    }
    return ERROR_NONE;
}
