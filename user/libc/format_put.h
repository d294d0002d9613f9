/**
 * @file
 * The C library's own: what the conversions of formatted text write.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "format.h"

/** One conversion, as the format asks for it. */
struct conversion {
    bool is_left, has_plus, has_blank, is_alternative, has_zeros; /**< flags - + blank # 0 */
    bool has_length;                                              /**< hh and so on */
    unsigned char bytes;                                          /**< of an integer */
    char letter;
    int precision; /**< below 0: none */
    size_t width;
};

/** The text on its way out. */
struct format_output {
    struct format_sink *sink;
    size_t length; /**< so far */
    int error;     /**< of errno.h; 0: none */
};

void format_put(struct format_output *output, const char *text, size_t length);
void format_put_padded(struct format_output *output, const struct conversion *conversion,
                       const char *text, size_t length);
void format_put_string(struct format_output *output, const struct conversion *conversion,
                       const char *string);
void format_put_integer(struct format_output *output, const struct conversion *conversion,
                        uint64_t magnitude, const char *prefix);
void format_put_signed(struct format_output *output, const struct conversion *conversion,
                       int64_t number);
void format_put_unsigned(struct format_output *output, const struct conversion *conversion,
                         uint64_t number);
