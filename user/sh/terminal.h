/**
 * @file
 * The terminal that lines are read from.
 */
#pragma once

void terminal_edit_lines(int descriptor);
