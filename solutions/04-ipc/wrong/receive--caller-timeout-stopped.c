/*
 * exercise: receive
 * test: receive-message
 * says: deadline is wrong
 * mistake: Stops the caller's timeout when its message is received: a server that never answers
 *   blocks it for ever. The timeout is for the whole call.
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
            timeout_stop(sender);
            reply_expect(sender, receiver);
        } else {
            wait_finish(sender);
        }
    } else if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    } else {
        receiver->state = THREAD_RECEIVING;
        queue_append(&endpoint->receivers, receiver);
        timeout_start(receiver, timeout);
    }
    return ERROR_NONE;
}
