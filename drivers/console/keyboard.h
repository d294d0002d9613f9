/**
 * @file
 * The keyboard.
 */
#pragma once

#include <stdbool.h>

void keyboard_open(void);
bool keyboard_serve(void);
