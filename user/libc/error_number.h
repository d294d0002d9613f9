/**
 * @file
 * The C library's own: the kernel's and the root task's errors as error numbers.
 */
#pragma once

#include "abi/error.h"

int error_number(enum error error);
