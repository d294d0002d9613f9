/*
 * exercise: fault
 * test: fault-message
 * says: sends the wrong message
 * mistake: Does not clear the message: the words of the last fault's answer go to the pager, and
 *   its error stays.
 */
enum error fault_send(struct thread *thread, uintptr_t address, unsigned access)
{
    struct slot *slot;
    enum error error = slots_find(thread, SLOT_FAULTS, SLOT_ENDPOINT_SEND, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    thread->is_faulting = true;
    context_set_fault(&thread->fault, address, access, thread->context.rip);
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, TIMEOUT_INFINITE);
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
    }
    return error;
}
