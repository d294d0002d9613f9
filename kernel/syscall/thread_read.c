/**
 * @file
 * thread_read: a thread's state and registers.
 */
#include "arch/registers.h"
#include "syscall/call.h"

/** THREAD_FACT_STATE: 0 stopped, 1 ended, 2 runs, or would, 3 waits. */
static uint64_t state_of(const struct thread *thread)
{
    if (thread->state == THREAD_STOPPED || thread->state == THREAD_ENDED) {
        return thread->state == THREAD_ENDED;
    }
    return thread->state == THREAD_READY || thread->state == THREAD_RUNNING ? 2 : 3;
}

/**
 * Checks whether a thread's register can be looked at and changed: it stands still.
 *
 * @param thread  the slot with the thread; NULL: there is none
 * @param which   enum thread_fact, any number
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_INVALID_ARGUMENT when it is no register; ERROR_BUSY
 *         when the thread is not stopped, and does not wait for the answer to its fault
 */
enum error thread_check_register(const struct slot *thread, uint64_t which)
{
    if (thread == NULL) {
        return ERROR_BAD_SLOT;
    }
    if (which == THREAD_FACT_STATE || which >= THREAD_FACTS) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (thread->thread->state == THREAD_ANSWERING && thread->thread->is_faulting) {
        return ERROR_NONE;
    }
    return state_of(thread->thread) >= 2 ? ERROR_BUSY : ERROR_NONE;
}

/**
 * Tells a thread's state, or a register of one that stands still.
 *
 * @param thread  address of its slot
 * @param which   enum thread_fact
 * @return ERROR_NONE and the answer; what thread_check_register() refuses with
 */
struct call_result syscall_thread_read(uint64_t thread, uint64_t which)
{
    const struct slot *found = cap_find(thread, SLOT_THREAD);
    enum error error = thread_check_register(found, which);

    if (found != NULL && which == THREAD_FACT_STATE) {
        return (struct call_result){ERROR_NONE, state_of(found->thread)};
    }
    return (struct call_result){
        error,
        error == ERROR_NONE ? registers_read(&found->thread->context, (enum thread_fact)which) : 0};
}
