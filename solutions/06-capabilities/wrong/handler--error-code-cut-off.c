/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Takes an error code for a selector, which has 16 bits.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    return fault_send(thread, (uint16_t)saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}
