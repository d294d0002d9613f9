/*
 * exercise: reply
 * test: reply-give
 * says: saved RDI \(the badge\) is wrong
 * mistake: Answers with a badge, left over from the caller's request. An answer has none.
 */
void reply_give(struct thread *server, struct thread *caller)
{
    message_deliver(server, caller, caller->badge);
    wait_finish(caller);
}
