/**
 * @file
 * Opening and closing streams (ISO C11 7.21.5; IEEE 1003.1, fdopen).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "streams.h"

/** @return the flags for open() that a mode stands for; -1, errno EINVAL: there is no such mode */
static int flags_of(const char *mode)
{
    int flags;

    switch (*mode) {
    case 'r':
        flags = O_RDONLY;
        break;
    case 'w':
        flags = O_WRONLY | O_CREAT | O_TRUNC;
        break;
    case 'a':
        flags = O_WRONLY | O_CREAT | O_APPEND;
        break;
    default:
        errno = EINVAL;
        return -1;
    }
    if (mode[1 + strspn(mode + 1, "+bx")] != '\0') {
        errno = EINVAL;
        return -1;
    }
    flags = strchr(mode, '+') != NULL ? (flags & ~O_ACCMODE) | O_RDWR : flags;
    return strchr(mode, 'x') != NULL ? flags | O_EXCL : flags;
}

/** @return a new stream; NULL: errno ENOMEM */
static struct stream *make(int descriptor, int flags)
{
    struct stream *stream = malloc(sizeof(*stream));

    if (stream != NULL) {
        *stream = (struct stream){
            .descriptor = descriptor,
            .mode = STREAM_MODE_LATER,
            .may_read = (flags & O_ACCMODE) != O_WRONLY,
            .may_write = (flags & O_ACCMODE) != O_RDONLY,
        };
        streams_add(stream);
    }
    if (stream != NULL && (flags & O_APPEND) && !stream->may_read) {
        lseek(descriptor, 0, SEEK_END); /* so that ftell() says where it will write */
    }
    return stream;
}

/**
 * Makes a stream of an open file.
 *
 * @param descriptor  fclose() closes it
 * @param mode        as with fopen(); but it neither makes nor empties a file
 * @return the stream; NULL: errno EINVAL, ENOMEM
 */
FILE *fdopen(int descriptor, const char *mode)
{
    int flags = flags_of(mode);

    return flags < 0 ? NULL : make(descriptor, flags);
}

/**
 * Opens a file as a stream.
 *
 * @param path  the file
 * @param mode  "r": to read; "w": to write, made empty, or made; "a": to write at its end, or made.
 *              Behind that "+": to read and write, "x": the file must be new, "b": nothing
 * @return the stream; NULL: errno EINVAL, ENOMEM, or as open()
 */
FILE *fopen(const char *restrict path, const char *restrict mode)
{
    int flags = flags_of(mode);
    int descriptor = flags < 0 ? -1 : open(path, flags, 0666);
    FILE *stream = descriptor < 0 ? NULL : make(descriptor, flags);

    if (descriptor >= 0 && stream == NULL) {
        close(descriptor);
        errno = ENOMEM;
    }
    return stream;
}

/**
 * Writes what a stream still has, closes its file and frees it, in any case.
 *
 * @param stream  any
 * @return 0; EOF, with errno: something could not be written, or as close()
 */
int fclose(FILE *stream)
{
    bool written = stream_rest(stream);
    int error = errno;
    bool closed = close(stream->descriptor) == 0;

    streams_remove(stream);
    if (stream->owns_buffer) {
        free(stream->buffer);
    }
    if (!stream->is_static) {
        free(stream);
    }
    errno = written ? errno : error;
    return written && closed ? 0 : EOF;
}
