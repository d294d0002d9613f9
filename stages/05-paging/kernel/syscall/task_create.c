/**
 * @file
 * task_create: a task without a program.
 */
#include "abi/call.h"
#include "abi/fault.h"
#include "ipc/slots.h"
#include "mm/user_check.h"
#include "task/program_memory.h"
#include "task/sched.h"

/**
 * Makes a task: it has an IPC buffer and no other memory, and waits for task_run. The caller is its
 * pager: it may change the new task's memory, and end it. Tasks that have not been started or not
 * been joined go with their pager.
 *
 * @param name    address of its name
 * @param length  of the name, 1 to THREAD_NAME_SIZE - 1 bytes, without a NUL
 * @param given   one of the caller's slots, which is copied into the new task's slot
 *                SLOT_GIVEN
 * @param faults  one of the caller's slots, an endpoint with RIGHT_SEND, which is copied into the
 *                new task's slot SLOT_FAULTS: its page faults are sent there. A copy of a
 *                slot that has no badge has the new task's name as its badge
 * @return ERROR_NONE and the task's name; ERROR_INVALID_ARGUMENT for the length; ERROR_BAD_ADDRESS;
 *         ERROR_BAD_SLOT; ERROR_NO_RIGHT; ERROR_TOO_MANY_THREADS; ERROR_NO_MEMORY
 */
struct call_result syscall_task_create(uintptr_t name, size_t length, uint64_t given,
                                       uint64_t faults)
{
    char text[THREAD_NAME_SIZE] = {0};
    struct thread *made;
    struct slot *pager;
    enum error error;

    if (length == 0 || length >= sizeof(text)) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, 0};
    }
    error = user_copy_in(text, name, length);
    if (error == ERROR_NONE) {
        error = slots_can_copy(sched.current, given);
    }
    if (error == ERROR_NONE) {
        error = slots_find(sched.current, faults, SLOT_ENDPOINT_SEND, &pager);
    }
    if (error == ERROR_NONE) {
        error = program_begin(text, NULL, &made);
    }
    if (error != ERROR_NONE) {
        return (struct call_result){error, 0};
    }
    made->state = THREAD_NEW;
    made->pager = sched.current->id;
    slots_give(made, SLOT_GIVEN, &sched.current->slots[given]);
    slots_give(made, SLOT_FAULTS, pager);
    return (struct call_result){ERROR_NONE, made->id.number};
}
