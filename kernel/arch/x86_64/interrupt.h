/**
 * @file
 * Vectors of interrupts and of the kernel call.
 */
#pragma once

#define INTERRUPT_VECTOR 32u /* vector of line 0; exceptions stand below */
#define CALL_VECTOR 48u      /* int 48: a kernel thread's call */
