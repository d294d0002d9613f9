/**
 * @file
 * The C library's own: formatted text, wherever it goes.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/** Where text goes, piece by piece. Stands first in what knows more of it. */
struct format_sink {
    void (*put)(struct format_sink *sink, const char *text, size_t length);
};

int format_text(struct format_sink *sink, const char *format, va_list values);
