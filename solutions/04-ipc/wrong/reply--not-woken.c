/*
 * exercise: reply
 * test: reply-give
 * says: thread \d's state is wrong
 * mistake: Delivers the answer and takes the authority away, and nobody makes the caller ready: it
 *   waits for ever, with the answer in its registers.
 */
void reply_give(struct thread *server, struct thread *caller)
{
    message_deliver(server, caller, 0);
    timeout_stop(caller);
    reply_forget(caller);
}
