/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Leaves FAULT_EXCEPTION out. Vector 1 is then MEMORY_READ of a page fault.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    return fault_send(thread, saved->error, (unsigned)saved->vector);
}
