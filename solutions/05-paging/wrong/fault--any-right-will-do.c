/*
 * exercise: fault
 * test: fault-message
 * says: returns the wrong error|number of calls of endpoint_send
 * mistake: Takes an endpoint that the task may only receive from.
 */
enum error fault_send(struct thread *thread, uintptr_t address, unsigned access)
{
    struct slot *slot;
    enum error error = slots_find(thread, SLOT_FAULTS, SLOT_ENDPOINT_RECEIVE, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    thread->is_faulting = true;
    thread->fault = (struct context){0};
    context_set_fault(&thread->fault, address, access, thread->context.rip);
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, TIMEOUT_INFINITE);
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
    }
    return error;
}
