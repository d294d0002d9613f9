/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Sends the vector first and the error code second.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    return fault_send(thread, FAULT_EXCEPTION | saved->vector, (unsigned)saved->error);
}
