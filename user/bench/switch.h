/**
 * @file
 * What the programs that yield to each other have in common.
 */
#pragma once

#include "task.h"

/** Yields, again and again. */
static inline void switch_plain(uint64_t turns)
{
    for (; turns > 0; turns--) {
        task_yield();
    }
}

/** Yields, and uses an SSE register in between, by one instruction. */
static inline void switch_with_sse(uint64_t turns)
{
    for (; turns > 0; turns--) {
        __asm__ volatile("pxor %xmm0, %xmm0");
        task_yield();
    }
}
