/**
 * @file
 * What the line editor shows: the editor's own.
 */
#pragma once

#include "console/line.h"

void line_display_change(struct line *line, size_t first);
void line_display_move(struct line *line);
void line_display_leave(struct line *line, const char *text);
