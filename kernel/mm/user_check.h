/**
 * @file
 * A user program's pointers.
 */
#pragma once

#include "abi/error.h"
#include "lib/types.h"

enum error user_check(uintptr_t address, size_t size, unsigned rights);
enum error user_copy_in(void *to, uintptr_t from, size_t size);
