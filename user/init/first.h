/**
 * @file
 * The programs that the root task starts by itself.
 */
#pragma once

#include "process.h"

uint64_t first_start(const struct process_start *start);
void first_ended(void);
