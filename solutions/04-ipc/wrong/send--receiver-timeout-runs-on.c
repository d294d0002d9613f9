/*
 * exercise: send
 * test: send-received
 * says: deadline is wrong
 * mistake: Makes the receiver ready without stopping its timeout: later, in the middle of other
 *   work, the receiver is told that nobody came.
 */
enum error endpoint_send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                         bool is_call, uint64_t timeout)
{
    struct thread *receiver = endpoint->receivers.first;

    if (endpoint_is_closed(endpoint)) {
        return ERROR_PEER_ENDED;
    }
    if (receiver != NULL) {
        message_deliver(sender, receiver, badge);
        queue_remove(receiver);
        sched_make_ready(receiver);
        if (is_call) {
            reply_expect(sender, receiver);
            timeout_start(sender, timeout);
        }
        return ERROR_NONE;
    }
    if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    }
    sender->state = is_call ? THREAD_CALLING : THREAD_SENDING;
    sender->badge = badge;
    queue_append(&endpoint->senders, sender);
    timeout_start(sender, timeout);
    return ERROR_NONE;
}
