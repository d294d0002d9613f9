/**
 * @file
 * What the hostile tasks and the one that starts them have in common.
 */
#pragma once

#include <stdint.h>

#define HOSTILE_NUMBER_SHIFT 32

/** The argument of a hostile task: how many calls it makes, and which of them it is. */
static inline uint64_t hostile_argument(uint64_t calls, uint64_t number)
{
    return number << HOSTILE_NUMBER_SHIFT | calls;
}
