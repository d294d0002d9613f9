/**
 * @file
 * Writing to streams (ISO C11 7.21.7, 7.21.8).
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "streams.h"

/** Writes bytes to the file, whatever the buffer has. @return how many */
static size_t write_out(struct stream *stream, const char *from, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t written = write(stream->descriptor, from + done, size - done);

        if (written <= 0) {
            stream->has_failed = true;
            break;
        }
        done += (size_t)written;
    }
    return done;
}

/** Writes what a stream has in its buffer; what cannot be written is lost. @return whether all of
 * it could be */
bool stream_flush(struct stream *stream)
{
    size_t pending = stream->state == STREAM_WRITING ? stream->position : 0;

    if (stream->state == STREAM_WRITING) {
        stream->state = STREAM_IDLE;
        stream->position = 0;
    }
    return write_out(stream, stream->buffer, pending) == pending;
}

/** Makes a stream write that has been idle or has read: the file goes back to what was not
 * taken. */
static bool begin(struct stream *stream)
{
    if (!stream->may_write) {
        errno = EBADF;
        stream->has_failed = true;
        return false;
    }
    stream_prepare(stream);
    if (stream->state == STREAM_READING && stream->position < stream->filled) {
        lseek(stream->descriptor, (off_t)stream->position - (off_t)stream->filled, SEEK_CUR);
    }
    if (stream->state != STREAM_WRITING) {
        stream->state = STREAM_WRITING;
        stream->position = 0;
        stream->filled = 0;
    }
    return true;
}

/** Puts bytes into the buffer, or writes them where that makes no sense. @return how many */
static size_t put(struct stream *stream, const char *from, size_t size)
{
    if (size > stream->size - stream->position) {
        if (!stream_flush(stream)) {
            return 0;
        }
        stream->state = STREAM_WRITING;
    }
    if (stream->mode == _IONBF || size >= stream->size) {
        return write_out(stream, from, size);
    }
    memcpy(stream->buffer + stream->position, from, size);
    stream->position += size;
    return size;
}

/**
 * Writes to a stream, in the way that it is buffered.
 *
 * @param stream  any
 * @param from    the bytes
 * @param size    how many
 * @return how many; less with an error, which errno says
 */
size_t stream_write(struct stream *stream, const char *from, size_t size)
{
    size_t done;

    if (size == 0 || !begin(stream)) {
        return 0;
    }
    done = put(stream, from, size);
    if (stream->mode == _IOLBF && memchr(from, '\n', done) != NULL && !stream_flush(stream)) {
        return 0;
    }
    return done;
}

/** @return how many items of a size were written whole (C11 7.21.8.2); less with an error */
size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict stream)
{
    return size == 0 ? 0 : stream_write(stream, from, size * count) / size;
}

/** Writes a character (C11 7.21.7.3). @return it, as an unsigned char; EOF with an error */
int fputc(int character, FILE *stream)
{
    char byte = (char)character;

    return stream_write(stream, &byte, 1) == 1 ? (unsigned char)byte : EOF;
}

/** The same as fputc(). */
int putc(int character, FILE *stream)
{
    return fputc(character, stream);
}

/** The same as fputc() to stdout. */
int putchar(int character)
{
    return fputc(character, stdout);
}

/** Writes a text without its NUL (C11 7.21.7.4). @return 0; EOF with an error */
int fputs(const char *restrict text, FILE *restrict stream)
{
    size_t length = strlen(text);

    return stream_write(stream, text, length) == length ? 0 : EOF;
}

/** Writes a text and a newline to stdout (C11 7.21.7.9). @return 0; EOF with an error */
int puts(const char *text)
{
    return fputs(text, stdout) == EOF || putchar('\n') == EOF ? EOF : 0;
}
