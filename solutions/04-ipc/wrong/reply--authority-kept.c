/*
 * exercise: reply
 * test: reply-give
 * says: slot \d of thread 0 is wrong
 * mistake: Wakes the caller by hand and leaves the authority in the slot. The server can answer
 *   once more, into a thread that has long gone on.
 */
void reply_give(struct thread *server, struct thread *caller)
{
    message_deliver(server, caller, 0);
    timeout_stop(caller);
    sched_make_ready(caller);
}
