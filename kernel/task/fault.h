/**
 * @file
 * Exceptions of programs.
 */
#pragma once

#include "arch/context.h"

#define FAULT_STATUS (-1) /* exit status of a task that was ended */

noreturn void fault_end_task(const struct context *saved);

/* Who deals with a program's exception: fault_deliver.c. */
noreturn void fault_deliver(const struct context *saved);
