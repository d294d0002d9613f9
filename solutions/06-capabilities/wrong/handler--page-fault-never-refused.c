/*
 * exercise: handler
 * test: handler-nobody
 * says: does the wrong things when fault_send
 * mistake: Asks about a page fault, and does not look whether anybody has heard.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        (void)fault_send(thread, cpu_fault_address(), exception_access(saved));
        return ERROR_NONE;
    }
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}
