/**
 * @file
 * From the kernel back to a thread.
 */
#pragma once

#include "arch/context.h"

void context_init(struct context *context, uintptr_t function, uintptr_t stack_end, uint64_t first,
                  uint64_t second);
noreturn void context_resume(struct context *context);

/* Loads all registers, RSP, RFLAGS and RIP among them. See arch/x86_64/context_restore.asm. */
noreturn void context_restore(const struct context *context);

/** Sets what a call returns to whoever made it. */
static inline void context_set_result(struct context *caller, uint64_t error, uint64_t value)
{
    caller->rax = error;
    caller->rdx = value;
}
