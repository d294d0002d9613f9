/**
 * @file
 * thread_write: sets a thread's register.
 */
#include "arch/registers.h"
#include "syscall/call.h"

/**
 * Sets a register of a thread that stands still.
 *
 * @param thread  address of its slot
 * @param which   enum thread_fact
 * @param value   of RFLAGS only the bits that a program may choose are taken
 * @return ERROR_NONE; ERROR_BAD_ADDRESS for RIP outside of MEMORY_START to MEMORY_END; what
 *         thread_check_register() refuses with
 */
struct call_result syscall_thread_write(uint64_t thread, uint64_t which, uint64_t value)
{
    struct slot *found = cap_find(thread, SLOT_THREAD);
    enum error error = thread_check_register(found, which);

    if (error == ERROR_NONE &&
        !registers_write(&found->thread->context, (enum thread_fact)which, value)) {
        error = ERROR_BAD_ADDRESS;
    }
    return (struct call_result){error, 0};
}
