/*
 * exercise: receive
 * test: receive-waits
 * says: thread 0's deadline is wrong
 * mistake: Forgets the timeout: who asked for a message within 5 ms waits for ever.
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
    } else if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    } else {
        receiver->state = THREAD_RECEIVING;
        queue_append(&endpoint->receivers, receiver);
    }
    return ERROR_NONE;
}
