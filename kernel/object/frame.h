/**
 * @file
 * Frames: memory that can be mapped.
 */
#pragma once

#include "object/object.h"

enum error frame_map(struct slot *frame, struct space *space, uint64_t address, uint64_t rights);
