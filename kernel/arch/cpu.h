/**
 * @file
 * Small services of the CPU.
 */
#pragma once

#include "lib/types.h"

bool cpu_interrupts_disable(void);
void cpu_interrupts_restore(bool enabled);
void cpu_wait(void);
uint64_t cpu_fault_address(void);
