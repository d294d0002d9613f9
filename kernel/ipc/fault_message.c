/**
 * @file
 * Page faults as messages: a task's pager is asked to mend them.
 *
 * To the pager a fault looks like a call. The thread waits as any caller does, but the message and
 * the answer stand in a set of registers apart (`fault`): its own stay as they were, since it is to
 * go on with the very instruction that has failed.
 */
#include "ipc/fault_message.h"

#include "arch/page_fault.h"
#include "arch/page_table.h"
#include "arch/user.h"
#include "ipc/endpoint.h"
#include "ipc/slots.h"
#include "task/program.h"

/**
 * Calls a thread's pager because of a page fault: through slot SLOT_FAULTS, without a timeout
 * (endpoint_send()). The message stands in `fault`, which is 0 but for what context_set_fault()
 * puts there, and the thread is marked: `is_faulting`. If nobody can be called, it is not.
 *
 * @param thread   the current thread
 * @param address  that it could not access
 * @param access   how it tried to: MEMORY_READ, MEMORY_WRITE or MEMORY_EXECUTE
 * @return ERROR_NONE: the thread waits for its pager; else why not
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
    error = endpoint_send(thread, slot->endpoint, slot->badge, true, TIMEOUT_INFINITE);
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
    }
    return error;
}

/** On the empty kernel stack: a fault that nobody has mended. */
static noreturn void end_refused(struct context *saved)
{
    page_set_fault_address(context_fault_address(&sched.current->fault));
    fault_end_task(saved);
}

/**
 * Takes the pager's answer, when the thread is to run again: with label 0 it tries once more, with
 * any other, or if there is no pager any more, its task ends. (Many tasks may end so one after the
 * other, hence each on an empty stack.)
 *
 * @param thread  the current thread
 */
void fault_finish(struct thread *thread)
{
    thread->is_faulting = false;
    if (context_is_refused(&thread->fault)) {
        stack_restart(end_refused, &thread->context);
    }
}
