/**
 * @file
 * What the terminal's sequences do: the terminal's own.
 */
#pragma once

#include "console/terminal.h"

void terminal_plain_colours(struct terminal *terminal);
void terminal_keep_place(struct terminal *terminal);
void terminal_go_to_kept_place(struct terminal *terminal);
void terminal_sequence(struct terminal *terminal, uint8_t final);
