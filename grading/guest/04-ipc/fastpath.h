/**
 * @file
 * Into the fast path, and out of it: fastpath_enter.asm.
 */
#pragma once

#include "arch/context.h"

/** Where the fast path came out; its registers then are in guest_fastpath_registers. */
enum guest_fastpath_way {
    GUEST_CAME_NOT_BACK,
    GUEST_WENT_OVER, /**< in user mode, at an address where nothing is */
    GUEST_DECLINED,  /**< at the general entry */
};

/* Written by fastpath_enter.asm. */
extern uint64_t guest_fastpath_way;
extern struct context guest_fastpath_registers;

/**
 * Jumps to fastpath_call.
 *
 * @param thread     the current thread, for RSP
 * @param registers  RAX, RDX, RDI, RSI and the words as the program gave them; RCX, R11, RBP
 */
void guest_fastpath_enter(const struct thread *thread, const struct context *registers);

/** The entry of the page fault that a program meets where nothing is. */
void guest_fastpath_landed(void);
