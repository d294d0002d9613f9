/**
 * @file
 * Tasks that their maker fills with memory page by page, and whose faults it takes.
 */
#pragma once

#include "task.h"

/* `value` is the new task's id. */

struct call_result task_create(const char *name, size_t length, slot given, slot faults);
enum error task_run(task_id task, uint64_t entry, uint64_t stack, uint64_t argument);
enum error task_kill(task_id task, int64_t status);
