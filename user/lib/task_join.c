/**
 * @file
 * Waiting for a task's end: the client's side of the root task's protocol.
 */
#include "init/proto.h"

#include "first_task.h"
#include "rpc.h"
#include "task.h"

/**
 * Waits until a task has ended, and frees its name. Only one task may wait for it.
 *
 * @param id  the task's name
 * @return ERROR_NONE and its exit status; as INIT_JOIN in init/proto.h, and ipc_call()
 */
struct call_result task_join(task_id id)
{
    return rpc_word(SLOT_PAGER, INIT_JOIN, id.number, 0);
}
