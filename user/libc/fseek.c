/**
 * @file
 * Places in streams (ISO C11 7.21.9; IEEE 1003.1, fseeko and ftello).
 */
#include <unistd.h>

#include "streams.h"

/** @return bytes that have been read and not been taken */
static off_t unread(const struct stream *stream)
{
    return stream->state == STREAM_READING ? (off_t)stream->filled - (off_t)stream->position : 0;
}

/** Makes a stream idle: writes what it has; or lets the file go back to what was not taken, where
 * it can. @return whether all could be written */
bool stream_rest(struct stream *stream)
{
    if (unread(stream) != 0) {
        lseek(stream->descriptor, -unread(stream), SEEK_CUR);
    }
    if (stream->state == STREAM_READING) {
        stream->state = STREAM_IDLE;
    }
    return stream_flush(stream);
}

/**
 * Goes to a place in the file.
 *
 * @param stream  is not at its end any more; what was put back with ungetc() is forgotten
 * @param offset  in bytes
 * @param whence  SEEK_SET, SEEK_CUR or SEEK_END
 * @return 0; -1, with errno as lseek()
 */
int fseeko(FILE *stream, off_t offset, int whence)
{
    if (!stream_flush(stream)) {
        return -1;
    }
    if (whence == SEEK_CUR) {
        offset -= unread(stream);
    }
    if (lseek(stream->descriptor, offset, whence) < 0) {
        return -1;
    }
    stream->state = STREAM_IDLE;
    stream->is_at_end = false;
    return 0;
}

/** @return the place in the file, in bytes; -1, with errno as lseek() */
off_t ftello(FILE *stream)
{
    off_t offset = stream_flush(stream) ? lseek(stream->descriptor, 0, SEEK_CUR) : -1;

    return offset < 0 ? -1 : offset - unread(stream);
}

_Static_assert(sizeof(long) == sizeof(off_t), "the next two lose nothing");

/** The same as fseeko(). */
int fseek(FILE *stream, long offset, int whence)
{
    return fseeko(stream, offset, whence);
}

/** The same as ftello(). */
long ftell(FILE *stream)
{
    return ftello(stream);
}

/** Goes to the beginning, and forgets errors (C11 7.21.9.5). */
void rewind(FILE *stream)
{
    fseeko(stream, 0, SEEK_SET);
    stream->has_failed = false;
}
