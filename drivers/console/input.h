/**
 * @file
 * What is typed: bytes of the serial line and the keyboard alike wait here until somebody reads.
 *
 * Lines are edited, and shown, when somebody waits for one, not before: so what is typed ahead
 * appears behind the prompt of whoever reads it, and in the mode that is set by then. Only Ctrl-C
 * and Ctrl-\ act at once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "console/proto.h"

void input_open(void (*interrupted)(bool ends_all));
size_t input_room(void);
void input_put(const char *bytes, size_t count);

void input_begin_turn(void);
bool input_turn_is_over(void);
bool input_read(void *to, size_t size, size_t *done);
void input_set_mode(enum console_mode mode);
void input_hide(void);
