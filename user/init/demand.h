/**
 * @file
 * Pages on demand: where a process's pages come from.
 */
#pragma once

#include "init/proto.h"
#include "process.h"

extern uint64_t demand_counts[INIT_COUNTED];

bool demand_mend(struct process *process, uint64_t address, unsigned access);
