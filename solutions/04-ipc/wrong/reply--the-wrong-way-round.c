/*
 * exercise: reply
 * test: reply-give
 * says: saved R\w+ \(.*\) is wrong
 * mistake: Delivers from the caller to the server: the caller gets back its own request.
 */
void reply_give(struct thread *server, struct thread *caller)
{
    message_deliver(caller, server, 0);
    wait_finish(caller);
}
