/**
 * @file
 * Calls of code that never returns, or that does not keep to C's rules: the test chooses every
 * register, and the places where such code comes out write every register down. These are places
 * between the kernel's parts (link.options has the linker send calls through them), so each
 * exercise can be tested although the others are not written yet.
 */
#pragma once

#include <stdint.h>

#include "arch/context.h"

#define GUEST_LANDINGS 64u
#define GUEST_LANDING_SIZE 2u /* bytes of the instruction UD2 */
#define GUEST_STACK_SIZE 8192u

/* Where code comes out: the registers there, and in the field `vector` how often. */
extern struct context guest_at_enter;   /**< a call of syscall_enter(), which is answered */
extern struct context guest_at_exit;    /**< a jump to syscall_exit */
extern struct context guest_at_leave;   /**< a call of sched_leave() */
extern struct context guest_at_landing; /**< one of guest_landings, in user mode */

/** What syscall_enter() leaves in the registers that C does not keep. */
extern struct context guest_answer;

extern const uint8_t guest_landings[];

/**
 * Jumps to registers->rip with all registers from there. Comes back when the code there jumps to
 * syscall_exit, calls sched_leave(), gets to a landing (whose exception goes to
 * guest_landing_entry), or jumps to guest_came_back.
 */
void guest_cross(const struct context *registers);
void guest_came_back(void);
void guest_landing_entry(void);

/** As guest_cross(): calls a function of C on a stack of its own. */
void guest_cross_call(void (*function)(const void *argument), const void *argument);

/** Forgets what all places have written down. */
void guest_forget_places(void);

/** Fills memory with random numbers. @param size  in bytes, a multiple of 8 */
void guest_fill(void *place, uint64_t size);
