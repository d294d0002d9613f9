/**
 * @file
 * Who called whom.
 */
#pragma once

#include "arch/stacks.h"

size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit);
void backtrace_print(uintptr_t address, uintptr_t inside, uintptr_t frame);
