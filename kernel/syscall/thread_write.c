/**
 * @file
 * thread_write: sets a thread's register.
 */
#include "abi/call.h"
#include "arch/registers.h"
#include "syscall/thread_registers.h"

/**
 * Sets a register of a thread that stands still.
 *
 * @param thread  address of its slot
 * @param which   enum thread_fact
 * @param value   of RFLAGS only the bits that a program may choose are taken
 * @return ERROR_NONE; ERROR_BAD_ADDRESS for RIP outside of MEMORY_START to MEMORY_END; what
 *         thread_find_registers() refuses with
 */
struct call_result syscall_thread_write(uint64_t thread, uint64_t which, uint64_t value)
{
    struct thread *found;
    enum error error = thread_find_registers(thread, which, &found);

    if (error == ERROR_NONE && !registers_write(&found->context, (enum thread_fact)which, value)) {
        error = ERROR_BAD_ADDRESS;
    }
    return (struct call_result){error, 0};
}
