/**
 * @file
 * User programs, as the CPU sees them: their contexts, and how the kernel is kept away from their
 * memory.
 */
#pragma once

#include "arch/context.h"

void protection_forget_flags(void);

void context_init_user(struct context *context, uintptr_t entry, uintptr_t stack_end,
                       uint64_t first, uint64_t second);

/** @return whether the interrupted code was a user program */
static inline bool context_is_user(const struct context *saved)
{
    return (saved->cs & 3) == 3;
}

/** @return whether a program has used the FPU, and it is not the program's yet */
static inline bool exception_wants_fpu(const struct context *saved)
{
    return saved->vector == 7; /* #NM, Intel SDM Vol. 3A 6.15 */
}

/* Calls a function on the empty kernel stack: see arch/x86_64/stack_restart.asm. */
noreturn void stack_restart(void (*function)(struct context *saved), struct context *saved);
