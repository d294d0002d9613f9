/**
 * @file
 * The time of day.
 */
#pragma once

#include <stdint.h>

/** @return seconds since 1970-01-01 00:00 UTC */
uint64_t clock_seconds(void);

/** @return milliseconds since the machine began */
uint64_t clock_milliseconds(void);
