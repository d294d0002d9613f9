/**
 * @file
 * How the program under test ends: the suite goes on.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

bool finish_try(void (*run)(void), int64_t *status);
const char *finish_said(void);
