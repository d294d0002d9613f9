/*
 * exercise: handler
 * test: handler-told
 * says: does the wrong things when fault_send
 * mistake: Goes on from page faults to all others: the handler is asked twice.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        (void)fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}
