/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Sends the instruction's address, which the message has anyway, where the address that
 * was used is asked for.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, saved->rip, exception_access(saved));
    }
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}
