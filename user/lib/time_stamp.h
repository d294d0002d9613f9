/**
 * @file
 * The CPU's time-stamp counter.
 */
#pragma once

#include <stdint.h>

/** @return the counter: it runs with the CPU's clock, as far as the machine has one (Intel SDM
 * Vol. 2B, RDTSC) */
static inline uint64_t time_stamp(void)
{
    uint32_t low, high;

    __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}
