/**
 * @file
 * Formatted text on streams (ISO C11 7.21.6; dprintf: IEEE 1003.1).
 */
#include <string.h>

#include "format.h"
#include "streams.h"

/** A stream as a place for text. */
struct stream_sink {
    struct format_sink sink;
    FILE *stream;
    bool has_failed;
};

static void put(struct format_sink *sink, const char *text, size_t length)
{
    struct stream_sink *to = (struct stream_sink *)sink;

    to->has_failed |= stream_write(to->stream, text, length) != length;
}

static int write_formatted(FILE *stream, const char *format, va_list values)
{
    struct stream_sink to = {{put}, stream, false};
    int length = format_text(&to.sink, format, values);

    return to.has_failed ? -1 : length;
}

/** The same for a stream without a buffer: it gets one meanwhile, so that the text goes out in one
 * piece. */
static int write_at_once(FILE *stream, const char *format, va_list values)
{
    struct stream saved = *stream;
    char buffer[512];
    int length;

    stream->buffer = buffer;
    stream->size = sizeof(buffer);
    stream->mode = _IOFBF;
    length = write_formatted(stream, format, values);
    length = stream_flush(stream) ? length : -1;
    stream->buffer = saved.buffer;
    stream->size = saved.size;
    stream->mode = saved.mode;
    return length;
}

/**
 * Writes formatted text.
 *
 * @param stream  where to
 * @param format  see stdio.h
 * @param values  for it
 * @return its length in bytes; -1, with errno: as format_text(), or it cannot be written
 */
int vfprintf(FILE *restrict stream, const char *restrict format, va_list values)
{
    if (stream->mode == _IONBF && stream->state != STREAM_READING) {
        return write_at_once(stream, format, values);
    }
    return write_formatted(stream, format, values);
}

/** The same as vfprintf(), with the values themselves. */
int fprintf(FILE *restrict stream, const char *restrict format, ...)
{
    va_list values;
    int length;

    va_start(values, format);
    length = vfprintf(stream, format, values);
    va_end(values);
    return length;
}

/** The same as vfprintf() to stdout. */
int vprintf(const char *restrict format, va_list values)
{
    return vfprintf(stdout, format, values);
}

/** The same as vfprintf() to stdout, with the values themselves. */
int printf(const char *restrict format, ...)
{
    va_list values;
    int length;

    va_start(values, format);
    length = vprintf(format, values);
    va_end(values);
    return length;
}

/** The same as fprintf() to a descriptor. */
int dprintf(int descriptor, const char *restrict format, ...)
{
    struct stream stream = {.descriptor = descriptor, .mode = _IONBF, .may_write = true};
    va_list values;
    int length;

    va_start(values, format);
    length = vfprintf(&stream, format, values);
    va_end(values);
    return length;
}
