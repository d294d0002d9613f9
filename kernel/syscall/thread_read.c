/**
 * @file
 * thread_read: a thread's state and registers.
 */
#include "abi/call.h"
#include "arch/registers.h"
#include "cap/derive.h"
#include "syscall/thread_registers.h"
#include "task/sched.h"

/** 0: stopped, 1: ended, 2: else. */
static uint64_t state_of(const struct thread *thread)
{
    if (thread->state == THREAD_STOPPED) {
        return 0;
    }
    return thread->state == THREAD_ENDED ? 1 : 2;
}

/**
 * Finds a thread whose registers can be looked at and changed: they stand still.
 *
 * @param address  of its slot
 * @param which    enum thread_fact, any number
 * @param found    set
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_INVALID_ARGUMENT when it is no register; ERROR_BUSY
 *         when the thread is not stopped, and does not wait for the answer to its fault
 */
enum error thread_find_registers(uint64_t address, uint64_t which, struct thread **found)
{
    struct slot *slot;
    enum error error = cap_find(sched.current, address, SLOT_THREAD, &slot);

    if (error != ERROR_NONE) {
        return error;
    }
    if (which == THREAD_FACT_STATE || which >= THREAD_FACTS) {
        return ERROR_INVALID_ARGUMENT;
    }
    *found = slot->thread;
    if (slot->thread->state == THREAD_ANSWERING && slot->thread->is_faulting) {
        return ERROR_NONE;
    }
    return state_of(slot->thread) == 2 ? ERROR_BUSY : ERROR_NONE;
}

/**
 * Tells a thread's state, or a register of one that stands still.
 *
 * @param thread  address of its slot
 * @param which   enum thread_fact
 * @return ERROR_NONE and the answer; what thread_find_registers() refuses with
 */
struct call_result syscall_thread_read(uint64_t thread, uint64_t which)
{
    struct slot *slot;
    struct thread *found;
    enum error error;

    if (which == THREAD_FACT_STATE) {
        error = cap_find(sched.current, thread, SLOT_THREAD, &slot);
        return (struct call_result){error, error == ERROR_NONE ? state_of(slot->thread) : 0};
    }
    error = thread_find_registers(thread, which, &found);
    return (struct call_result){
        error, error == ERROR_NONE ? registers_read(&found->context, (enum thread_fact)which) : 0};
}
