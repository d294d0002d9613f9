/**
 * @file
 * Who deals with a program's exception.
 */
#include "task/program.h"

/**
 * Deals with an exception of the current task: nobody else does, so the task ends.
 *
 * @param saved  the program's registers
 */
noreturn void fault_deliver(const struct context *saved)
{
    fault_end_task(saved);
}
