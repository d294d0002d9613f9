/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Sets FAULT_EXCEPTION for page faults too: no pager knows them then.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), FAULT_EXCEPTION | exception_access(saved));
    }
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}
