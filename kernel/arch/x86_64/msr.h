/**
 * @file
 * Model-specific registers (Intel SDM Vol. 4 table 2-2).
 */
#pragma once

#include "lib/types.h"

#define MSR_EFER 0xC0000080u
#define MSR_STAR 0xC0000081u   /* segments of SYSCALL and SYSRET */
#define MSR_LSTAR 0xC0000082u  /* where SYSCALL enters the kernel */
#define MSR_SFMASK 0xC0000084u /* the bits of RFLAGS that SYSCALL clears */

#define EFER_SYSCALL ((uint64_t)1 << 0) /* SCE: SYSCALL is an instruction */

/** @return a register's value */
static inline uint64_t msr_read(uint32_t number)
{
    uint32_t low, high;

    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number));
    return (uint64_t)high << 32 | low;
}

/** Writes a register; a value that it does not take is a general protection fault. */
static inline void msr_write(uint32_t number, uint64_t value)
{
    __asm__ volatile("wrmsr"
                     :
                     : "c"(number), "a"((uint32_t)value), "d"((uint32_t)(value >> 32))
                     : "memory");
}
