/**
 * @file
 * What the memory calls have in common.
 */
#pragma once

#include "mm/space.h"
#include "task/thread.h"

enum error memory_find_task(uint64_t task, struct thread **found);
enum error memory_find_part(uint64_t task, uint64_t address, uint64_t extent,
                            struct space_part *part, unsigned *rights);
