/**
 * @file
 * How the CPU's interruptions are handed up to the kernel, and what an exception means, in words.
 */
#pragma once

#include "arch/context.h"

/** Takes over after an interruption; ends by resuming some context, never by returning. */
typedef void (*trap_handler)(struct context *saved);

#define EXCEPTION_TEXT_SIZE 128

void trap_set_handler(unsigned vector, trap_handler handler);
void exception_describe(const struct context *saved, char *text, size_t size);

/* What exceptions are handed up to. */
noreturn void fault_enter(struct context *saved);
