/**
 * @file
 * Patterns: *, ?, [...]; a backslash makes the byte behind it mean itself.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

bool pattern_matches(const char *pattern, const char *text, size_t length);
bool pattern_is_special(const char *pattern);
size_t pattern_plain(char *pattern);
