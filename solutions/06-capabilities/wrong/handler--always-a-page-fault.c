/*
 * exercise: handler
 * test: handler-told
 * says: tells the handler the wrong words
 * mistake: Tells every exception as a page fault: the handler looks for an address that has
 * nothing to do with it.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    return fault_send(thread, cpu_fault_address(), exception_access(saved));
}
