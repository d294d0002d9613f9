/*
 * exercise: fault
 * test: fault-tasks
 * says: after page fault \d+ has been mended|the number of page faults is wrong|in the message of page fault|exit statuses of the faulting tasks|the test ended|hangs
 * mistake: Moves RIP behind the instruction, as it stands after a system call: what the
 *   instruction was to do is never done.
 */
enum error fault_send(struct thread *thread, uintptr_t address, unsigned access)
{
    struct slot *slot;
    enum error error = slots_find(thread, SLOT_FAULTS, SLOT_ENDPOINT_SEND, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    thread->is_faulting = true;
    thread->context.rip += 3;
    thread->fault = (struct context){0};
    context_set_fault(&thread->fault, address, access, thread->context.rip);
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, TIMEOUT_INFINITE);
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
    }
    return error;
}
