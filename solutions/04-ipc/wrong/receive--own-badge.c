/*
 * exercise: receive
 * test: receive-message
 * says: thread 0.s saved RDI \(the badge\) is wrong
 * mistake: Delivers with the receiver's badge. The server cannot tell its clients apart.
 */
enum error endpoint_receive(struct thread *receiver, struct endpoint *endpoint, uint64_t timeout)
{
    struct thread *sender = endpoint->senders.first;

    if (receiver->bound->bits != 0) {
        message_deliver_signal(receiver, notification_take(receiver->bound));
    } else if (sender != NULL) {
        message_deliver(sender, receiver, receiver->badge);
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
