/**
 * @file
 * Memory and text, as in the C library (ISO C11 7.24). Compilers call the first four on their own.
 */
#pragma once

#include "lib/types.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);
size_t strlen(const char *text);
