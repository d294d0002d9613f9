/**
 * @file
 * task_yield: lets others run.
 */
#include "syscall/call.h"

/**
 * Lets all other ready tasks run first.
 *
 * @return ERROR_NONE
 */
struct call_result syscall_task_yield(void)
{
    sched_rotate();
    return (struct call_result){ERROR_NONE, 0};
}
