/**
 * @file
 * The log: what the kernel and programs have said, the newest 16 KB of it.
 */
#pragma once

#include <stddef.h>

#include "call.h"

/* `value` is eight bytes from `position` on; with ERROR_INVALID_ARGUMENT, the oldest position. */

struct call_result log_read(uint64_t position);

size_t log_copy(uint64_t *position, char *to, size_t size);
