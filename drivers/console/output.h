/**
 * @file
 * What is shown: on the screen at once, on the serial line as fast as it takes it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct screen;

void output_open(void);
void output_put(const char *bytes, size_t size);
size_t output_room(void);
unsigned output_column(void);
struct screen *output_screen(void);

bool output_is_empty(void);
bool output_take(uint8_t *byte);
