/**
 * @file
 * The battery clock.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

bool battery_read(uint64_t *seconds);
