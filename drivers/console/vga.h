/**
 * @file
 * The VGA adapter's text screen.
 */
#pragma once

#include "abi/error.h"

struct screen;

enum error vga_open(void);
void vga_show(struct screen *screen);
