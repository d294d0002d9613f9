/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Hands the CPU's error code on where one of the memory rights is asked for.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), (unsigned)saved->error);
    }
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}
