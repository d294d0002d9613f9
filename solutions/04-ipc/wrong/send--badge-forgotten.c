/*
 * exercise: send
 * test: send-waits
 * says: thread 0's badge is wrong
 * mistake: Waits without remembering the badge: the receiver that comes later gets whatever badge
 *   the sender had in its last wait.
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
    if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    }
    sender->state = is_call ? THREAD_CALLING : THREAD_SENDING;
    queue_append(&endpoint->senders, sender);
    timeout_start(sender, timeout);
    return ERROR_NONE;
}
