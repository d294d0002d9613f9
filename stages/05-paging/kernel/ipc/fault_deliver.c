/**
 * @file
 * What becomes of a program's exception.
 */
#include "arch/machine.h"
#include "arch/page_fault.h"
#include "ipc/fault_message.h"
#include "task/program.h"
#include "task/sched.h"

/**
 * Deals with an exception of the current task: a page fault is its pager's, if it has one; anything
 * else is its end.
 *
 * @param saved  the program's registers
 */
noreturn void fault_deliver(const struct context *saved)
{
    if (exception_is_page_fault(saved) &&
        fault_send(sched.current, cpu_fault_address(), exception_access(saved)) == ERROR_NONE) {
        sched_leave();
    }
    fault_end_task(saved);
}
