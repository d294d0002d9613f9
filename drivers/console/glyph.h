/**
 * @file
 * Characters that the screen has: those of code page 437, which the adapter's font shows.
 */
#pragma once

#include <stdint.h>

uint8_t glyph_find(uint32_t code);
