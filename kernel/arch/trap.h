/**
 * @file
 * How the CPU's interruptions are handed up to the kernel.
 */
#pragma once

#include "arch/context.h"

/** Takes over after an interruption; ends by resuming some context, never by returning. */
typedef void (*trap_handler)(struct context *saved);

void trap_set_handler(unsigned vector, trap_handler handler);

/* What exceptions are handed up to: see debug/fault.c. */
noreturn void fault_enter(struct context *saved);
