/**
 * @file
 * The machine below the suites for stage 06 and later ones.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

extern bool stage_line_is_open[]; /**< lines that are not held back */

void stage_boot(size_t bytes);
void stage_settle(void);
