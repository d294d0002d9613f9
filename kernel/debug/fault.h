/**
 * @file
 * Exceptions in the kernel itself.
 */
#pragma once

#include "arch/context.h"

noreturn void fault_panic(const struct context *saved);
