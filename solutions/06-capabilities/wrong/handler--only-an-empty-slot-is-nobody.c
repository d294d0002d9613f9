/*
 * exercise: handler
 * test: handler-nobody
 * says: does the wrong things when fault_send
 * mistake: Takes only an empty slot for nobody. A handler that may not be called, or has ended,
 * does not answer either.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector) ==
                   ERROR_BAD_SLOT
               ? ERROR_BAD_SLOT
               : ERROR_NONE;
}
