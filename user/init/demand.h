/**
 * @file
 * Pages on demand: where a process's pages come from.
 */
#pragma once

#include "init/proto.h"
#include "process.h"

extern uint64_t demand_counts[INIT_COUNTED];

enum error demand_fill(struct process *process, uint64_t address, const void *from, uint64_t size);
bool demand_mend(struct process *process, uint64_t address, unsigned access);
