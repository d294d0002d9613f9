/**
 * @file
 * task_start: starts a program.
 */
#include "abi/call.h"
#include "ipc/slots.h"
#include "mm/user_check.h"
#include "task/program.h"
#include "task/sched.h"

/**
 * Starts a program as a task of its own.
 *
 * @param name      address of the name of its boot module
 * @param length    of the name, 1 to THREAD_NAME_SIZE - 1 bytes, without a NUL
 * @param argument  handed to the program
 * @param slot      one of the caller's, which is copied into the new task's slot SLOT_GIVEN;
 *                  if it has no badge, the copy's is the new task's name
 * @return ERROR_NONE and the task's name; ERROR_INVALID_ARGUMENT for the length;
 *         ERROR_BAD_ADDRESS; ERROR_BAD_SLOT; and what program_start() refuses with
 */
struct call_result syscall_task_start(uintptr_t name, size_t length, uint64_t argument,
                                      uint64_t slot)
{
    char text[THREAD_NAME_SIZE] = {0};
    struct thread *started;
    enum error error;

    if (length == 0 || length >= sizeof(text)) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, 0};
    }
    error = user_copy_in(text, name, length);
    if (error == ERROR_NONE) {
        error = slots_can_copy(sched.current, slot);
    }
    if (error == ERROR_NONE) {
        error = program_start(text, argument, &started);
    }
    if (error == ERROR_NONE) {
        slots_give(started, SLOT_GIVEN, &sched.current->slots[slot]);
    }
    return (struct call_result){error, error == ERROR_NONE ? started->id.number : 0};
}
