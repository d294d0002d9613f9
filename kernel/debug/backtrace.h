/**
 * @file
 * Who called whom.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "arch/stacks.h"

size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit);
void backtrace_print(uintptr_t instruction, uintptr_t frame);
void backtrace_print_caller(uintptr_t return_address, uintptr_t frame);
