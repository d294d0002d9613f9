/**
 * @file
 * What the calls about a thread's registers have in common.
 */
#pragma once

#include "abi/error.h"
#include "task/thread.h"

enum error thread_check_register(const struct slot *thread, uint64_t which);
