/*
 * exercise: handler
 * test: handler-nobody
 * says: does the wrong things when fault_send
 * mistake: Swallows the error: a thread that nobody helps meets the same exception again, for
 * ever.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    (void)fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
    return ERROR_NONE;
}
