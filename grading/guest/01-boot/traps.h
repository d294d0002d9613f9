/**
 * @file
 * What the tests of exercise "trap-entry" share with traps.asm.
 */
#pragma once

#include <stdint.h>
#include <stdnoreturn.h>

#include "arch/context.h"

/** Loads registers, RSP and RFLAGS among them, and jumps to context->rip. */
noreturn void guest_enter(const struct context *context);

/** Goes on after an exception, with all registers of `context`. */
noreturn void guest_resume(const struct context *context);

/* Entry points for any vector, which push what the kernel's own push and jump to trap_entry:
 * guest_entries + vector * GUEST_ENTRY_SIZE. (For int instructions: none has an error code.) */
#define GUEST_ENTRY_SIZE 16u
extern const char guest_entries[], guest_gp_entry[];

/* guest_ints + vector * GUEST_INT_SIZE: an int instruction for each vector, and what follows. */
#define GUEST_INT_SIZE 8u
#define GUEST_INT_LENGTH 2u
extern const char guest_ints[];

/** A way to raise an exception: the place that it is raised at, and where to go on. */
struct guest_raiser {
    void (*raise)(uint64_t first);
    uintptr_t place, after;
};

extern const struct guest_raiser guest_divide, guest_breakpoint, guest_invalid, guest_segment,
    guest_read, guest_write, guest_jump;
