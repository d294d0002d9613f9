/**
 * @file
 * Frames that several pages show.
 */
#pragma once

#include "lib/types.h"

uint64_t frame_uses_take(void);
bool frame_uses_add(uint64_t frame);
bool frame_uses_is_single(uint64_t frame);
void frame_uses_drop(uint64_t frame);
