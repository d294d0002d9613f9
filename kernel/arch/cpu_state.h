/**
 * @file
 * What of the CPU belongs to a thread besides its context.
 */
#pragma once

#include "arch/x86_64/cpu_state.h"

void fpu_init(void);
void fpu_prepare(struct cpu_state *state);
void fpu_take(struct cpu_state *state);
void fpu_forget(const struct cpu_state *state);
void cpu_switch(const struct cpu_state *state);
