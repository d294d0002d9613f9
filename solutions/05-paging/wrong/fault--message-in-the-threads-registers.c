/*
 * exercise: fault
 * test: fault-message
 * says: changes the thread's own registers|sends the wrong message
 * mistake: Writes the message into the thread's own registers: when it tries again, it goes on
 *   with the message in them.
 */
enum error fault_send(struct thread *thread, uintptr_t address, unsigned access)
{
    struct slot *slot;
    enum error error = slots_find(thread, SLOT_FAULTS, SLOT_ENDPOINT_SEND, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    thread->is_faulting = true;
    context_set_fault(&thread->context, address, access, thread->context.rip);
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, TIMEOUT_INFINITE);
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
    }
    return error;
}
