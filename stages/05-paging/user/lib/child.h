/**
 * @file
 * Memory: the calls that change it. Tasks that their maker fills with memory page by page, and
 * whose faults it takes.
 */
#pragma once

#include "abi/memory_files.h"
#include "memory.h"
#include "task.h"

/** Stands for the calling task. */
#define TASK_SELF ((task_id){0})

enum error memory_map(task_id task, uint64_t address, uint64_t extent);
enum error memory_unmap(task_id task, uint64_t address, uint64_t extent);
enum error memory_protect(task_id task, uint64_t address, uint64_t extent);
enum error memory_share(task_id task, uint64_t to, uint64_t from, uint64_t extent);

/* `value` is the new task's id. */

struct call_result task_create(const char *name, size_t length, slot given, slot faults);
enum error task_run(task_id task, uint64_t entry, uint64_t stack, uint64_t argument);
enum error task_kill(task_id task, int64_t status);
