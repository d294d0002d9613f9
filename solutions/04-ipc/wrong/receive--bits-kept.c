/*
 * exercise: receive
 * test: receive-waits
 * says: notification 0's bits is wrong
 * mistake: Delivers the signals and leaves their bits set: the same signal comes again and again.
 */
enum error endpoint_receive(struct thread *receiver, struct endpoint *endpoint, uint64_t timeout)
{
    struct thread *sender = endpoint->senders.first;

    if (receiver->bound->bits != 0) {
        message_deliver_signal(receiver, receiver->bound->bits);
    } else if (sender != NULL) {
        message_deliver(sender, receiver, sender->badge);
        if (sender->state == THREAD_CALLING) {
            queue_remove(sender);
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
