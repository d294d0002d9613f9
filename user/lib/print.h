/**
 * @file
 * Formatted text on the console.
 */
#pragma once

/** Longest text of one print(), in bytes. */
#define PRINT_MAX 256

void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
