/**
 * @file
 * Running programs, for programs that run others.
 */
#pragma once

#include "task.h"

/** A program that runs with others. */
struct run_part {
    const char *name;
    uint64_t argument;
    task_id task; /**< run_together() sets it */
};

task_id run_start(const char *name, uint64_t argument, slot given);
int64_t run_together(struct run_part *parts, unsigned count, slot given);
