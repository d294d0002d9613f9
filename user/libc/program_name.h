/**
 * @file
 * The C library's own: the program's name, for messages.
 */
#pragma once

void program_name_set(const char *path);
