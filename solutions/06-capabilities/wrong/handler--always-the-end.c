/*
 * exercise: handler
 * test: handler-told
 * says: does the wrong things when fault_send
 * mistake: Answers with an error also when somebody has been asked: the thread ends, and the
 * answer comes to nobody.
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
    return ERROR_PEER_ENDED;
}
