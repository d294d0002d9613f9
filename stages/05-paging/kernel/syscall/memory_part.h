/**
 * @file
 * What the memory calls have in common.
 */
#pragma once

#include "mm/space.h"
#include "task/thread.h"

/** What a memory call is about. */
struct memory_part {
    struct thread *thread; /**< whose memory */
    struct space_part run; /**< which pages of it */
    unsigned rights;       /**< see enum memory_rights */
};

enum error memory_find_task(uint64_t task, struct thread **found);
enum error memory_find_part(uint64_t task, uint64_t address, uint64_t extent,
                            struct memory_part *part);
enum error memory_check_count(const struct memory_part *part);
