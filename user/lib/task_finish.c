/**
 * @file
 * The end of a task: the client's side of the root task's protocol.
 */
#include "init/proto.h"

#include "first_task.h"
#include "ipc.h"
#include "task.h"

/**
 * Ends the calling task: asks the root task, which takes back all that it has. Where that does not
 * work, as in the root task itself, at least the calling thread ends.
 *
 * @param status  for whoever joins it
 */
noreturn void task_finish(int64_t status)
{
    struct message message = {.info = info_make(INIT_EXIT, 1), .words = {(uint64_t)status}};

    ipc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);
    for (;;) {
        call_kernel(CALL_TASK_EXIT, (uint64_t)status, 0, 0);
    }
}
