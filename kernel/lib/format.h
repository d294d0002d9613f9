/**
 * @file
 * Formatted text.
 */
#pragma once

#include <stdarg.h>

#include "lib/types.h"

/** Most characters that format_integer() writes: 64 digits, a sign or a prefix of two. */
#define FORMAT_INTEGER_MAX 66

/** How an integer is to be written. */
struct format_integer_style {
    unsigned base;   /**< 2 to 16 */
    bool is_signed;  /**< the 64 bits are a two's complement number */
    bool upper_case; /**< digits above 9 as A to F */
    unsigned digits; /**< at least so many digits, zeros in front; 0 to 64 */
};

size_t format_integer(char out[FORMAT_INTEGER_MAX], uint64_t bits,
                      const struct format_integer_style *style);

/** Where formatted characters go: called once for each. */
typedef void (*format_sink)(char character, void *argument);

void format_to_sink(format_sink sink, void *argument, const char *format, va_list values);
void format_to_buffer(char *buffer, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
