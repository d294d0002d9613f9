/**
 * @file
 * The memory of user programs, as the kernel looks at it.
 */
#pragma once

#include "abi/memory.h"

#define USER_AREA_START MEMORY_START    /* programs are linked from here on */
#define USER_STACKS_START MEMORY_BUFFER /* up to here */

void *user_memory_find(uintptr_t address, unsigned rights);
