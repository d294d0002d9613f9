/**
 * @file
 * System calls: from the number to the function.
 *
 * Each call is a function syscall_NAME() in a file of that name. It gets up to four arguments, any
 * numbers, and checks all that it can refuse before it changes anything. What it returns, the
 * program gets back in RAX and RDX, at once if the current thread is still RUNNING afterwards, else
 * when it runs again; a function that has to give another result then sets it in the thread's
 * context (context_set_result()).
 */
#include "abi/error.h"
#include "syscall/table.h"

/**
 * Takes over at a system call, on the kernel's stack, with interrupts off: calls the function of
 * the number in call_table, with all four arguments.
 *
 * @param first   the first argument, any number
 * @param second  the second
 * @param third   the third
 * @param fourth  the fourth
 * @param number  any number; from call_table_size on there are no functions
 * @return what the function returns; ERROR_UNKNOWN_CALL and 0 when there is none
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    if (number >= call_table_size) {
        return (struct call_result){ERROR_UNKNOWN_CALL, 0};
    }
    return call_table[number](first, second, third, fourth);
}

/**
 * Stands in the table where a number has no call.
 */
struct call_result syscall_unknown(void)
{
    return (struct call_result){ERROR_UNKNOWN_CALL, 0};
}
