/*
 * exercise: fault
 * test: fault-message
 * says: before the thread is marked
 * mistake: Marks the thread when the message has been sent: a pager that waits already has got
 *   the thread's registers.
 */
enum error fault_send(struct thread *thread, uintptr_t address, unsigned access)
{
    struct slot *slot;
    enum error error = slots_find(thread, SLOT_FAULTS, SLOT_ENDPOINT_SEND, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    thread->fault = (struct context){0};
    context_set_fault(&thread->fault, address, access, thread->context.rip);
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, TIMEOUT_INFINITE);
    thread->is_faulting = error == ERROR_NONE;
    return error;
}
