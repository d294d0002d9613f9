/**
 * @file
 * A task's own name.
 */
#include "capability.h"
#include "first_task.h"
#include "task.h"

/** @return ERROR_NONE and the calling task's name; ERROR_BAD_SLOT in the root task, without one */
struct call_result task_self(void)
{
    return slot_read(SLOT_PAGER, SLOT_READ_BADGE);
}
