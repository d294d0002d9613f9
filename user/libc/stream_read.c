/**
 * @file
 * Reading from streams (ISO C11 7.21.7, 7.21.8).
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "streams.h"

/** Makes a stream read that has been idle or has written. */
static bool begin(struct stream *stream)
{
    if (!stream->may_read) {
        errno = EBADF;
        stream->has_failed = true;
        return false;
    }
    if (!stream_flush(stream)) {
        return false;
    }
    if (stream->state != STREAM_READING) {
        stream_prepare(stream);
        stream->state = STREAM_READING;
        stream->position = 1;
        stream->filled = 1;
    }
    return true;
}

/** Reads from the file; notes its end, or an error. @return bytes */
static size_t read_in(struct stream *stream, char *to, size_t size)
{
    ssize_t got;

    if (stream->mode != _IOFBF) { /* somebody may wait for a question before the answer */
        stream_flush(stdout);
    }
    got = read(stream->descriptor, to, size);
    stream->is_at_end = got == 0;
    stream->has_failed |= got < 0;
    return got < 0 ? 0 : (size_t)got;
}

/**
 * Has something in the buffer, unless the file is at its end.
 *
 * @param stream  any
 * @param bytes   set to what is next; take it by moving stream->position
 * @return how many there are; 0: the end, or an error
 */
size_t stream_peek(struct stream *stream, const char **bytes)
{
    if (!begin(stream)) {
        return 0;
    }
    if (stream->position == stream->filled && !stream->is_at_end) {
        stream->position = 1;
        stream->filled = 1 + read_in(stream, stream->buffer + 1, stream->size - 1);
    }
    *bytes = stream->buffer + stream->position;
    return stream->filled - stream->position;
}

/** Reads some bytes: large pieces without the buffer. @return how many; 0: the end, or an error */
static size_t read_some(struct stream *stream, char *to, size_t size)
{
    const char *bytes;
    size_t there;

    if (!begin(stream)) {
        return 0;
    }
    if (stream->position == stream->filled && size >= stream->size) {
        return stream->is_at_end ? 0 : read_in(stream, to, size);
    }
    there = stream_peek(stream, &bytes);
    there = there < size ? there : size;
    memcpy(to, bytes, there);
    stream->position += there;
    return there;
}

/** @return how many items of a size were read whole (C11 7.21.8.1); less at the end, or with an
 * error */
size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict stream)
{
    size_t wanted = size * count, done = 0;
    size_t got;

    while (done < wanted && (got = read_some(stream, (char *)to + done, wanted - done)) > 0) {
        done += got;
    }
    return size == 0 ? 0 : done / size;
}

/** @return the next character, as an unsigned char (C11 7.21.7.1); EOF at the end, or with an
 * error */
int fgetc(FILE *stream)
{
    const char *bytes;

    if (stream_peek(stream, &bytes) == 0) {
        return EOF;
    }
    stream->position++;
    return (unsigned char)*bytes;
}

/** The same as fgetc(). */
int getc(FILE *stream)
{
    return fgetc(stream);
}

/** The same as fgetc() from stdin. */
int getchar(void)
{
    return fgetc(stdin);
}

/**
 * Puts a character back: it is the next one to be read (C11 7.21.7.10).
 *
 * @param character  may be another one than was read
 * @param stream     is not at its end any more
 * @return the character; EOF: there is no room, which cannot be after a character has been read
 */
int ungetc(int character, FILE *stream)
{
    if (character == EOF || !begin(stream) || stream->position == 0) {
        return EOF;
    }
    stream->buffer[--stream->position] = (char)character;
    stream->is_at_end = false;
    return (unsigned char)character;
}

/**
 * Reads a line, or a part of one that is too long (C11 7.21.7.2).
 *
 * @param to      ends with a NUL, after the newline if there was one
 * @param size    of it, in bytes
 * @param stream  any
 * @return to; NULL: nothing was read, because of the end or an error
 */
char *fgets(char *restrict to, int size, FILE *restrict stream)
{
    size_t room = size > 0 ? (size_t)size - 1 : 0, length = 0;
    const char *bytes = to;
    bool ended = false;

    while (length < room && !ended) {
        size_t there = stream_peek(stream, &bytes);
        size_t taken = there < room - length ? there : room - length;
        const char *newline = memchr(bytes, '\n', taken);

        taken = newline != NULL ? (size_t)(newline - bytes) + 1 : taken;
        memcpy(to + length, bytes, taken);
        stream->position += taken;
        length += taken;
        ended = newline != NULL || there == 0;
    }
    if (length == 0 && room > 0) {
        return NULL;
    }
    to[length] = '\0';
    return to;
}
