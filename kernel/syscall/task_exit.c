/**
 * @file
 * task_exit: ends the calling task.
 */
#include "syscall/call.h"
#include "task/program.h"

/**
 * Ends the calling task. Its memory is given back; its name stays until somebody joins it.
 *
 * @param status  for whoever joins it
 * @return never
 */
struct call_result syscall_task_exit(int64_t status)
{
    program_end(sched.current, status);
    sched_leave();
}
