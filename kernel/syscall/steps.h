/**
 * @file
 * Calls that may take long: they are cut into steps, and begun anew after some of them.
 */
#pragma once

#include "abi/call.h"
#include "abi/error.h"
#include "lib/types.h"

#define STEPS_MAX 16u /**< steps that one entry into the kernel takes at most */

noreturn void steps_leave(enum error error);
noreturn void steps_restart(enum call_number call, uint64_t first, uint64_t third);
