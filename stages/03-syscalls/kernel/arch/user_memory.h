/**
 * @file
 * The memory of user programs.
 */
#pragma once

#include "abi/memory.h"
#include "lib/types.h"

#define USER_AREA_START 0x10000000u   /* programs are linked from here on */
#define USER_STACKS_START 0x17000000u /* behind them: a slot for each thread's stack */
#define USER_STACK_SLOT 0x10000u      /* bytes; the lower part is never mapped */
#define USER_AREA_END 0x18000000u     /* everything is below: 128 MB */

bool user_memory_map(uintptr_t address, uint64_t frame, unsigned rights);
uint64_t user_memory_unmap(uintptr_t address);
void *user_memory_find(uintptr_t address, unsigned rights);
