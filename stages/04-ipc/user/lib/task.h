/**
 * @file
 * Tasks: the calls that start, end and await them.
 */
#pragma once

#include <stddef.h>
#include <stdnoreturn.h>

#include "call.h"
#include "slot.h"

/** A task's name for the kernel. Numbers are used again, but not soon. */
typedef struct {
    uint64_t number;
} task_id;

noreturn void task_exit(int64_t status);
enum error task_yield(void);
enum error task_sleep(uint64_t milliseconds);

/* Of these, `value` is: the caller's id; the new task's id; the exit status. */

struct call_result task_self(void);
struct call_result task_start(const char *name, size_t length, uint64_t argument, slot given);
struct call_result task_join(task_id id);
