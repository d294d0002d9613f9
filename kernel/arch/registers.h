/**
 * @file
 * A stopped program's registers.
 */
#pragma once

#include "abi/capability.h"
#include "arch/context.h"

uint64_t registers_read(const struct context *context, enum thread_fact which);
bool registers_write(struct context *context, enum thread_fact which, uint64_t value);
