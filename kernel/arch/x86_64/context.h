/**
 * @file
 * What the CPU and trap_entry save of interrupted code, in memory order.
 *
 * The CPU pushes ss to rip (and for some exceptions an error code) where TSS.IST1 points: at the
 * end of the current context. The vector's entry point pushes the rest below. So the registers go
 * straight to where they are kept, and nothing is copied (Intel SDM Vol. 3A 6.14.2).
 */
#pragma once

#include "lib/types.h"

/** Saved registers. The order is known to entry.asm and to the tools that look in from outside. */
struct context {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rdi, rsi, rbp, rbx, rdx, rcx, rax;
    uint64_t vector; /**< interrupt vector, 0 to 255 */
    uint64_t error;  /**< the exception's error code; 0 where it has none */
    uint64_t rip, cs, rflags, rsp, ss;
} __attribute__((aligned(16))); /* the CPU aligns an IST pointer down to 16 bytes */

_Static_assert(sizeof(struct context) == 176, "entry.asm pushes 22 words");

/* The page fault, and its error code (Intel SDM Vol. 3A 4.7, 6.15). */
#define VECTOR_PAGE_FAULT 14u

#define PAGE_FAULT_PROTECTION (1u << 0) /* else: the page is not there */
#define PAGE_FAULT_WRITE (1u << 1)
#define PAGE_FAULT_USER (1u << 2)
#define PAGE_FAULT_RESERVED (1u << 3)
#define PAGE_FAULT_FETCH (1u << 4)
