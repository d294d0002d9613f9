/*
 * exercise: fault
 * test: fault-message
 * says: calls endpoint_send\(\) with the wrong timeout
 * mistake: Gives the pager a second. One that is busy loses its clients.
 */
enum error fault_send(struct thread *thread, uintptr_t address, unsigned access)
{
    struct slot *slot;
    enum error error = slots_find(thread, SLOT_FAULTS, SLOT_ENDPOINT_SEND, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    thread->is_faulting = true;
    thread->fault = (struct context){0};
    context_set_fault(&thread->fault, address, access, thread->context.rip);
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, 1000);
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
    }
    return error;
}
