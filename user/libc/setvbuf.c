/**
 * @file
 * How a stream is buffered, and what state it is in (ISO C11 7.21.5.5, 7.21.5.6, 7.21.10).
 */
#include <errno.h>
#include <stdlib.h>

#include "streams.h"

/**
 * Says how a stream is buffered. Before it is used for anything else.
 *
 * @param stream  any
 * @param buffer  for it, to be there until the stream is closed; NULL: it gets one
 * @param mode    _IOFBF, _IOLBF or _IONBF
 * @param size    of `buffer`, in bytes; one of less than 2 is not used
 * @return 0; -1, errno EINVAL
 */
int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size)
{
    if (mode < _IOFBF || mode > _IONBF || stream->state != STREAM_IDLE) {
        errno = EINVAL;
        return -1;
    }
    if (stream->owns_buffer) {
        free(stream->buffer);
    }
    stream->owns_buffer = false;
    stream->mode = mode;
    stream->buffer = mode == _IONBF || size < 2 ? NULL : buffer;
    stream->size = size;
    return 0;
}

/** Lets a stream use a buffer of BUFSIZ bytes, or none (NULL). Before it is used. */
void setbuf(FILE *restrict stream, char *restrict buffer)
{
    setvbuf(stream, buffer, buffer == NULL ? _IONBF : _IOFBF, BUFSIZ);
}

/** @return not 0: a read has met the end (C11 7.21.10.2) */
int feof(FILE *stream)
{
    return stream->is_at_end;
}

/** @return not 0: something has failed (C11 7.21.10.3) */
int ferror(FILE *stream)
{
    return stream->has_failed;
}

/** Forgets errors and the end (C11 7.21.10.1). */
void clearerr(FILE *stream)
{
    stream->has_failed = false;
    stream->is_at_end = false;
}

/** @return the stream's descriptor (IEEE 1003.1) */
int fileno(FILE *stream)
{
    return stream->descriptor;
}
