/**
 * @file
 * How a system call is made once more.
 */
#pragma once

#include "arch/context.h"

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
