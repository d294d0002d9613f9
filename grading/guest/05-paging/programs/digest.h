/**
 * @file
 * Many words in one number, which the grader computes as well.
 */
#pragma once

#include <stdint.h>

#define DIGEST_FACTOR 0x9E3779B97F4A7C15u

/** Takes a word into a digest, in which the order counts. */
static inline uint64_t digest_add(uint64_t digest, uint64_t word)
{
    return (digest ^ word) * DIGEST_FACTOR + 1;
}
