/**
 * @file
 * Comparing text without regard to upper and lower case (IEEE 1003.1, strings.h).
 */
#pragma once

#include <stddef.h>

int strcasecmp(const char *left, const char *right);
int strncasecmp(const char *left, const char *right, size_t size);
