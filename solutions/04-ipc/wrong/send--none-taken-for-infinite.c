/*
 * exercise: send
 * test: send-waits
 * says: returns the wrong error
 * mistake: Takes a timeout of 0 for a wait without end, so that a task that asked not to block
 *   does.
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
        wait_finish(receiver);
        if (is_call) {
            reply_expect(sender, receiver);
            timeout_start(sender, timeout);
        }
        return ERROR_NONE;
    }
    sender->state = is_call ? THREAD_CALLING : THREAD_SENDING;
    sender->badge = badge;
    queue_append(&endpoint->senders, sender);
    if (timeout != TIMEOUT_NONE) {
        timeout_start(sender, timeout);
    }
    return ERROR_NONE;
}
