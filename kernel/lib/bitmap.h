/**
 * @file
 * Bits in a row.
 */
#pragma once

#include "lib/types.h"

/** How many bits a word of a bitmap holds. Bit n is bit n % 64 of word n / 64. */
#define BITMAP_WORD_BITS 64u

/** @return whether a bit is set */
static inline bool bitmap_test(const uint64_t *bitmap, size_t bit)
{
    return bitmap[bit / BITMAP_WORD_BITS] >> bit % BITMAP_WORD_BITS & 1;
}

/** Sets a bit. */
static inline void bitmap_set(uint64_t *bitmap, size_t bit)
{
    bitmap[bit / BITMAP_WORD_BITS] |= (uint64_t)1 << bit % BITMAP_WORD_BITS;
}

/** Clears a bit. */
static inline void bitmap_clear(uint64_t *bitmap, size_t bit)
{
    bitmap[bit / BITMAP_WORD_BITS] &= ~((uint64_t)1 << bit % BITMAP_WORD_BITS);
}
