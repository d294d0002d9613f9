/**
 * @file
 * Who called whom, and the kernel's own function names.
 */
#pragma once

#include "arch/stacks.h"

/** A function of the kernel. It reaches up to the next one's address. */
struct symbol {
    uintptr_t address;
    const char *name;
};

/** Generated from the linked kernel, sorted by address; empty in the first of the two links. */
extern const struct symbol symbol_table[];
/** How many there are in it. */
extern const size_t symbol_count;
/** Where the last function ends. */
extern const uintptr_t symbol_end;

size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit);
void backtrace_print(uintptr_t address, uintptr_t inside, uintptr_t frame);
