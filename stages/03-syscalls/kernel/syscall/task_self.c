/**
 * @file
 * task_self: who am I.
 */
#include "abi/call.h"
#include "task/sched.h"

/**
 * @return ERROR_NONE and the calling task's name
 */
struct call_result syscall_task_self(void)
{
    return (struct call_result){ERROR_NONE, sched.current->id.number};
}
