/**
 * @file
 * What of the CPU belongs to a thread besides its context.
 */
#pragma once

#include "lib/types.h"

/** Loaded when another thread gets the CPU. Written by fpu.c. */
struct cpu_state {
    uint64_t cr0; /**< with CR0_TS unless the FPU holds the thread's registers */
    uint8_t fpu[512] __attribute__((aligned(16))); /**< FPU and SSE registers (FXSAVE) */
};

void fpu_prepare(struct cpu_state *state);
void fpu_take(struct cpu_state *state);
void fpu_forget(const struct cpu_state *state);
void cpu_switch(const struct cpu_state *state);
