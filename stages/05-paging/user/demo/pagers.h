/**
 * @file
 * The parts of the demonstration that are about the calls for memory. Each returns how much was
 * not as it should be.
 */
#pragma once

#include <stdint.h>

int64_t show_pages(void);
int64_t show_bad_pagers(void);
