/*
 * exercise: fault
 * test: fault-message
 * says: sends the wrong message: (R8|RCX)
 * mistake: Sends the instruction's address in place of the one that could not be accessed.
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
    context_set_fault(&thread->fault, thread->context.rip, access, thread->context.rip);
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, TIMEOUT_INFINITE);
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
    }
    return error;
}
