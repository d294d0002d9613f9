/**
 * @file
 * The stacks that kernel code runs on.
 */
#pragma once

#include "lib/types.h"

/** A stack: from start up to end. The page just below start is never mapped. */
struct stack_span {
    const char *name;
    uintptr_t start; /**< lowest address, page aligned */
    uintptr_t end;   /**< one past the highest; an empty stack's pointer stands here */
};

/** The stacks that are part of the image. */
extern const struct stack_span kernel_stacks[];
/** How many there are. */
extern const size_t kernel_stack_count;

bool stack_find_kernel(uintptr_t address, struct stack_span *found);
bool stack_find(uintptr_t address, struct stack_span *found);
