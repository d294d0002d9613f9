/**
 * @file
 * What the calls about a thread's registers have in common.
 */
#pragma once

#include "abi/error.h"
#include "task/thread.h"

enum error thread_find_registers(uint64_t address, uint64_t which, struct thread **found);
