/**
 * @file
 * Exceptions: what they mean, in words, and what they are handed up to.
 */
#pragma once

#include "arch/context.h"

#define EXCEPTION_TEXT_SIZE 128

void exception_describe(const struct context *saved, char *text, size_t size);

/* What exceptions are handed up to. */
noreturn void fault_enter(struct context *saved);
