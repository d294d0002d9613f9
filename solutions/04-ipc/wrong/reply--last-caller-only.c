/*
 * exercise: reply
 * test: reply-give
 * says: slot \d of thread 0 is wrong
 * mistake: Empties SLOT_LAST_CALLER, whichever slot the caller was saved to.
 */
void reply_give(struct thread *server, struct thread *caller)
{
    message_deliver(server, caller, 0);
    server->slots[SLOT_LAST_CALLER] = (struct slot){0};
    caller->reply = NULL;
    wait_finish(caller);
}
