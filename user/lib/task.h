/**
 * @file
 * Tasks: how they start, end and await one another.
 */
#pragma once

#include <stddef.h>
#include <stdnoreturn.h>

#include "call.h"
#include "slot.h"

/** A task's name: the badge of its endpoint to the root task. Numbers are used again, but not
 * soon. */
typedef struct {
    uint64_t number;
} task_id;

noreturn void task_finish(int64_t status);
enum error task_yield(void);
enum error task_sleep(uint64_t milliseconds);

/**
 * Ends the calling task, with all that it has. (The kernel's call of this name ends no more than
 * the calling thread; call_kernel() makes it.)
 *
 * @param status  for whoever joins it
 */
static inline noreturn void task_exit(int64_t status)
{
    task_finish(status);
}

/* Of these, `value` is: the caller's id; the new task's id; the exit status. */

struct call_result task_self(void);
struct call_result task_start(const char *name, size_t length, uint64_t argument, slot given);
struct call_result task_join(task_id id);
