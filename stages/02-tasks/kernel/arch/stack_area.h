/**
 * @file
 * Stacks that are made at run time, one for each thread.
 */
#pragma once

#include "arch/stacks.h"

#define STACK_AREA_SLOTS 128u
#define STACK_AREA_FRAMES 4u /* of each stack */

void stack_area_init(void);
struct stack_span stack_area_map(size_t slot, uint64_t frames);
void stack_area_unmap(size_t slot);
bool stack_area_find(uintptr_t address, struct stack_span *found);
