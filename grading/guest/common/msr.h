/**
 * @file
 * Model-specific registers, which nobody can read from outside the machine.
 */
#pragma once

#include <stdint.h>

/** @return a model-specific register's value (Intel SDM Vol. 2B, RDMSR) */
static inline uint64_t guest_read_msr(uint32_t number)
{
    uint32_t low, high;

    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number));
    return (uint64_t)high << 32 | low;
}
