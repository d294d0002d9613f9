/**
 * @file
 * The VGA adapter's text screen.
 */
#pragma once

#include <stdbool.h>

#include "abi/error.h"

struct screen;

enum error vga_open(void);
bool vga_show(struct screen *screen);
