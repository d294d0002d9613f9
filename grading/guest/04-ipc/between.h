/**
 * @file
 * What the tests put between the parts of the kernel: see between.c.
 */
#pragma once

#include <stdbool.h>

/** Whether wait_finish() and timeout_start(), called from another of the kernel's files, are the
 * tests' own. Set by tests of functions that call them, which are exercises as well. */
extern bool guest_own_parts;
