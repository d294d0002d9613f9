/**
 * @file
 * Writing back what has changed: sync.c.
 */
#pragma once

#include <stdint.h>

uint64_t write_back_check(void);
