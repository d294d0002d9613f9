/**
 * @file
 * A program's registers, while it does not run; and how it makes its system call once more.
 */
#pragma once

#include "abi/capability.h"
#include "arch/context.h"

uint64_t registers_read(const struct context *context, enum thread_fact which);
bool registers_write(struct context *context, enum thread_fact which, uint64_t value);

#define SYSCALL_SIZE 2u /* bytes of the instruction SYSCALL: 0F 05 (Intel SDM Vol. 2B) */

/** Sets a context back to before the SYSCALL that has saved it. */
static inline void context_restart_call(struct context *caller, uint64_t number, uint64_t first,
                                        uint64_t third)
{
    caller->rip -= SYSCALL_SIZE;
    caller->rax = number;
    caller->rdi = first;
    caller->rdx = third;
}
