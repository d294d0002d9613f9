/**
 * @file
 * Formatted text in memory (ISO C11 7.21.6.5, 7.21.6.12; vasprintf: BSD).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"

/** A text that may be too short for what comes. */
struct buffer {
    struct format_sink sink;
    char *to;
    size_t room; /**< bytes, without one for the NUL */
};

static void put(struct format_sink *sink, const char *text, size_t length)
{
    struct buffer *buffer = (struct buffer *)sink;
    size_t fits = length < buffer->room ? length : buffer->room;

    memcpy(buffer->to, text, fits);
    buffer->to += fits;
    buffer->room -= fits;
}

/**
 * Writes formatted text to memory, as much of it as fits.
 *
 * @param to      ends with a NUL afterwards, unless `size` is 0; may be NULL then
 * @param size    of it, in bytes
 * @param format  see stdio.h
 * @param values  for it
 * @return as format_text(): the length of the whole text
 */
int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list values)
{
    char nothing[1];
    struct buffer buffer = {{put}, size > 0 ? to : nothing, size > 0 ? size - 1 : 0};
    int length = format_text(&buffer.sink, format, values);

    *buffer.to = '\0';
    return length;
}

/** The same as vsnprintf(), with the values themselves. */
int snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
    va_list values;
    int length;

    va_start(values, format);
    length = vsnprintf(to, size, format, values);
    va_end(values);
    return length;
}

/**
 * Writes formatted text to memory of the right size.
 *
 * @param to      set to the text, to be freed; to NULL after -1
 * @param format  see stdio.h
 * @param values  for it
 * @return as format_text(); -1, errno ENOMEM
 */
int vasprintf(char **restrict to, const char *restrict format, va_list values)
{
    int length = vsnprintf(NULL, 0, format, values);

    *to = length < 0 ? NULL : malloc((size_t)length + 1);
    return *to == NULL ? -1 : vsnprintf(*to, (size_t)length + 1, format, values);
}

/** The same as vasprintf(), with the values themselves. */
int asprintf(char **restrict to, const char *restrict format, ...)
{
    va_list values;
    int length;

    va_start(values, format);
    length = vasprintf(to, format, values);
    va_end(values);
    return length;
}
