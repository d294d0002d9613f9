/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Tells page faults as any other exception: the pager does not learn the address.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}
